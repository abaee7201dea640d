import { contentOf, linksOf, readBlocks } from '@zerodraft/schema';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import WebSocket from 'ws';
import * as Y from 'yjs';
import { DRAFT, TestClient, until } from '../support/client.ts';
import { TestServer } from '../support/server.ts';

let server: TestServer;
const clients: TestClient[] = [];
beforeAll(async () => {
  server = await TestServer.start({
    env: { ZERODRAFT_PING_SECONDS: '0.2', ZERODRAFT_MAX_BEHIND_MB: '1', ZERODRAFT_SOCKETS_PER_PERSON: '3' },
  });
});
afterEach(() => {
  for (const client of clients.splice(0)) client.destroy();
});
afterAll(() => server?.remove());

async function enter(personId: string): Promise<TestClient> {
  const client = new TestClient(server, await server.signIn(personId), { status: true });
  clients.push(client);
  await client.synced();
  return client;
}

function open(cookie: string, options: WebSocket.ClientOptions = {}) {
  const socket = new WebSocket(`${server.url.replace('http', 'ws')}/sync/${DRAFT}`, {
    ...options,
    headers: { cookie },
  });
  const opened = new Promise<void>((resolve) => socket.on('open', () => resolve()));
  const closed = new Promise<{ code: number; reason: string }>((resolve) =>
    socket.on('close', (code, reason) => resolve({ code, reason: reason.toString() })),
  );
  socket.on('error', () => undefined);
  return { socket, opened, closed };
}

async function metric(name: string): Promise<number> {
  const text = await (await fetch(`${server.url}/metrics`)).text();
  return Number(new RegExp(`^${name} (\\S+)`, 'm').exec(text)?.[1]);
}

it('LIM-5 a socket whose other end is gone without a word is ended', async () => {
  const { opened, closed, socket } = open(await server.signIn('amara'), { autoPong: false });
  await opened;
  expect((await closed).code).toBe(1006);
  expect(socket.readyState).toBe(WebSocket.CLOSED);
});

it('LIM-3 one person has a bounded number of sockets', async () => {
  const cookie = await server.signIn('tomas');
  const sockets = Array.from({ length: 3 }, () => open(cookie));
  await Promise.all(sockets.map(({ opened }) => opened));
  const extra = open(cookie);
  expect(await extra.closed).toEqual({ code: 4530, reason: 'too-many-connections' });
  for (const { socket } of sockets) socket.close();
  await Promise.all(sockets.map(({ closed }) => closed));
});

it('BND-2 a stalled reader is let go within bounded memory, and has everything when it comes back', async () => {
  const amara = await enter('amara');
  const stalled = open(await server.signIn('leila'));
  await stalled.opened;
  await until(async () => (await metric('zerodraft_clients')) === 2);
  stalled.socket.pause();
  const text = 'A paragraph of some length. '.repeat(20_000);
  let n = 0;
  for (; n < 40 && (await metric('zerodraft_clients')) === 2; n += 1) {
    const block = new Y.XmlElement('block');
    block.setAttribute('id', `long-${n}`);
    block.setAttribute('kind', 'paragraph');
    block.insert(0, [new Y.XmlText(`${n} ${text}`)]);
    contentOf(amara.doc).push([block]);
    await amara.saved(n + 1);
  }
  // Its kernel took some; the server gave up long before 40 times half a megabyte.
  await until(async () => (await metric('zerodraft_clients')) === 1);
  expect(n).toBeLessThan(40);
  stalled.socket.resume();
  const { code } = await stalled.closed;
  expect([1013, 1006]).toContain(code);
  const again = await enter('leila');
  expect(readBlocks(again.doc).filter(({ id }) => id.startsWith('long-'))).toHaveLength(n);
});

it('LIM-6 a draft at its largest size takes no more, says so, and stays readable', async () => {
  await server.stop();
  await server.run({ env: { ZERODRAFT_MAX_DRAFT_MB: '0.05' } });
  const amara = await enter('amara');
  const told = new Promise<void>((resolve) => {
    amara.provider.messageHandlers[2] = () => resolve();
  });
  linksOf(amara.doc).set('clause/recommendation/too-much', { relation: 'adapted' });
  await told;
  const fresh = await enter('tomas');
  expect(linksOf(fresh.doc).has('clause/recommendation/too-much')).toBe(false);
  expect(readBlocks(fresh.doc).length).toBeGreaterThan(10);
});
