import { MARK_END, MARK_START } from '@zerodraft/contract';
import { SPELLING, spelled, unspacedRuns } from '@zerodraft/trace';
import { type QueryExecutorProvider, type RawBuilder, sql } from 'kysely';

/** Which columns of which table each full-text index holds, in their order. */
const INDEXES = {
  recommendation_fts: {
    table: 'recommendation',
    columns: ['reference', 'title', 'text', 'source', 'document'],
  },
  source_fts: { table: 'source_paragraph', columns: ['text'] },
  deposit_fts: { table: 'deposit', columns: ['title', 'text'] },
  comment_fts: { table: 'comment_text', columns: ['body'] },
} as const;
type IndexName = keyof typeof INDEXES;

/** Rows that are spelled at once. */
const BATCH = 500;
/** What an excerpt shows around what was found: words, and signs where there are none. FTS5 gives no more than 64. */
const WORDS = 24;
const SIGNS = 64;

/**
 * Writes what triggers have put into the indexes anew with signs apart, where it is in a writing without spaces: SQLite
 * knows no such rule, so that the triggers note which rows may need it. To be called in the transaction that writes
 * texts; what was not done is done with the next.
 */
export async function spellOut(db: QueryExecutorProvider): Promise<void> {
  const { rows: waiting } = await sql<{ name: string }>`select distinct name from unspelled`.execute(db);
  for (const { name } of waiting) {
    const index = Object.keys(INDEXES).find((known): known is IndexName => known === name);
    if (index) while (await spellSome(db, index));
  }
}

/** @returns whether there may be more */
async function spellSome(db: QueryExecutorProvider, name: IndexName): Promise<boolean> {
  const { table, columns } = INDEXES[name];
  const texts = sql.join(columns.map((column) => sql`t.${sql.ref(column)}`));
  const { rows } = await sql<{ seq: number; texts: string | null }>`
    select u.seq as seq, iif(t.seq is null, null, json_array(${texts})) as texts
    from unspelled u left join ${sql.table(table)} t on t.seq = u.seq
    where u.name = ${name} limit ${BATCH}`.execute(db);
  const list: [number, ...string[]][] = [];
  for (const row of rows) {
    const before: unknown = JSON.parse(row.texts ?? '[]');
    if (!Array.isArray(before)) continue;
    const words = before.map(String);
    if (words.some((text) => unspacedRuns(text).length > 0)) list.push([row.seq, ...words.map(spelled)]);
  }
  const values = columns.map((column, at) => sql`${sql.ref(column)} = v.value ->> ${sql.lit(at + 1)}`);
  await sql`update ${sql.table(name)} set ${sql.join(values)} from json_each(${JSON.stringify(list)}) v
    where ${sql.table(name)}.rowid = v.value ->> 0`.execute(db);
  const done = JSON.stringify(rows.map(({ seq }) => seq));
  await sql`delete from unspelled where name = ${name} and seq in (select value from json_each(${done}))`.execute(
    db,
  );
  return rows.length === BATCH;
}

/** A column as people read it, with the words found marked. */
export function marked(name: IndexName, column: string): RawBuilder<string> {
  return sql<string>`replace(highlight(${sql.table(name)}, ${place(name, column)}, ${MARK_START}, ${MARK_END}),
    ${SPELLING}, '')`;
}

/** A part of a column as people read it, with the words found marked. */
export function excerpt(name: IndexName, column: string, expression: string): RawBuilder<string> {
  const length = unspacedRuns(expression).length > 0 ? SIGNS : WORDS;
  return sql<string>`replace(snippet(${sql.table(name)}, ${place(name, column)}, ${MARK_START}, ${MARK_END}, '…',
    ${sql.lit(length)}), ${SPELLING}, '')`;
}

function place(name: IndexName, column: string): RawBuilder<number> {
  const columns: readonly string[] = INDEXES[name].columns;
  return sql.lit(columns.indexOf(column));
}
