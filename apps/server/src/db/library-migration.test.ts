import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import BetterSqlite from 'better-sqlite3';
import { Kysely, Migrator, SqliteDialect, sql } from 'kysely';
import { expect, it } from 'vitest';
import { listRecommendations, searchRecommendations } from '../library/repository.ts';
import { findProcess } from '../processes/repository.ts';
import { databaseFile, openDatabase } from './database.ts';
import { migrations } from './migrations.ts';

it('recommendations of earlier versions keep their themes, dimensions and kinds, also those no longer offered', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'zerodraft-migration-'));
  const before = new Kysely<unknown>({
    dialect: new SqliteDialect({ database: new BetterSqlite(databaseFile(dir)) }),
  });
  await new Migrator({ db: before, provider: migrations }).migrateTo('0006_sources');
  const definition = { themes: ['B', 'A'], dimensions: ['D'], sections: ['S'], description: 'kept' };
  const columns = `seq, id, processId, reference, title, text, source, sourceKind, document, locator, date, themes,
    dimensions, kind, createdAt, updatedAt`;
  for (const statement of [
    `insert into process (id, name, illustrative, definition, createdAt) values
      ('p', 'P', 0, '${JSON.stringify(definition)}', ''), ('q', 'Q', 0, '{"themes":[],"dimensions":[]}', '')`,
    `insert into recommendation (${columns}) values
      (1, 'r1', 'p', 'R1', 'One', 'Zeppelins', 'S', 'civil-society', '', '', null, '["A","Gone"]', '["D"]', 'partnership', '', ''),
      (2, 'r2', 'p', 'R2', 'Two', 'Text', 'S', 'other', '', '', '2017-01-01', '[]', '[]', 'other', '', '')`,
  ])
    await sql.raw(statement).execute(before);
  await before.destroy();

  const db = await openDatabase(dir);
  expect(await listRecommendations(db, 'p')).toMatchObject([
    {
      id: 'r1',
      themes: ['A', 'Gone'],
      dimensions: ['D'],
      kind: 'Partnership',
      sourceKind: 'Civil society',
      region: '',
      disposition: 'open',
      version: 1,
    },
    { id: 'r2', themes: [], dimensions: [], kind: 'Other', sourceKind: 'Other', date: '2017-01-01' },
  ]);
  expect(await findProcess(db, 'p')).toMatchObject({
    themes: ['B', 'A'],
    dimensions: ['D'],
    sections: ['S'],
  });
  expect(await findProcess(db, 'q')).toMatchObject({ themes: [], kinds: expect.arrayContaining(['Other']) });
  expect(await searchRecommendations(db, 'p', 'zeppelin')).toMatchObject([{ id: 'r1' }]);
  const { definition: kept } = await db
    .selectFrom('process')
    .select('definition')
    .where('id', '=', 'p')
    .executeTakeFirstOrThrow();
  expect(JSON.parse(kept)).toEqual({ sections: ['S'], description: 'kept' });
  await db.destroy();
  rmSync(dir, { recursive: true });
});
