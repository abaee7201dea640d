import type { Comment, Person } from '@zerodraft/contract';
import type { Selectable } from 'kysely';
import type { Database } from '../db/database.ts';
import type { Tables } from '../db/schema.ts';

type PersonOf = (id: string) => Person;

/** Everybody that comments can name in a process, members or not: what somebody said keeps their name when they leave. */
export async function peopleIn(db: Database, processId: string): Promise<PersonOf> {
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
export async function peopleOf(db: Database, draftId: string): Promise<PersonOf> {
  const draft = await db.selectFrom('draft').select('processId').where('id', '=', draftId).executeTakeFirst();
  return peopleIn(db, draft?.processId ?? '');
}

/** What comments of threads and of discussions are read from alike. */
type Said = Pick<
  Selectable<Tables['comment']>,
  'id' | 'authorId' | 'organisation' | 'body' | 'createdAt' | 'editedAt' | 'deletedBy' | 'deletedAt'
>;

/** A comment as it is shown: its author with the organisation of then. */
export function shownComment(row: Said, person: PersonOf): Omit<Comment, 'reactions'> {
  const { authorId, organisation, deletedBy, deletedAt } = row;
  return {
    id: row.id,
    author: { ...person(authorId), organisation },
    body: row.body,
    createdAt: row.createdAt,
    editedAt: row.editedAt,
    deleted: deletedBy === null || deletedAt === null ? null : { by: person(deletedBy), at: deletedAt },
  };
}
