import { type Anchor, type Assignment, type Decision, mayEver, roleInEffect } from '@zerodraft/contract';
import type { Database } from '../db/database.ts';
import { visibleIn } from './visible.ts';
import { stamp } from './write.ts';

/** The threads among these that somebody may know of, as they stand. */
export async function findThreads(db: Database, draftId: string, userId: string, ids: readonly string[]) {
  return visibleIn(db, draftId, userId)
    .select(['thread.id', 'thread.state', 'thread.visibility', 'thread.clauseId', 'thread.quote'])
    .where('thread.id', 'in', ids)
    .execute();
}
export type ThreadRow = Awaited<ReturnType<typeof findThreads>>[number];

async function change(
  db: Database,
  draftId: string,
  ids: readonly string[],
  values: (at: string) => Record<string, string | null>,
): Promise<void> {
  const at = await stamp(db, draftId);
  await db
    .updateTable('thread')
    .set({ ...values(at), changedAt: at })
    .where('id', 'in', ids)
    .execute();
}

/** Decides on threads, under the decider's name. */
export async function decide(
  db: Database,
  draftId: string,
  userId: string,
  { threadIds, state, reason }: Decision,
): Promise<void> {
  await change(db, draftId, threadIds, (at) => ({
    state,
    stateBy: userId,
    stateAt: at,
    stateReason: reason === '' ? null : reason,
  }));
}

export async function assign(
  db: Database,
  draftId: string,
  threadId: string,
  { assigneeId, dueOn }: Assignment,
): Promise<void> {
  await change(db, draftId, [threadId], () => ({ assigneeId, dueOn }));
}

export async function setLabels(
  db: Database,
  draftId: string,
  threadId: string,
  labels: readonly string[],
): Promise<void> {
  await change(db, draftId, [threadId], () => ({ labels: JSON.stringify(labels) }));
}

/** Makes a private thread visible to all who read the draft. */
export async function publish(db: Database, draftId: string, threadId: string): Promise<void> {
  await change(db, draftId, [threadId], () => ({ visibility: 'all' }));
}

/** Takes the new place of a private thread that an edit carried elsewhere. */
export async function setPlace(
  db: Database,
  draftId: string,
  threadId: string,
  place: { clauseId: string; anchor: Anchor },
): Promise<void> {
  const { clauseId, anchor } = place;
  await change(db, draftId, [threadId], () => ({ clauseId, anchor: JSON.stringify(anchor) }));
}

/** The people who can be given a thread: those whose role in this draft is in the team. */
export async function isTeam(db: Database, draftId: string, userId: string): Promise<boolean> {
  const row = await db
    .selectFrom('draft')
    .innerJoin('member', 'member.processId', 'draft.processId')
    .leftJoin('draft_member', (join) =>
      join.onRef('draft_member.draftId', '=', 'draft.id').onRef('draft_member.userId', '=', 'member.userId'),
    )
    .select(['member.role', 'draft_member.role as draftRole'])
    .where('draft.id', '=', draftId)
    .where('member.userId', '=', userId)
    .executeTakeFirst();
  if (!row) return false;
  const role = roleInEffect(row.role, row.draftRole);
  return role !== null && mayEver(role, 'comment.private');
}
