import { endsUnspaced, spelled } from '@zerodraft/trace';

/**
 * Turns what a person types into an FTS5 expression: words are all required, each also as a prefix; "quoted
 * words" are a phrase. Of a writing without spaces the signs are looked for as they follow one another. Signs of the
 * query language are plain text.
 * @returns null when there is no word to look for
 */
export function searchExpression(query: string): string | null {
  const terms: string[] = [];
  for (const [, phrase, word] of query.matchAll(/"([^"]*)"|([^\s"]+)/g)) {
    const text = (phrase ?? word ?? '').replaceAll('"', ' ').trim();
    if (!/[\p{L}\p{N}]/u.test(text)) continue;
    // A sign is whole; only a word may go on.
    const whole = phrase !== undefined || endsUnspaced(text);
    terms.push(whole ? `"${spelled(text)}"` : `"${spelled(text)}"*`);
  }
  return terms.length > 0 ? terms.join(' AND ') : null;
}
