import { type MovedAnchor, movedAnchor, type Thread } from '@zerodraft/contract';
import { anchorsOf } from '@zerodraft/schema';
import type * as Y from 'yjs';

export function movedAnchorOf(doc: Y.Doc, threadId: string): MovedAnchor | null {
  const record = movedAnchor.safeParse(anchorsOf(doc).get(threadId));
  return record.success ? record.data : null;
}

export function setMovedAnchor(doc: Y.Doc, threadId: string, moved: MovedAnchor): void {
  anchorsOf(doc).set(threadId, moved);
}

/** The clause that holds a thread's text now. */
export function clauseOfThread(doc: Y.Doc, thread: Pick<Thread, 'id' | 'clauseId'>): string {
  return movedAnchorOf(doc, thread.id)?.clauseId ?? thread.clauseId;
}
