import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { contentOf, linksOf, readBlocks } from '@zerodraft/schema';
import BetterSqlite from 'better-sqlite3';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import WebSocket from 'ws';
import * as Y from 'yjs';
import { DRAFT, TestClient, until } from '../support/client.ts';
import { TestServer } from '../support/server.ts';

let server: TestServer;
const clients: TestClient[] = [];
beforeAll(async () => {
  server = await TestServer.start();
});
afterEach(() => {
  for (const client of clients.splice(0)) client.destroy();
});
afterAll(() => server?.remove());

/** A bare socket, its opening and its end. */
function socketOf(cookie: string, query = '') {
  const socket = new WebSocket(`${server.url.replace('http', 'ws')}/sync/${DRAFT}${query}`, {
    headers: { cookie },
  });
  const opened = new Promise<void>((resolve) => socket.on('open', () => resolve()));
  const closed = new Promise<{ code: number; reason: string }>((resolve) =>
    socket.on('close', (code, reason) => resolve({ code, reason: reason.toString() })),
  );
  socket.on('error', () => undefined);
  return { socket, opened, closed };
}

async function enter(personId: string): Promise<TestClient> {
  const client = new TestClient(server, await server.signIn(personId), { status: true });
  clients.push(client);
  await client.synced();
  return client;
}

const zerodraft = (...args: string[]) =>
  promisify(execFile)(
    process.execPath,
    [join(import.meta.dirname, '../../apps/server/dist/zerodraft.js'), ...args],
    {
      env: { ...process.env, ZERODRAFT_DATA: server.dataDir },
    },
  );

function database<Result>(use: (db: BetterSqlite.Database) => Result): Result {
  const db = new BetterSqlite(join(server.dataDir, 'zerodraft.db'));
  try {
    return use(db);
  } finally {
    db.close();
  }
}

describe('rights on open sockets', () => {
  it('RGT-4 a signed-out session’s socket is closed with its own code; others stay', async () => {
    const [leaving, staying] = [await server.signIn('mei'), await server.signIn('mei')];
    const [first, second] = [socketOf(leaving), socketOf(staying)];
    await Promise.all([first.opened, second.opened]);
    await fetch(`${server.url}/api/auth/sign-out`, {
      method: 'POST',
      headers: { cookie: leaving, origin: server.url, 'content-type': 'application/json' },
      body: '{}',
    });
    expect(await first.closed).toEqual({ code: 4401, reason: 'signed-out' });
    expect(second.socket.readyState).toBe(WebSocket.OPEN);
    second.socket.close();
  });

  it('RGT-4 a changed role closes the socket; it comes back under the new rights', async () => {
    const mei = await enter('mei');
    const first = mei.provider.ws;
    database((db) => db.prepare("update member set role = 'observer' where userId = 'mei'").run());
    await until(() => mei.provider.ws !== first && mei.provider.synced);
    const block = contentOf(mei.doc).get(1);
    if (!(block instanceof Y.XmlElement)) throw new Error('no block');
    const text = readBlocks(mei.doc)[1]?.text;
    block.insert(0, [new Y.XmlText('as an observer')]);
    await mei.saved(1);
    const tomas = await enter('tomas');
    expect(readBlocks(tomas.doc)[1]?.text).toBe(text);
    database((db) => db.prepare("update member set role = 'drafter' where userId = 'mei'").run());
  });
});

