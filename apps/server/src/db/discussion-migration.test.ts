import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import BetterSqlite from 'better-sqlite3';
import { Kysely, Migrator, SqliteDialect, sql } from 'kysely';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { emptyBin } from '../bin.ts';
import { type Database, databaseFile, openDatabase } from './database.ts';
import { migrations } from './migrations.ts';

const at = '2030-01-01T00:00:00.000Z';
let dir: string;
let db: Database;

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'zerodraft-migration-'));
  const before = new Kysely<unknown>({
    dialect: new SqliteDialect({ database: new BetterSqlite(databaseFile(dir)) }),
  });
  await new Migrator({ db: before, provider: migrations }).migrateTo('0009_library');
  for (const statement of [
    `insert into user (id, name, email, emailVerified, createdAt, updatedAt) values ('a', 'Ada', 'a@x.example', 1, '', '')`,
    `insert into process (id, name, illustrative, definition, createdAt) values ('p', 'P', 0, '{}', '${at}')`,
    `insert into draft (id, processId, title, generation, createdAt) values ('d', 'p', 'D', 1, '${at}')`,
    `insert into thread (id, draftId, clauseId, anchor, quote, createdAt) values ('t', 'd', 'c', '', '', '${at}')`,
    `insert into notification (id, userId, kind, threadId, commentId, byId, at, readAt, mailedAt) values
      (7, 'a', 'mention', 't', 'k', 'a', '${at}', null, '${at}'), (9, 'a', 'state', 't', null, 'a', '${at}', '${at}', null)`,
  ])
    await sql.raw(statement).execute(before);
  await before.destroy();
  db = await openDatabase(dir);
});
afterEach(async () => {
  await db.destroy();
  rmSync(dir, { recursive: true });
});

const notifications = () => db.selectFrom('notification').selectAll().orderBy('id').execute();

it('notifications of earlier versions stay as they were, and the next one comes after them', async () => {
  const shared = { userId: 'a', threadId: 't', recommendationId: null, byId: 'a', at };
  expect(await notifications()).toEqual([
    { ...shared, id: 7, kind: 'mention', commentId: 'k', readAt: null, mailedAt: at },
    { ...shared, id: 9, kind: 'state', commentId: null, readAt: at, mailedAt: null },
  ]);
  await db
    .insertInto('notification')
    .values({ userId: 'a', kind: 'reply', threadId: 't', byId: 'a', at })
    .execute();
  expect((await notifications()).map(({ id }) => id)).toEqual([7, 9, 10]);
});

it('a notification is about a thread or a discussion, never both or neither', async () => {
  const row = { userId: 'a', kind: 'reply', byId: 'a', at } as const;
  await expect(db.insertInto('notification').values(row).execute()).rejects.toThrow('CHECK');
  const both = { ...row, threadId: 't', recommendationId: 'r' };
  await expect(db.insertInto('notification').values(both).execute()).rejects.toThrow();
});

it('the bin purges a discussion, its trace and what was told of it with the process', async () => {
  await sql`insert into recommendation (id, processId, reference, title, text, source, document, locator, createdAt, updatedAt)
    values ('r', 'p', 'R', 'R', 'R', 'S', '', '', ${at}, ${at})`.execute(db);
  const comment = { id: 'k', processId: 'p', recommendationId: 'r', authorId: 'a', body: 'x', createdAt: at };
  await db.insertInto('discussion_comment').values(comment).execute();
  await db
    .insertInto('discussion_edit')
    .values({ commentId: 'k', body: 'y', until: at, byId: 'a' })
    .execute();
  const told = { userId: 'a', kind: 'reply', recommendationId: 'r', commentId: 'k', byId: 'a', at } as const;
  await db.insertInto('notification').values(told).execute();
  await db.updateTable('process').set({ state: 'deleted', stateSince: at }).execute();
  await emptyBin(db, new Date('2031-01-01'));
  expect(await notifications()).toEqual([]);
  for (const table of ['process', 'recommendation', 'discussion_comment', 'discussion_edit'] as const)
    expect(await db.selectFrom(table).selectAll().execute()).toEqual([]);
});
