import { sql } from 'kysely';
import type { Database } from '../db/database.ts';

/** The number of the next change of a process's library. */
export async function nextChange(db: Database, processId: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select coalesce(max(changed), 0) + 1 as n from recommendation where processId = ${processId}`.execute(db);
  return rows[0]?.n ?? 1;
}

/** Says that whatever has a term changed. @returns how many have it */
export async function touchTerm(db: Database, processId: string, termId: string): Promise<number> {
  const changed = await nextChange(db, processId);
  const { numUpdatedRows } = await db
    .updateTable('recommendation')
    .set({ changed })
    .where('id', 'in', (eb) =>
      eb.selectFrom('recommendation_term').select('recommendationId').where('termId', '=', termId),
    )
    .executeTakeFirst();
  return Number(numUpdatedRows);
}
