import { type MovedAnchor, movedAnchor, type Thread } from '@zerodraft/contract';
import { type AnchorEnds, anchorsOf, currentAnchors, keepThroughUndo } from '@zerodraft/schema';
import type * as Y from 'yjs';

/** Origin of anchors renewed after an undo: no step of the undo history is made of them. */
export const RENEWED = 'anchors renewed';

export function movedAnchorOf(doc: Y.Doc, threadId: string): MovedAnchor | null {
  const record = movedAnchor.safeParse(anchorsOf(doc).get(threadId));
  return record.success ? record.data : null;
}

/** Writes anchors into the document; each must have the shape that the server takes. */
export function setMovedAnchors(doc: Y.Doc, anchors: ReadonlyMap<string, unknown>, origin: unknown): void {
  doc.transact(() => {
    for (const [threadId, anchor] of anchors) {
      const moved = movedAnchor.safeParse(anchor);
      if (moved.success) anchorsOf(doc).set(threadId, moved.data);
    }
  }, origin);
}

function firstAnchors(threads: readonly Thread[]): Map<string, AnchorEnds> {
  return new Map(threads.map(({ id, anchor }) => [id, anchor]));
}

/** The anchors of threads: those that edits gave them, else their first. */
export function anchorsOfThreads(doc: Y.Doc, threads: readonly Thread[]): Map<string, AnchorEnds> {
  return currentAnchors(doc, firstAnchors(threads));
}

/** Keeps threads on their text through undo and redo here. @returns stops it */
export function keepAnchors(doc: Y.Doc, undo: Y.UndoManager, threads: () => readonly Thread[]): () => void {
  return keepThroughUndo(
    doc,
    undo,
    () => firstAnchors(threads()),
    (renewed) => setMovedAnchors(doc, renewed, RENEWED),
  );
}

/** The clause that holds a thread's text now. */
export function clauseOfThread(doc: Y.Doc, thread: Pick<Thread, 'id' | 'clauseId'>): string {
  return movedAnchorOf(doc, thread.id)?.clauseId ?? thread.clauseId;
}
