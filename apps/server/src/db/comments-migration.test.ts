import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import BetterSqlite from 'better-sqlite3';
import { Kysely, Migrator, SqliteDialect, sql } from 'kysely';
import { expect, it } from 'vitest';
import { listThreads } from '../threads/repository.ts';
import { searchThreads } from '../threads/search.ts';
import { databaseFile, openDatabase } from './database.ts';
import { migrations } from './migrations.ts';

it('threads of earlier versions keep their comments, authors and states, and are found', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'zerodraft-migration-'));
  const before = new Kysely<unknown>({
    dialect: new SqliteDialect({ database: new BetterSqlite(databaseFile(dir)) }),
  });
  await new Migrator({ db: before, provider: migrations }).migrateTo('0004_accounts');
  const [early, late] = ['2030-01-01T00:00:00.000Z', '2030-01-02T00:00:00.000Z'];
  for (const statement of [
    `insert into user (id, name, email, emailVerified, createdAt, updatedAt) values
      ('a', 'Ada', 'a@x.example', 1, '', ''), ('b', 'Bo', 'b@x.example', 1, '', '')`,
    `insert into process (id, name, illustrative, definition, createdAt) values ('p', 'P', 0, '{}', '${early}')`,
    `insert into member (processId, userId, role, organisation, position) values
      ('p', 'a', 'facilitator', null, 0), ('p', 'b', 'delegate', 'A Mission', 1)`,
    `insert into draft (id, processId, title, generation, createdAt) values ('d', 'p', 'D', 1, '${early}')`,
    `insert into thread (id, draftId, clauseId, anchor, quote, resolvedBy, resolvedAt, createdAt) values
      ('open', 'd', 'c', '{"start":{},"end":{}}', 'a quotation', null, null, '${early}'),
      ('done', 'd', 'c', '{"start":{},"end":{}}', 'q', 'a', '${late}', '${early}')`,
    `insert into comment (id, threadId, authorId, body, createdAt) values
      ('1', 'open', 'b', 'Zeppelins', '${early}'), ('2', 'open', 'a', 'Noted', '${late}'),
      ('3', 'done', 'a', 'Done', '${early}')`,
  ])
    await sql.raw(statement).execute(before);
  await before.destroy();

  const db = await openDatabase(dir);
  const { threads, cursor } = await listThreads(db, 'd', 'a');
  const anchor = { start: {}, end: {} };
  const fields = { kind: 'range', clauseId: 'c', anchor, visibility: 'all', labels: [], round: null };
  expect(threads).toMatchObject([
    { id: 'done', ...fields, state: 'resolved', decided: { by: { id: 'a' }, at: late, reason: null } },
    {
      id: 'open',
      ...fields,
      state: 'open',
      decided: null,
      createdBy: { name: 'Bo', organisation: 'A Mission' },
      comments: [
        { id: '1', author: { organisation: 'A Mission' }, editedAt: null, deleted: null },
        { id: '2' },
      ],
    },
  ]);
  expect(cursor).toBe(late);
  expect(await searchThreads(db, 'd', 'b', 'zeppelin')).toMatchObject([{ commentId: '1' }]);
  expect(await searchThreads(db, 'd', 'b', 'quotation')).toMatchObject([
    { threadId: 'open', commentId: null },
  ]);
  await db.destroy();
  rmSync(dir, { recursive: true });
});
