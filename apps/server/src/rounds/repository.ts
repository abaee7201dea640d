import { randomUUID } from 'node:crypto';
import type { NewRound, Round } from '@zerodraft/contract';
import type { Database } from '../db/database.ts';

/** The rounds of a process, by when they open. */
export async function listRounds(db: Database, processId: string): Promise<Round[]> {
  const rows = await db
    .selectFrom('round')
    .selectAll()
    .where('processId', '=', processId)
    .orderBy('opensAt')
    .orderBy('closesAt')
    .orderBy('id')
    .execute();
  return rows.map(({ id, name, opensAt, closesAt, timeZone, comments, proposals }) => ({
    id,
    name,
    opensAt,
    closesAt,
    timeZone,
    comments: comments === 1,
    proposals: proposals === 1,
  }));
}

function columnsOf({ comments, proposals, ...rest }: NewRound) {
  return { ...rest, comments: comments ? 1 : 0, proposals: proposals ? 1 : 0 };
}

export async function createRound(db: Database, processId: string, round: NewRound): Promise<string> {
  const id = randomUUID();
  const createdAt = new Date().toISOString();
  await db
    .insertInto('round')
    .values({ id, processId, createdAt, ...columnsOf(round) })
    .execute();
  return id;
}

export async function updateRound(db: Database, { id, ...round }: Round): Promise<void> {
  await db.updateTable('round').set(columnsOf(round)).where('id', '=', id).execute();
}

export async function deleteRound(db: Database, id: string): Promise<void> {
  await db.deleteFrom('round').where('id', '=', id).execute();
}
