import { sql } from 'kysely';
import type { Database } from '../db/database.ts';
import { listed } from '../library/state.ts';

/** What points to terms, besides recommendations: a table of pairs each. */
const TABLES = {
  source: { table: 'source_term', column: 'sourceId' },
  deposit: { table: 'deposit_term', column: 'depositId' },
} as const;
type Holder = keyof typeof TABLES;

/** The terms of some sources or deposits, as ids. */
export async function heldBy(
  db: Database,
  holder: Holder,
  ids: readonly string[],
): Promise<Map<string, string[]>> {
  const { table, column } = TABLES[holder];
  const { rows } = await sql<{ id: string; termId: string }>`
    select ${sql.ref(column)} as id, termId from ${sql.table(table)}
    where ${sql.ref(column)} in ${listed(ids)}`.execute(db);
  const held = new Map<string, string[]>(ids.map((id) => [id, []]));
  for (const { id, termId } of rows) held.get(id)?.push(termId);
  return held;
}

/** The terms of one source or deposit, as ids. */
export async function termsHeldBy(db: Database, holder: Holder, id: string): Promise<string[]> {
  return (await heldBy(db, holder, [id])).get(id) ?? [];
}

/** Gives a source or deposit exactly these terms. */
export async function setTerms(
  db: Database,
  holder: Holder,
  id: string,
  termIds: readonly string[],
): Promise<void> {
  const { table, column } = TABLES[holder];
  await sql`delete from ${sql.table(table)} where ${sql.ref(column)} = ${id}`.execute(db);
  await sql`insert into ${sql.table(table)} (${sql.ref(column)}, termId)
    select ${id}, value from json_each(${JSON.stringify([...new Set(termIds)])})`.execute(db);
}

/** How many sources or deposits of a process have each of its terms. */
export async function countHeld(
  db: Database,
  holder: Holder,
  processId: string,
): Promise<Map<string, number>> {
  const { table } = TABLES[holder];
  const { rows } = await sql<{ termId: string; n: number }>`
    select termId, count(*) as n from ${sql.table(table)} join term on term.id = termId
    where term.processId = ${processId} group by termId`.execute(db);
  return new Map(rows.map(({ termId, n }) => [termId, n]));
}

/** Puts one term in the place of another wherever that stands, of recommendations too. */
export async function moveTerm(db: Database, from: string, into: string): Promise<void> {
  const tables = [...Object.values(TABLES), { table: 'recommendation_term', column: 'recommendationId' }];
  for (const { table, column } of tables) {
    await sql`insert or ignore into ${sql.table(table)} (${sql.ref(column)}, termId)
      select ${sql.ref(column)}, ${into} from ${sql.table(table)} where termId = ${from}`.execute(db);
    await sql`delete from ${sql.table(table)} where termId = ${from}`.execute(db);
  }
}
