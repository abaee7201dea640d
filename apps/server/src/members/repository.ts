import type { DraftMember, DraftRole, Member, MemberChange, Role } from '@zerodraft/contract';
import type { Database } from '../db/database.ts';
import { colorOf } from '../http/color.ts';

/** The members of a process in the order in which they came. */
export async function listMembers(db: Database, processId: string, withEmail: boolean): Promise<Member[]> {
  const rows = await db
    .selectFrom('member')
    .innerJoin('user', 'user.id', 'member.userId')
    .select(['user.id', 'user.name', 'user.email', 'member.organisation', 'member.role'])
    .select(['member.position', 'member.joinedAt'])
    .where('member.processId', '=', processId)
    .orderBy('member.position')
    .orderBy('member.joinedAt')
    .execute();
  return rows.map(({ position, email, ...row }) => ({
    ...row,
    color: colorOf(position),
    email: withEmail ? email : null,
  }));
}

export interface MemberRow {
  userId: string;
  name: string;
  role: Role;
  organisation: string | null;
}

export async function findMember(db: Database, processId: string, userId: string): Promise<MemberRow | null> {
  const row = await db
    .selectFrom('member')
    .innerJoin('user', 'user.id', 'member.userId')
    .select(['member.userId', 'user.name', 'member.role', 'member.organisation'])
    .where('member.processId', '=', processId)
    .where('member.userId', '=', userId)
    .executeTakeFirst();
  return row ?? null;
}

/** Adds a member; somebody who is one already stays as they are. */
export async function addMember(
  db: Database,
  member: { processId: string; userId: string; role: Role; organisation: string | null },
): Promise<void> {
  const { last } = await db
    .selectFrom('member')
    .select(({ fn }) => fn.max('position').as('last'))
    .where('processId', '=', member.processId)
    .executeTakeFirstOrThrow();
  const position = last === null ? 0 : Number(last) + 1;
  await db
    .insertInto('member')
    .values({ ...member, position, joinedAt: new Date().toISOString() })
    .onConflict((conflict) => conflict.columns(['processId', 'userId']).doNothing())
    .execute();
}

/** Whether a process would be left without a facilitator if this member were none. */
export async function isLastFacilitator(db: Database, processId: string, userId: string): Promise<boolean> {
  const facilitators = await db
    .selectFrom('member')
    .select('userId')
    .where('processId', '=', processId)
    .where('role', '=', 'facilitator')
    .execute();
  return facilitators.length === 1 && facilitators[0]?.userId === userId;
}

export async function changeMember(
  db: Database,
  processId: string,
  userId: string,
  change: MemberChange,
): Promise<void> {
  await db
    .updateTable('member')
    .set(change)
    .where('processId', '=', processId)
    .where('userId', '=', userId)
    .execute();
}

/** Removes a member with what they were in single drafts. What they wrote stays, under their name. */
export async function removeMember(db: Database, processId: string, userId: string): Promise<void> {
  await db
    .deleteFrom('draft_member')
    .where('userId', '=', userId)
    .where('draftId', 'in', (eb) => eb.selectFrom('draft').select('id').where('processId', '=', processId))
    .execute();
  await db.deleteFrom('member').where('processId', '=', processId).where('userId', '=', userId).execute();
}

/** The members of a draft's process with what each is in this draft. */
export async function listDraftMembers(db: Database, draftId: string): Promise<DraftMember[]> {
  return db
    .selectFrom('draft')
    .innerJoin('member', 'member.processId', 'draft.processId')
    .innerJoin('user', 'user.id', 'member.userId')
    .leftJoin('draft_member', (join) =>
      join.onRef('draft_member.draftId', '=', 'draft.id').onRef('draft_member.userId', '=', 'member.userId'),
    )
    .select(['user.id', 'user.name', 'member.organisation', 'member.role as processRole'])
    .select('draft_member.role as draftRole')
    .where('draft.id', '=', draftId)
    .orderBy('member.position')
    .execute();
}

/** Gives a member another role in one draft; null gives back the process's role. */
export async function setDraftRole(
  db: Database,
  draftId: string,
  userId: string,
  role: DraftRole | null,
): Promise<void> {
  if (role === null) {
    await db.deleteFrom('draft_member').where('draftId', '=', draftId).where('userId', '=', userId).execute();
    return;
  }
  await db
    .insertInto('draft_member')
    .values({ draftId, userId, role })
    .onConflict((conflict) => conflict.columns(['draftId', 'userId']).doUpdateSet({ role }))
    .execute();
}
