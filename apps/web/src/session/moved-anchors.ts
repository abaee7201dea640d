import { type MovedAnchor, movedAnchor, type Thread } from '@zerodraft/contract';
import { type AnchorEnds, anchorsOf, currentAnchors, keepThroughUndo } from '@zerodraft/schema';
import { firstPhrases } from '@zerodraft/trace';
import type * as Y from 'yjs';
import { showThreadPlace } from '../api.ts';
import type { UnsentPlaces } from './unsent-places.ts';

/** Origin of anchors renewed after an undo: no step of the undo history is made of them. */
const RENEWED = 'anchors renewed';

function movedAnchorOf(doc: Y.Doc, threadId: string): MovedAnchor | null {
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

/** What keeps anchors of a draft: its document, and for private threads the way to the server. */
interface Kept {
  doc: Y.Doc;
  draft: { id: string };
  places: UnsentPlaces;
}

/** Keeps the new anchors of threads and links. What is private goes to the server alone: everybody reads the document. */
export function keepMoved(
  { doc, draft, places }: Kept,
  threads: readonly Thread[],
  anchors: ReadonlyMap<string, unknown>,
  origin: unknown,
): void {
  const visible = new Map(anchors);
  for (const { id, visibility } of threads) {
    if (visibility === 'all' || !visible.delete(id)) continue;
    const moved = movedAnchor.safeParse(anchors.get(id));
    if (!moved.success) continue;
    showThreadPlace(draft.id, id, moved.data);
    places.put(id, moved.data);
  }
  if (visible.size > 0) setMovedAnchors(doc, visible, origin);
}

/** The first places of threads' texts and of links' phrases. */
function firstPlaces(doc: Y.Doc, threads: readonly Thread[]): Map<string, AnchorEnds> {
  return new Map([...firstAnchors(threads), ...firstPhrases(doc)]);
}

function firstAnchors(threads: readonly Thread[]): Map<string, AnchorEnds> {
  return new Map(threads.flatMap(({ id, anchor }) => (anchor ? [[id, anchor] as const] : [])));
}

/** The anchors of threads and of links' phrases: those that edits gave them, else their first. */
export function anchorsOfAll(doc: Y.Doc, threads: readonly Thread[]): Map<string, AnchorEnds> {
  return currentAnchors(doc, firstPlaces(doc, threads));
}

/** The anchors of threads: those that edits gave them, else their first. */
export function anchorsOfThreads(doc: Y.Doc, threads: readonly Thread[]): Map<string, AnchorEnds> {
  return currentAnchors(doc, firstAnchors(threads));
}

/** Keeps threads and links on their text through undo and redo here. @returns stops it */
export function keepAnchors(
  session: Kept & { undo: Y.UndoManager },
  threads: () => readonly Thread[],
): () => void {
  return keepThroughUndo(
    session.doc,
    session.undo,
    () => firstPlaces(session.doc, threads()),
    (renewed) => keepMoved(session, threads(), renewed, RENEWED),
  );
}

/** The clause that holds a thread's text now, or the heading it stands under; empty for a thread on the draft. */
export function clauseOfThread(doc: Y.Doc, thread: Pick<Thread, 'id' | 'clauseId' | 'sectionId'>): string {
  return movedAnchorOf(doc, thread.id)?.clauseId ?? thread.clauseId ?? thread.sectionId ?? '';
}
