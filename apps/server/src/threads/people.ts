import type { Person } from '@zerodraft/contract';
import type { Database } from '../db/database.ts';

/** Everybody that threads can name in a draft, members or not: what somebody said keeps their name when they leave. */
export async function peopleOf(db: Database, draftId: string): Promise<(id: string) => Person> {
  const rows = await db
    .selectFrom('user')
    .leftJoin('member', (join) =>
      join
        .onRef('member.userId', '=', 'user.id')
        .on('member.processId', '=', (eb) =>
          eb.selectFrom('draft').select('draft.processId').where('draft.id', '=', draftId),
        ),
    )
    .select(['user.id', 'user.name', 'member.organisation'])
    .execute();
  const people = new Map(rows.map((row) => [row.id, row]));
  return (id) => people.get(id) ?? { id, name: 'Former member', organisation: null };
}
