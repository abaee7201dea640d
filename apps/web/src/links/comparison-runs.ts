import type { Piece } from '@zerodraft/trace';

/**
 * The pieces of a comparison as they are read best: words that changed one after the other are one run that went and
 * one that came, though the spaces between them are the same.
 */
export function runsOf(pieces: readonly Piece[]): Piece[] {
  const runs: Piece[] = [];
  let [gone, fresh] = ['', ''];
  const end = (): void => {
    if (gone !== '') runs.push({ kind: 'gone', text: gone });
    if (fresh !== '') runs.push({ kind: 'new', text: fresh });
    gone = '';
    fresh = '';
  };
  for (const [at, { kind, text }] of pieces.entries()) {
    if (kind === 'gone') gone += text;
    else if (kind === 'new') fresh += text;
    else if (text.trim() === '' && at < pieces.length - 1 && gone + fresh !== '') {
      gone += text;
      fresh += text;
    } else {
      end();
      runs.push({ kind, text });
    }
  }
  end();
  return runs.filter(({ text }) => text !== '');
}
