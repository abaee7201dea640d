import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import BetterSqlite from 'better-sqlite3';
import { Kysely, Migrator, SqliteDialect, sql } from 'kysely';
import { expect, it } from 'vitest';
import { findDeposit, listDeposits } from '../deposits/repository.ts';
import { listSources } from '../sources/repository.ts';
import { listTaxonomies } from '../taxonomies/repository.ts';
import { databaseFile, openDatabase } from './database.ts';
import { migrations } from './migrations.ts';

it('deposits and sources of earlier versions keep their kinds, themes and regions, also what is offered no more', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'zerodraft-migration-'));
  const before = new Kysely<unknown>({
    dialect: new SqliteDialect({ database: new BetterSqlite(databaseFile(dir)) }),
  });
  await new Migrator({ db: before, provider: migrations }).migrateTo('0009_library');
  const sent = (over: object): string =>
    JSON.stringify({
      ...{ title: 'Title', text: 'Text', kind: 'other', themes: [], dimensions: [], name: '' },
      ...{ stakeholderKind: 'other', region: '', ...over },
    });
  const full = { kind: 'partnership', themes: ['A', 'Gone'], stakeholderKind: 'academia', region: 'pacific' };
  const term = (
    id: string,
    taxonomy: string,
    key: string | null,
    label: string,
    into: string | null = null,
  ) =>
    `insert into term (id, processId, taxonomy, key, label, position, mergedIntoId)
      values ('${id}', 'p', '${taxonomy}', ${key && `'${key}'`}, '${label}', 0, ${into && `'${into}'`})`;
  for (const statement of [
    `insert into user (id, name, email, emailVerified, createdAt, updatedAt) values ('a', 'Ada', 'a@x.example', 1, '', '')`,
    `insert into process (id, name, illustrative, definition, createdAt) values ('p', 'P', 0, '{"sections":[]}', ''),
      ('q', 'Q', 0, '{"sections":[]}', '')`,
    term('a', 'themes', null, 'A'),
    // Renamed since, and merged into another since.
    term('k', 'kinds', 'partnership', 'Alliance'),
    term('u', 'stakeholderKinds', null, 'Universities'),
    term('s', 'stakeholderKinds', 'academia', 'Academia', 'u'),
    term('o', 'stakeholderKinds', 'other', 'Other'),
    term('r', 'regions', null, 'Pacific'),
    `insert into source (id, processId, title, kind, who, stakeholderKind, region, phase, session, symbol, state,
      createdBy, createdAt, updatedAt) values
      ('s1', 'p', 'S1', 'report', '', 'academia', 'PACIFIC', '', '', '', 'no-file', 'a', '3', ''),
      ('s2', 'p', 'S2', 'report', '', 'other', 'Sahel', '', '', '', 'no-file', 'a', '2', ''),
      ('s3', 'q', 'S3', 'report', '', 'other', '', '', '', '', 'no-file', 'a', '1', '')`,
    `insert into deposit (id, processId, receiptHash, title, text, kind, themes, dimensions, name, stakeholderKind,
      region, contact, language, receivedAt, original) values
      ('d1', 'p', '1', 'Title', 'Text', 'partnership', '["A","Gone"]', '[]', '', 'academia', 'pacific', '', 'en', '1',
        '${sent(full)}'),
      ('d2', 'p', '2', 'Title', 'Text', 'other', '["A"]', '[]', '', 'other', 'Atlantis', '', 'en', '2',
        '${sent({ kind: 'partnership' })}')`,
  ])
    await sql.raw(statement).execute(before);
  await before.destroy();

  const db = await openDatabase(dir);
  expect(await listSources(db, 'p')).toMatchObject([
    { id: 's1', stakeholderKind: 'Universities', region: 'Pacific' },
    { id: 's2', stakeholderKind: 'Other', region: 'Sahel' },
  ]);
  expect(await listSources(db, 'q')).toMatchObject([{ stakeholderKind: '', region: '' }]);
  expect(await findDeposit(db, 'p', 'd1')).toMatchObject({
    ...{ kind: 'Alliance', themes: ['A', 'Gone'], stakeholderKind: 'Universities', region: 'Pacific' },
    ...{ edited: false, newRegion: false },
    original: { ...full, kind: 'Partnership', stakeholderKind: 'Academia' },
  });
  // There is no kind "Other" here: what had it had nothing said of it.
  expect(await findDeposit(db, 'p', 'd2')).toMatchObject({
    ...{
      kind: '',
      themes: ['A'],
      stakeholderKind: 'Other',
      region: 'Atlantis',
      edited: true,
      newRegion: true,
    },
    original: { kind: 'Partnership', stakeholderKind: 'Other', region: '' },
  });
  expect((await listDeposits(db, 'p', 'new')).deposits.map((row) => row.stakeholderKind)).toEqual([
    'Universities',
    'Other',
  ]);
  const { taxonomies } = await listTaxonomies(db, 'p');
  expect(taxonomies.themes).toMatchObject([
    { label: 'A', retiredAt: null, deposits: 2 },
    { label: 'Gone', retiredAt: expect.any(String), deposits: 1 },
  ]);
  expect(taxonomies.regions).toMatchObject([
    { label: 'Pacific', retiredAt: null, sources: 1, deposits: 1 },
    { label: 'Sahel', retiredAt: null, sources: 1, deposits: 0 },
  ]);
  await db.destroy();
  rmSync(dir, { recursive: true });
});
