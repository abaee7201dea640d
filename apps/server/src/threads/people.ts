import type { Person } from '@zerodraft/contract';
import type { Database } from '../db/database.ts';

/** Everybody that comments can name in a process, members or not: what somebody said keeps their name when they leave. */
export async function peopleIn(db: Database, processId: string): Promise<(id: string) => Person> {
  const rows = await db
    .selectFrom('user')
    .leftJoin('member', (join) =>
      join.onRef('member.userId', '=', 'user.id').on('member.processId', '=', processId),
    )
    .select(['user.id', 'user.name', 'member.organisation'])
    .execute();
  const people = new Map(rows.map((row) => [row.id, row]));
  return (id) => people.get(id) ?? { id, name: 'Former member', organisation: null };
}

/** `peopleIn` the process of a draft. */
export async function peopleOf(db: Database, draftId: string): Promise<(id: string) => Person> {
  const draft = await db.selectFrom('draft').select('processId').where('id', '=', draftId).executeTakeFirst();
  return peopleIn(db, draft?.processId ?? '');
}
