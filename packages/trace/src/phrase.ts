import { anchorRange, type Block, type TextRange, textOfRange } from '@zerodraft/schema';
import type * as Y from 'yjs';
import { type Phrase, phrase } from './link-record.ts';

/**
 * The words of a clause that a link is to be about.
 * @returns null when the range is empty, not in the draft, or longer than a link remembers
 */
export function choosePhrase(doc: Y.Doc, blocks: readonly Block[], range: TextRange): Phrase | null {
  const read = phrase.safeParse({ ...anchorRange(doc, range), quote: textOfRange(blocks, range) });
  return read.success ? read.data : null;
}
