import { open, stat, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { MESSAGE_SYNC } from '@zerodraft/sync';
import { seeded } from '@zerodraft/sync/random';
import type BetterSqlite from 'better-sqlite3';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { z } from 'zod';
import { zerodraft } from '../support/cli.ts';
import { DRAFT, TestClient, until } from '../support/client.ts';
import { TestServer } from '../support/server.ts';
import { database, draftOnDisk } from './log-file.ts';
import { appendWord, wordsIn } from './writer.ts';

let server: TestServer;
const clients: TestClient[] = [];
beforeAll(async () => {
  server = await TestServer.start();
});
afterEach(() => {
  for (const client of clients.splice(0)) client.destroy();
});
afterAll(() => server?.remove());

async function enter(personId: string): Promise<TestClient> {
  const client = new TestClient(server, await server.signIn(personId), { status: true, maxBackoffTime: 100 });
  clients.push(client);
  await client.synced();
  return client;
}

/** Someone writes words, each saved before the next; their copy stays offline from then on. */
async function author(...words: string[]): Promise<TestClient> {
  const client = await enter('amara');
  for (const [index, word] of words.entries()) {
    appendWord(client.doc, word);
    await client.saved(index + 1);
  }
  client.provider.disconnect();
  return client;
}

const rowShape = z.object({ id: z.number(), payload: z.instanceof(Uint8Array) });
type Row = z.infer<typeof rowShape>;
const rowsOf = (db: BetterSqlite.Database): Row[] =>
  z.array(rowShape).parse(db.prepare('select id, payload from draft_update order by id').all());

/** Damages one record of a stopped server's log; `fromEnd` 1 is the last. Returns its number. */
function damage(fromEnd: number, change: (payload: Uint8Array, all: readonly Row[]) => Uint8Array): number {
  return database(server.dataDir, (db) => {
    const rows = rowsOf(db);
    const row = rowShape.parse(rows.at(-fromEnd));
    const payload = Buffer.from(change(row.payload, rows));
    db.prepare('update draft_update set payload = ? where id = ?').run(payload, row.id);
    return row.id;
  });
}

/** Changes bytes until the record can still be decoded, but no document be made of the log any more. */
function undecidable(payload: Uint8Array, rows: readonly Row[]): Uint8Array {
  const random = seeded(7);
  for (;;) {
    const changed = Uint8Array.from(payload);
    for (let i = random(3); i >= 0; i -= 1) changed[random(changed.length)] = random(256);
    try {
      Y.decodeUpdate(changed);
    } catch {
      continue;
    }
    const log = rows.map((row) => (row.payload === payload ? changed : row.payload));
    try {
      Y.applyUpdate(new Y.Doc(), Y.mergeUpdates(log));
    } catch {
      return changed;
    }
  }
}

const rows = (): number => database(server.dataDir, (db) => rowsOf(db).length);

describe('a damaged last record', () => {
  it.each([
    ['is cut off', 'running', (payload: Uint8Array) => payload.slice(0, payload.length / 2)],
    ['is garbled', 'stopped', () => Uint8Array.of(9, 9, 9, 255)],
    ['is empty', 'running', () => new Uint8Array()],
    ['decodes and cannot be applied', 'stopped', undecidable],
  ])(
    'DUR-6 BAK-3 that %s: nothing is acknowledged, why is told, reading goes on; set aside while %s, all is saved',
    async (name, state, change) => {
      const [kept, lost, held] = [`‹kept ${name}›`, `‹lost ${name}›`, `‹held ${name}›`];
      const amara = await author(kept, lost);
      await server.stop(state === 'running' ? 'SIGTERM' : 'SIGKILL');
      const id = damage(1, change);
      const before = rows();
      await server.run();

      const tomas = await enter('tomas');
      expect(wordsIn(tomas.doc)).toContain(kept);
      expect(wordsIn(tomas.doc)).not.toContain(lost);
      appendWord(tomas.doc, held);
      tomas.ask(1);
      await until(() => tomas.received === 1 && tomas.failure !== '');
      expect(tomas.failure).toBe(
        `record ${id} of this draft is damaged. Restore a backup, or set the record aside: zerodraft verify --set-aside`,
      );
      const leila = await enter('leila');
      expect(wordsIn(leila.doc)).toContain(held);
      const cookie = await server.signIn('leila');
      for (const path of ['/', '/health/live', `/api/drafts/${DRAFT}/threads`])
        expect((await fetch(server.url + path, { headers: { cookie } })).status, path).toBe(200);
      const told = await zerodraft(server.dataDir, 'verify');
      expect(told.code).toBe(1);
      expect(told.output).toContain(`record ${id} is damaged.`);
      tomas.ask(2);
      await until(() => tomas.received === 2);
      expect(tomas.durable).toBe(0);
      expect(rows()).toBe(before);

      if (state === 'stopped') await server.stop();
      const mended = await zerodraft(server.dataDir, 'verify', '--set-aside');
      expect(mended.output).toContain(`record ${id} is damaged and was set aside.`);
      expect(mended.code).toBe(0);
      if (state === 'stopped') {
        await server.run();
        await tomas.synced();
      }
      await tomas.saved(3);
      await until(() => tomas.failure === '');
      // Whose copy still holds the lost change brings it back.
      amara.provider.connect();
      await amara.synced();
      await amara.saved(9);
      await server.stop('SIGKILL');
      const words = wordsIn(await draftOnDisk(server.dataDir));
      for (const word of [kept, lost, held]) expect(words.filter((each) => each === word)).toHaveLength(1);
      expect((await zerodraft(server.dataDir, 'verify')).code).toBe(0);
      await server.run();
    },
  );
});

it('DUR-6 a damaged record that later ones build on: clients neither storm the server nor stop saving', async () => {
  const amara = await author('‹before›', '‹damaged›', '‹after›');
  await server.stop();
  damage(2, () => Uint8Array.of(9, 9, 9, 255));
  await server.run();
  const tomas = await enter('tomas');
  expect(wordsIn(tomas.doc)).toContain('‹before›');
  expect((await zerodraft(server.dataDir, 'verify', '--set-aside')).output).toContain(
    'build on one that is missing',
  );
  // Comes back with what was written meanwhile; the handshake is a few frames, not an endless exchange.
  tomas.provider.disconnect();
  appendWord(tomas.doc, '‹while some is missing›');
  let frames = 0;
  const handleSync = tomas.provider.messageHandlers[MESSAGE_SYNC];
  tomas.provider.messageHandlers[MESSAGE_SYNC] = (...message) => {
    frames += 1;
    handleSync?.(...message);
  };
  tomas.provider.connect();
  await tomas.synced();
  await tomas.saved(1);
  expect(frames).toBeLessThan(10);
  await server.stop('SIGKILL');
  expect(wordsIn(await draftOnDisk(server.dataDir))).toContain('‹while some is missing›');
  await server.run();
  // The author's copy closes the gap, and what waited behind it stands again.
  amara.provider.connect();
  await amara.synced();
  await amara.saved(9);
  const fresh = await enter('leila');
  for (const word of ['‹before›', '‹damaged›', '‹after›', '‹while some is missing›'])
    expect(wordsIn(fresh.doc).filter((each) => each === word)).toHaveLength(1);
});

describe('a damaged tail of the write-ahead log', () => {
  it.each([
    ['cut off', async (file: string, from: number) => truncate(file, from + 100)],
    [
      'garbled',
      async (file: string, from: number) => {
        const handle = await open(file, 'r+');
        const random = seeded(3);
        const noise = Uint8Array.from({ length: (await stat(file)).size - from }, () => random(256));
        await handle.write(noise, 0, noise.length, from);
        await handle.close();
      },
    ],
  ])(
    'DUR-6 that is %s: all before it is there, work goes on, and a copy that holds the rest brings it back',
    async (name, change) => {
      // From a clean start, so that the file holds only what is written now.
      await server.stop();
      await server.run();
      const [first, second, last] = [`‹first ${name}›`, `‹second ${name}›`, `‹last ${name}›`];
      const amara = await author(first, second);
      const wal = join(server.dataDir, 'zerodraft.db-wal');
      // All that is written from the last word on: the index of links may follow it.
      const { size } = await stat(wal);
      amara.provider.connect();
      await amara.synced();
      appendWord(amara.doc, last);
      await amara.saved(3);
      amara.provider.disconnect();
      await server.stop('SIGKILL');
      await change(wal, size);
      await server.run();
      const tomas = await enter('tomas');
      const words = wordsIn(tomas.doc);
      expect(words).toContain(first);
      expect(words).toContain(second);
      expect(words).not.toContain(last);
      appendWord(tomas.doc, `‹new ${name}›`);
      await tomas.saved(1);
      expect(tomas.failure).toBe('');
      amara.provider.connect();
      await amara.synced();
      await amara.saved(9);
      await server.stop('SIGKILL');
      const onDisk = wordsIn(await draftOnDisk(server.dataDir));
      for (const word of [first, second, last, `‹new ${name}›`])
        expect(onDisk.filter((each) => each === word)).toHaveLength(1);
      expect((await zerodraft(server.dataDir, 'verify')).code).toBe(0);
      await server.run();
    },
  );
});
