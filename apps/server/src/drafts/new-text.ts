import { copyBlocks, readBlocks, seedDraft } from '@zerodraft/schema';
import type { DraftLog, StoredDraft } from '@zerodraft/sync';
import { copyLinksInto } from '@zerodraft/trace';
import * as Y from 'yjs';

/** The text of a blank draft: its title, and the sections that its process begins with. */
export function blankText(title: string, sections: readonly string[]): Uint8Array {
  const doc = new Y.Doc();
  seedDraft(doc, [
    { kind: 'title', text: title },
    ...sections.flatMap((text) => [
      { kind: 'section' as const, text },
      { kind: 'paragraph' as const, text: '' },
    ]),
    ...(sections.length === 0 ? [{ kind: 'paragraph' as const, text: '' }] : []),
  ]);
  return Y.encodeStateAsUpdate(doc);
}

/** A draft's document as its log holds it; what is damaged is passed over, as when the draft is opened. */
export async function readDocument(log: Pick<DraftLog, 'read'>, draftId: string): Promise<Y.Doc> {
  return documentOf(await log.read(draftId));
}

/** The same, of what was read of the log. */
export function documentOf({ snapshot, snapshotIntact, tail }: StoredDraft): Y.Doc {
  const intact = tail.filter((row) => row.intact).map(({ update }) => update);
  const doc = new Y.Doc();
  for (const update of snapshot && snapshotIntact ? [snapshot, ...intact] : intact) {
    try {
      Y.applyUpdate(doc, update);
    } catch {}
  }
  return doc;
}

/**
 * A copy of a draft's text and links: a new document in which each clause has a new id, so that comments and links
 * of one never show in the other.
 */
export function copiedText(source: Y.Doc): Uint8Array {
  const copy = new Y.Doc();
  const ids = copyBlocks(source, copy);
  copyLinksInto(source, readBlocks(source), copy, ids);
  return Y.encodeStateAsUpdate(copy);
}
