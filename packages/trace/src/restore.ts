import {
  type AnchorEnds,
  anchorRange,
  anchorsOf,
  currentAnchors,
  lineageRecordsOf,
  linksOf,
  readRanges,
  restoreText,
  wordingsOf,
} from '@zerodraft/schema';
import type * as Y from 'yjs';
import { firstPhrases } from './read-links.ts';

function restoreMap(now: Y.Map<unknown>, then: Y.Map<unknown>): void {
  for (const key of [...now.keys()]) if (!then.has(key)) now.delete(key);
  for (const [key, value] of then.entries())
    if (JSON.stringify(now.get(key)) !== JSON.stringify(value)) now.set(key, value);
}

/**
 * Brings a draft back to how it was: its text, each clause under the id it had, its links, and the places of phrases
 * and threads. It is an edit like any other: what others write meanwhile merges with it.
 * @param then the draft as it was
 * @param threads the first anchors of threads by their ids, so that these find their text again
 */
export function restoreVersion(
  doc: Y.Doc,
  then: Y.Doc,
  origin: unknown,
  threads: ReadonlyMap<string, AnchorEnds> = new Map(),
): void {
  const anchors = currentAnchors(then, new Map([...threads, ...firstPhrases(then)]));
  const ranges = readRanges(then, anchors);
  doc.transact(() => {
    restoreText(doc, then);
    restoreMap(linksOf(doc), linksOf(then));
    restoreMap(lineageRecordsOf(doc), lineageRecordsOf(then));
    for (const [id, text] of wordingsOf(then).entries())
      if (!wordingsOf(doc).has(id)) wordingsOf(doc).set(id, text);
    // Text that was written anew is other characters than those the anchors hold on to.
    for (const [key, range] of ranges) {
      const anchor = anchorRange(doc, range);
      if (anchor) anchorsOf(doc).set(key, { ...anchor, clauseId: range.start.clauseId });
    }
  }, origin);
}
