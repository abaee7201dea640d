import { bodyParts } from '@zerodraft/contract';
import { sql } from 'kysely';
import type { Database } from '../db/database.ts';

/** The members of a process that a comment names: persons, and those of organisations. */
export async function mentioned(db: Database, processId: string, body: string): Promise<Set<string>> {
  const parts = bodyParts(body);
  const people = parts.flatMap((part) => (part.kind === 'person' ? [part.id] : []));
  const organisations = parts.flatMap((part) => (part.kind === 'organisation' ? [part.id] : []));
  if (people.length === 0 && organisations.length === 0) return new Set();
  const members = await db
    .selectFrom('member')
    .select('userId')
    .where('processId', '=', processId)
    .where(({ or }) =>
      or([
        sql<boolean>`userId in (select value from json_each(${JSON.stringify(people)}))`,
        sql<boolean>`organisation in (select value from json_each(${JSON.stringify(organisations)}))`,
      ]),
    )
    .execute();
  return new Set(members.map(({ userId }) => userId));
}