describe('what is not taken', () => {
  it('GRD-2 a change outside the schema is refused, reaches nobody, and is told', async () => {
    const [amara, tomas] = [await enter('amara'), await enter('tomas')];
    const told = new Promise<string>((resolve) => {
      amara.provider.messageHandlers[2] = () => resolve('told');
    });
    amara.doc.getMap('evil').set('x', 1);
    expect(await told).toBe('told');
    linksOf(tomas.doc).set('clause/recommendation/tag', { relation: 'adapted' });
    await tomas.saved(1);
    const fresh = await enter('leila');
    expect(fresh.doc.share.has('evil')).toBe(false);
    expect(linksOf(fresh.doc).has('clause/recommendation/tag')).toBe(true);
  });

  it('LIM-2 a frame larger than any update, and LIM-4 a flood, end only their own socket', async () => {
    const cookie = await server.signIn('amara');
    const large = socketOf(cookie);
    await large.opened;
    large.socket.send(Buffer.alloc(9 * 1024 * 1024));
    expect((await large.closed).code).toBe(1009);
    const flood = socketOf(cookie);
    await flood.opened;
    for (let i = 0; i < 2_500; i += 1) flood.socket.send(Uint8Array.of(3));
    expect(await flood.closed).toEqual({ code: 4529, reason: 'flood' });
    await enter('tomas');
  });

  it('LIF-1 a copy of another generation is not merged', async () => {
    const old = socketOf(await server.signIn('amara'), '?generation=9');
    expect(await old.closed).toEqual({ code: 4409, reason: 'other-generation' });
  });

  it('ACK-1 a client that did not ask for status is never sent it', async () => {
    const plain = socketOf(await server.signIn('amara'));
    const types = new Set<number>();
    plain.socket.on('message', (data) => Buffer.isBuffer(data) && types.add(data[0] ?? -1));
    await plain.opened;
    const amara = await enter('amara');
    linksOf(amara.doc).set('clause/recommendation/plain', { relation: 'adapted' });
    await amara.saved(1);
    await until(() => types.has(0));
    expect([...types].every((type) => type <= 3)).toBe(true);
    plain.socket.close();
  });
});

describe('running it', () => {
  it('LIF-6 answers whether it is alive and ready, and counts', async () => {
    await enter('amara');
    for (const path of ['/health/live', '/health/ready'])
      expect((await fetch(server.url + path)).status).toBe(200);
    const metrics = await (await fetch(`${server.url}/metrics`)).text();
    for (const name of [
      'rooms 1',
      'clients 1',
      'updates_total',
      'commit_seconds_bucket',
      'dropped_frames_total',
    ])
      expect(metrics).toContain(`zerodraft_${name}`);
    expect(metrics).toContain('process_resident_memory_bytes');
    const proxied = await fetch(`${server.url}/metrics`, { headers: { 'x-forwarded-for': '203.0.113.9' } });
    expect(proxied.status).toBe(403);
  });

  it('LIF-5 on SIGTERM it saves, says why it closes, and ends with 0', async () => {
    const amara = await enter('amara');
    const plain = socketOf(await server.signIn('tomas'));
    await plain.opened;
    linksOf(amara.doc).set('clause/recommendation/last', { relation: 'adapted' });
    await until(() => amara.provider.wsconnected);
    const exit = server.stop('SIGTERM');
    expect(await plain.closed).toEqual({ code: 1012, reason: 'going-away' });
    expect(await exit).toBe(0);
    await server.run();
    const fresh = await enter('leila');
    expect(linksOf(fresh.doc).has('clause/recommendation/last')).toBe(true);
  });

  it('BAK-1..3 backs up while running, verifies, sets a damaged record aside, restores', async () => {
    const amara = await enter('amara');
    const file = join(server.dataDir, 'copy.db');
    linksOf(amara.doc).set('clause/recommendation/backed-up', { relation: 'adapted' });
    await amara.saved(1);
    expect((await zerodraft('backup', file)).stdout).toContain('every draft in it can be read');
    await expect(zerodraft('backup', file)).rejects.toThrow(/exists already/);
    linksOf(amara.doc).set('clause/recommendation/after', { relation: 'adapted' });
    await amara.saved(2);
    for (const client of clients.splice(0)) client.destroy();
    await server.stop();
    expect((await zerodraft('verify')).stdout).toMatch(/\d+ blocks from \d+ records/);
    database((db) =>
      db
        .prepare('update draft_update set payload = ? where id = (select max(id) from draft_update)')
        .run(Buffer.from([9, 9, 9, 255])),
    );
    await expect(zerodraft('verify')).rejects.toMatchObject({ code: 1 });
    // A draft with a damaged record still opens for reading.
    await server.run();
    const reader = await enter('leila');
    expect(linksOf(reader.doc).has('clause/recommendation/backed-up')).toBe(true);
    for (const client of clients.splice(0)) client.destroy();
    await server.stop();
    expect((await zerodraft('verify', '--set-aside')).stdout).toContain('was set aside');
    await zerodraft('verify');
    await zerodraft('restore', file);
    await server.run();
    const fresh = await enter('leila');
    expect(linksOf(fresh.doc).has('clause/recommendation/backed-up')).toBe(true);
    expect(linksOf(fresh.doc).has('clause/recommendation/after')).toBe(false);
  });
});
