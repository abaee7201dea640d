import type { DraftLog, HistoryEntry, LogRow } from './interfaces.ts';
import type { Merger } from './merge.ts';

/** A stretch of one person's writing ends after this pause, in milliseconds. */
const STRETCH_PAUSE = 60_000;

/** Groups rows into stretches: consecutive updates of one person without a pause. */
export function stretchesOf(rows: readonly LogRow[]): LogRow[][] {
  const stretches: LogRow[][] = [];
  for (const row of rows) {
    const current = stretches.at(-1);
    const last = current?.at(-1);
    const pause = last ? Date.parse(row.createdAt) - Date.parse(last.createdAt) : 0;
    if (current && last?.userId === row.userId && pause < STRETCH_PAUSE) current.push(row);
    else stretches.push([row]);
  }
  return stretches;
}

/**
 * Folds a draft's tail into its snapshot, from the rows it reads itself and never from a live room (SPEC CMP-1..3).
 * @returns bytes of the new snapshot, or null when there was nothing to fold or somebody else was first
 * @throws when a row cannot be read; nothing is changed then
 */
export async function foldDraft(log: DraftLog, draftId: string, merger: Merger): Promise<number | null> {
  const { generation, snapshot, snapshotIntact, tail } = await log.read(draftId);
  if (tail.length === 0) return null;
  if (!snapshotIntact || tail.some(({ intact }) => !intact))
    throw new Error('a record is damaged; not folded');
  const updates = tail.map(({ update }) => update);
  const merged = await merger.whole(snapshot ? [snapshot, ...updates] : updates);
  const stretches = stretchesOf(tail);
  const written = await merger.groups(stretches.map((rows) => rows.map(({ update }) => update)));
  const history = stretches.flatMap((rows, index): HistoryEntry[] => {
    const [first, last, update] = [rows[0], rows.at(-1), written[index]];
    if (!first || !last || !update) return [];
    return [{ update, userId: first.userId, from: first.createdAt, to: last.createdAt }];
  });
  const rows = tail.map(({ id }) => id);
  const done = await log.fold(draftId, { generation, snapshot: merged, rows, history });
  return done ? merged.byteLength : null;
}
