import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beginsUnspaced } from '@zerodraft/trace';
import BetterSqlite from 'better-sqlite3';
import { Kysely, Migrator, SqliteDialect, sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { searchExpression } from '../library/search-expression.ts';
import { databaseFile, openDatabase } from './database.ts';
import { migrations } from './migrations.ts';
import { MAY_BE_UNSPACED } from './spelling-migration.ts';

let dir: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'zerodraft-spelling-'));
});
afterAll(() => rmSync(dir, { recursive: true }));

const INDEXES = ['recommendation_fts', 'source_fts', 'deposit_fts', 'comment_fts'];

/** What each index finds, by row. */
async function found(query: string): Promise<Record<string, number[]>> {
  const db = await openDatabase(dir);
  const all: Record<string, number[]> = {};
  for (const index of INDEXES) {
    const { rows } = await sql<{ seq: number }>`select rowid as seq from ${sql.table(index)}
      where ${sql.table(index)} match ${searchExpression(query)} order by rowid`.execute(db);
    all[index] = rows.map(({ seq }) => seq);
  }
  await db.destroy();
  return all;
}
const everywhere = (...rows: number[]) => Object.fromEntries(INDEXES.map((index) => [index, rows]));

it('texts of earlier versions are found by the words in them', async () => {
  const before = new Kysely<unknown>({
    dialect: new SqliteDialect({ database: new BetterSqlite(databaseFile(dir)) }),
  });
  await new Migrator({ db: before, provider: migrations }).migrateTo('0016_file_ids');
  const user = `insert into user (id, name, email, emailVerified, createdAt, updatedAt) values ('u', 'U', 'u@u', 1, '', '')`;
  const process = `insert into process (id, name, illustrative, definition, createdAt) values ('p', 'P', 0, '{}', '')`;
  const draft = `insert into draft (id, processId, title, generation, createdAt) values ('d', 'p', 'D', 1, '')`;
  const thread = `insert into thread (id, draftId, kind, clauseId, anchor, quote, createdBy, createdAt, changedAt)
    values ('t', 'd', 'draft', '', '', '', 'u', '', '')`;
  const source = `insert into source (id, processId, title, kind, who, phase, session, symbol, state, createdBy, createdAt, updatedAt)
    values ('s', 'p', '', 'other', '', '', '', '', 'read', 'u', '', '')`;
  for (const statement of [user, process, draft, thread, source]) await sql.raw(statement).execute(before);
  const texts = ['各国终止对移民儿童的拘留', 'No child is detained', '移徙 with ปลา'];
  for (const [index, text] of texts.entries()) await write(before, index + 1, text);
  await before.destroy();
  expect(await found('移民')).toEqual(everywhere(1));
  expect(await found('detained child')).toEqual(everywhere(2));
  expect(await found('移徙 ปลา')).toEqual(everywhere(3));
});

it('each sign of a writing without spaces is noted', () => {
  const all = Array.from({ length: 0x40000 }, (_, code) => code).filter(
    (code) => code < 0xd800 || code > 0xdfff,
  );
  const signs = all.map((code) => String.fromCodePoint(code));
  const plain = new BetterSqlite(':memory:');
  const noted = new Set(
    plain
      .prepare('select value from json_each(?) where value glob ?')
      .pluck()
      .all(JSON.stringify(signs), MAY_BE_UNSPACED),
  );
  plain.close();
  const words = signs.filter((sign) => /[\p{L}\p{M}\p{N}]/u.test(sign) && beginsUnspaced(sign));
  expect(words.filter((sign) => !noted.has(sign))).toEqual([]);
});

it('what another program writes with SQLite alone is found from the next start on', async () => {
  const plain = new BetterSqlite(databaseFile(dir));
  const other = new Kysely<unknown>({ dialect: new SqliteDialect({ database: plain }) });
  await write(other, 4, '关于移民的报告 in part');
  for (const [table, column] of [
    ['recommendation', 'text'],
    ['source_paragraph', 'text'],
    ['deposit', 'text'],
    ['comment_text', 'body'],
  ])
    plain.prepare(`update ${table} set ${column} = '改为学校' where seq = 1`).run();
  for (const table of ['recommendation', 'source_paragraph', 'deposit', 'comment_text'])
    plain.prepare(`delete from ${table} where seq = 3`).run();
  // Words with spaces are found at once.
  for (const index of INDEXES)
    expect(plain.prepare(`select rowid from ${index} where ${index} match 'part'`).pluck().all()).toEqual([
      4,
    ]);
  await other.destroy();
  expect(await found('移民')).toEqual(everywhere(4));
  expect(await found('为学')).toEqual(everywhere(1));
  expect(await found('移徙')).toEqual(everywhere());
  const again = new BetterSqlite(databaseFile(dir));
  for (const index of INDEXES) again.exec(`insert into ${index}(${index}) values ('integrity-check')`);
  expect(again.prepare('select count(*) from unspelled').pluck().get()).toBe(0);
  again.close();
});

/** A row of each kind with the same text. */
async function write(db: Kysely<unknown>, seq: number, text: string): Promise<void> {
  for (const statement of [
    `insert into recommendation (seq, id, processId, reference, title, text, source, document, locator, createdAt, updatedAt)
      values (${seq}, 'r${seq}', 'p', 'R${seq}', '', '${text}', '', '', '', '', '')`,
    `insert into source_paragraph (seq, sourceId, n, kind, text) values (${seq}, 's', ${seq}, 'paragraph', '${text}')`,
    `insert into deposit (seq, id, processId, receiptHash, title, text, name, region, contact, language, original, sentTerms,
      receivedAt) values (${seq}, 'd${seq}', 'p', 'h${seq}', '', '${text}', '', '', '', '', '', '[]', '')`,
    `insert into comment_text (seq, threadId, body) values (${seq}, 't', '${text}')`,
  ])
    await sql.raw(statement).execute(db);
}
