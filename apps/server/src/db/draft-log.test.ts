import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Rooms } from '@zerodraft/sync';
import { describeDraftLog } from '@zerodraft/sync/draft-log-contract';
import { NO_RULES, person, until, WireClient } from '@zerodraft/sync/room-support';
import { sql } from 'kysely';
import { afterEach, describe, expect, it } from 'vitest';
import { type Database, databaseFile, openDatabase } from './database.ts';
import { sqlDraftLog } from './draft-log.ts';
import { LogWriter } from './log-writer.ts';

const opened: { db: Database; dir: string; writer: LogWriter }[] = [];
afterEach(async () => {
  for (const { db, dir, writer } of opened.splice(0)) {
    writer.db.close();
    await db.destroy();
    rmSync(dir, { recursive: true });
  }
});

/** A database in a folder of its own, and its log; the writer is the thread's, without the thread. */
async function database() {
  const dir = mkdtempSync(join(tmpdir(), 'zerodraft-log-'));
  const db = await openDatabase(dir);
  const writer = LogWriter.open(databaseFile(dir));
  opened.push({ db, dir, writer });
  const createdAt = new Date().toISOString();
  await db
    .insertInto('process')
    .values({ id: 'p', name: 'P', illustrative: 1, definition: '{}', createdAt })
    .execute();
  const log = sqlDraftLog(db, {
    append: async (entries) => writer.append(entries),
    fold: async (draftId, fold) => writer.fold(draftId, fold),
  });
  return { db, log, writer };
}

function create(db: Database, id: string) {
  const draft = { id, processId: 'p', title: id, generation: 1, createdAt: new Date().toISOString() };
  return db.insertInto('draft').values(draft).execute();
}

describeDraftLog('SQLite', async () => {
  const { db, log } = await database();
  return {
    log,
    create: async (draftId) => {
      await create(db, draftId);
    },
    corrupt: async (draftId) => {
      const newest = sql`select max(id) from draft_update where draftId = ${draftId}`;
      const { numAffectedRows } =
        await sql`update draft_update set payload = x'0909' where id = (${newest})`.execute(db);
      if (numAffectedRows === 0n)
        await sql`update draft_snapshot set payload = x'0909' where draftId = ${draftId}`.execute(db);
    },
    regenerate: async (draftId, generation) => {
      await db.updateTable('draft').set({ generation }).where('id', '=', draftId).execute();
    },
  };
});

describe('a disk that is full', () => {
  it('DUR-5 is not acknowledged, is told, keeps serving reads, and all of it is saved once there is room', async () => {
    const { db, log, writer: connection } = await database();
    await create(db, 'd');
    const rooms = new Rooms(log, NO_RULES, { limits: { retry: 5 } });
    const join = async (name: string): Promise<WireClient> => {
      const client = new WireClient(rooms, 'd', person(name));
      client.connect();
      await until(() => client.inbox.length >= 2);
      client.deliver();
      return client;
    };
    const writer = await join('a');
    connection.db.pragma(`max_page_count = ${connection.db.pragma('page_count', { simple: true })}`);
    for (let i = 0; i < 200; i += 1) writer.type(`paragraph ${i} ${'x'.repeat(200)}\n`);
    const n = writer.ask();
    await until(() => {
      writer.deliver();
      return writer.failure !== '';
    });
    expect(writer.failure).toContain('full');
    expect(writer.durable).toBeLessThan(n);
    const reader = await join('b');
    expect(reader.text).toBe(writer.text);
    connection.db.pragma('max_page_count = 1000000');
    await until(() => {
      writer.deliver();
      return writer.durable === n;
    });
    expect(writer.failure).toBe('');
    for (const client of [writer, reader]) client.disconnect();
    await rooms.shutdown();
  });
});
