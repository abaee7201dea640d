import * as Y from 'yjs';
import type { DraftLog, HistoryEntry, LogRow } from './interfaces.ts';

/** Makes one update of several; a server gives one that leaves its event loop free. */
export type Merge = (updates: readonly Uint8Array[]) => Promise<Uint8Array>;

/** A stretch of one person's writing ends after this pause, in milliseconds. */
const STRETCH_PAUSE = 60_000;

/** Merges updates through a document, so that deleted text is let go of; what still waits for missing parts is kept. */
export function mergeThroughDocument(updates: readonly Uint8Array[]): Uint8Array {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, Y.mergeUpdates([...updates]));
  const merged = Y.encodeStateAsUpdate(doc);
  doc.destroy();
  return merged;
}

/** Groups rows into stretches: consecutive updates of one person without a pause. */
export function stretchesOf(rows: readonly LogRow[]): HistoryEntry[] {
  const stretches: { rows: LogRow[]; userId: string | null }[] = [];
  for (const row of rows) {
    const current = stretches.at(-1);
    const last = current?.rows.at(-1);
    const pause = last ? Date.parse(row.createdAt) - Date.parse(last.createdAt) : 0;
    if (current && current.userId === row.userId && pause < STRETCH_PAUSE) current.rows.push(row);
    else stretches.push({ rows: [row], userId: row.userId });
  }
  return stretches.map(({ rows: own, userId }) => ({
    update: Y.mergeUpdates(own.map(({ update }) => update)),
    userId,
    from: own[0]?.createdAt ?? '',
    to: own.at(-1)?.createdAt ?? '',
  }));
}

/**
 * Folds a draft's tail into its snapshot, from the rows it reads itself and never from a live room (SPEC CMP-1..3).
 * @returns bytes of the new snapshot, or null when there was nothing to fold or somebody else was first
 * @throws when a row cannot be read; nothing is changed then
 */
export async function foldDraft(log: DraftLog, draftId: string, merge: Merge): Promise<number | null> {
  const { generation, snapshot, snapshotIntact, tail } = await log.read(draftId);
  if (tail.length === 0) return null;
  if (!snapshotIntact || tail.some(({ intact }) => !intact))
    throw new Error('a record is damaged; not folded');
  const updates = tail.map(({ update }) => update);
  const merged = await merge(snapshot ? [snapshot, ...updates] : updates);
  const rows = tail.map(({ id }) => id);
  const done = await log.fold(draftId, { generation, snapshot: merged, rows, history: stretchesOf(tail) });
  return done ? merged.byteLength : null;
}
