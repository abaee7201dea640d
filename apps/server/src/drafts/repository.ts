import { randomUUID } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { DraftRole, DraftSummary, State } from '@zerodraft/contract';
import type { Database } from '../db/database.ts';

function select(db: Database, userId: string) {
  return db
    .selectFrom('draft')
    .leftJoin('draft_visit', (join) =>
      join.onRef('draft_visit.draftId', '=', 'draft.id').on('draft_visit.userId', '=', userId),
    )
    .leftJoin('draft_member', (join) =>
      join.onRef('draft_member.draftId', '=', 'draft.id').on('draft_member.userId', '=', userId),
    )
    .select(['draft.id', 'draft.processId', 'draft.title', 'draft.generation', 'draft.createdAt'])
    .select([
      'draft.state',
      'draft.stateSince',
      'draft_visit.at as openedAt',
      'draft_member.role as draftRole',
    ])
    .select(({ selectFrom }) => [
      selectFrom('draft_update')
        .select('draft_update.createdAt')
        .whereRef('draft_update.draftId', '=', 'draft.id')
        .whereRef('draft_update.generation', '=', 'draft.generation')
        .orderBy('draft_update.id', 'desc')
        .limit(1)
        .as('updatedAt'),
      // A fold moves the newest updates into the history.
      selectFrom('draft_history')
        .select('draft_history.endedAt')
        .whereRef('draft_history.draftId', '=', 'draft.id')
        .whereRef('draft_history.generation', '=', 'draft.generation')
        .orderBy('draft_history.id', 'desc')
        .limit(1)
        .as('foldedAt'),
    ]);
}

type Row = Awaited<ReturnType<ReturnType<typeof select>['execute']>>[number];

function summarize({ updatedAt, foldedAt, draftRole, ...row }: Row): {
  draft: DraftSummary;
  draftRole: DraftRole | null;
} {
  return { draft: { ...row, editedAt: updatedAt ?? foldedAt ?? row.createdAt }, draftRole };
}

/** The drafts of processes, last edited first, with what the person is in each instead of their role in the process. */
export async function listDraftsOf(
  db: Database,
  userId: string,
  processIds: readonly string[],
): Promise<{ draft: DraftSummary; draftRole: DraftRole | null }[]> {
  const rows = await select(db, userId).where('draft.processId', 'in', processIds).execute();
  return rows.map(summarize).sort((a, b) => (a.draft.editedAt < b.draft.editedAt ? 1 : -1));
}

/** One draft as a person finds it. */
export async function findDraft(db: Database, id: string, userId: string): Promise<DraftSummary> {
  return summarize(await select(db, userId).where('draft.id', '=', id).executeTakeFirstOrThrow()).draft;
}

/**
 * Makes a draft with its first update.
 * @param update the whole document
 * @returns its id
 */
export async function createDraft(
  db: Database,
  draft: { id?: string; processId: string; title: string; userId: string | null },
  update: Uint8Array,
): Promise<string> {
  const id = draft.id ?? randomUUID();
  const createdAt = new Date().toISOString();
  const { processId, title, userId } = draft;
  await db
    .insertInto('draft')
    .values({ id, processId, title, generation: 1, createdAt, stateSince: createdAt })
    .execute();
  const payload = Buffer.from(update);
  await db
    .insertInto('draft_update')
    .values({ draftId: id, generation: 1, payload, checksum: crc32(payload), userId, createdAt })
    .execute();
  return id;
}

export async function renameDraft(db: Database, id: string, title: string): Promise<void> {
  await db.updateTable('draft').set({ title }).where('id', '=', id).execute();
}

export async function setDraftState(db: Database, id: string, state: State): Promise<void> {
  await db
    .updateTable('draft')
    .set({ state, stateSince: new Date().toISOString() })
    .where('id', '=', id)
    .execute();
}
