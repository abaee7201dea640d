import { anchorRange, type Block, type TextRange, textOfRange } from '@zerodraft/schema';
import type * as Y from 'yjs';
import { type Phrase, phrase } from './link-record.ts';

/** Where words stand in a text when they stand there once; null when they stand nowhere, or twice. */
export function onlyPlaceOf(text: string, words: string): number | null {
  const at = text.indexOf(words);
  return at < 0 || text.includes(words, at + 1) ? null : at;
}

/**
 * The words of a clause that a link is to be about.
 * @returns null when the range is empty, not in the draft, or longer than a link remembers
 */
export function choosePhrase(doc: Y.Doc, blocks: readonly Block[], range: TextRange): Phrase | null {
  const read = phrase.safeParse({ ...anchorRange(doc, range), quote: textOfRange(blocks, range) });
  return read.success ? read.data : null;
}
