import { seeded } from '@zerodraft/sync/random';
import { afterEach, describe, expect, it } from 'vitest';
import { zerodraft } from '../support/cli.ts';
import { DRAFT, TestClient, until } from '../support/client.ts';
import { TestServer } from '../support/server.ts';
import { draftOnDisk } from './log-file.ts';
import { fileSizeLimit, type ShortDisk, smallFileSystem } from './short-disk.ts';
import { Writer, wordsIn } from './writer.ts';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function setup(disk: ShortDisk) {
  closing.push(() => disk.remove());
  const server = await TestServer.start({ dataDir: disk.dataDir });
  closing.push(() => server.remove());
  const writers: Writer[] = [];
  for (const person of ['amara', 'tomas', 'mei', 'amara']) {
    const writer = new Writer(server, await server.signIn(person), `${person}-${writers.length}`);
    closing.push(() => writer.client.destroy());
    writers.push(writer);
  }
  const random = seeded(11);
  const write = (words: number): void => {
    for (let n = 0; n < words; n += 1) for (const writer of writers) writer.type(random);
    for (const writer of writers) writer.ask();
  };
  const saved = () => until(() => writers.every((writer) => writer.saved));
  await until(() => writers.every(({ client }) => client.provider.synced));
  write(20);
  await saved();
  return {
    server,
    writers,
    write,
    saved,
    delegate: await server.signIn('jonas'),
    reader: await server.signIn('leila'),
  };
}

async function failures(server: TestServer): Promise<number> {
  const metrics = await (await fetch(`${server.url}/metrics`)).text();
  return Number(/^zerodraft_log_failures_total (\d+)/m.exec(metrics)?.[1]);
}

const comment = {
  id: '6f0c4a4e-3f55-4c11-9a49-0d5a5f0f0a01',
  commentId: '6f0c4a4e-3f55-4c11-9a49-0d5a5f0f0a02',
  clauseId: 'c',
  anchor: { start: {}, end: {} },
  quote: 'q',
  body: 'A comment',
};

describe.each([
  ['a file system without room', smallFileSystem],
  ['a limit on the size of files', fileSizeLimit],
])('%s', (_name, make) => {
  it('DUR-5 nothing is acknowledged and why is told; reading goes on; with room again all is saved and survives a kill', async (context) => {
    const disk = make();
    if (disk === null) return context.skip('this machine lets nobody mount a file system here');
    const { server, writers, write, saved, delegate, reader } = await setup(disk);
    const threads = `${server.url}/api/drafts/${DRAFT}/threads`;
    const post = () =>
      fetch(threads, {
        method: 'POST',
        headers: { cookie: delegate, 'content-type': 'application/json' },
        body: JSON.stringify(comment),
      });

    await disk.fill(server);
    write(100);
    await until(() => writers.every(({ client }) => disk.error.test(client.failure)));
    const acknowledged = writers.map((writer) => writer.acknowledged);
    // More than goes into one statement: the reason stays the disk.
    write(500);
    const received = writers.map((writer) => writer.asked);
    await until(() => writers.every(({ client }, index) => client.received === received[index]));
    const failed = await failures(server);
    await until(async () => (await failures(server)) >= failed + 2);
    for (const { client } of writers) expect(client.failure).toMatch(disk.error);
    expect(writers.map((writer) => writer.acknowledged)).toEqual(acknowledged);

    const late = new TestClient(server, reader);
    closing.push(() => late.destroy());
    await late.synced();
    expect(wordsIn(late.doc).sort()).toEqual(writers.flatMap(({ standing }) => standing).sort());
    for (const path of ['/', '/health/live', `/api/drafts/${DRAFT}/threads`])
      expect((await fetch(server.url + path, { headers: { cookie: reader } })).status, path).toBe(200);
    const refused = await post();
    expect([refused.status, await refused.json()]).toMatchObject([500, { code: 'internal' }]);
    expect(await (await fetch(threads, { headers: { cookie: reader } })).json()).toMatchObject({
      threads: [],
    });

    await disk.free(server);
    await saved();
    for (const { client } of writers) expect(client.failure).toBe('');
    expect((await post()).status).toBe(201);
    await server.stop('SIGKILL');
    for (const { client } of writers) client.provider.disconnect();
    const everything = writers.flatMap(({ standing }) => standing).sort();
    expect(wordsIn(await draftOnDisk(disk.dataDir)).sort()).toEqual(everything);
    await server.run();
    const fresh = new TestClient(server, reader);
    closing.push(() => fresh.destroy());
    await fresh.synced();
    expect(wordsIn(fresh.doc).sort()).toEqual(everything);
    expect((await zerodraft(disk.dataDir, 'verify')).code).toBe(0);
  });

  it('DUR-5 a kill while there is no room loses nothing acknowledged; what people still hold is saved later', async (context) => {
    const disk = make();
    if (disk === null) return context.skip('this machine lets nobody mount a file system here');
    const { server, writers, write, saved } = await setup(disk);
    await disk.fill(server);
    write(300);
    await until(() => writers.every(({ client }) => disk.error.test(client.failure)));
    await server.stop('SIGKILL');
    await until(() => writers.every(({ client }) => !client.provider.wsconnected));
    const words = new Set(wordsIn(await draftOnDisk(disk.dataDir)));
    expect(writers.flatMap((writer) => writer.lost(words, writer.acknowledged))).toEqual([]);
    await server.run();
    await until(() => writers.every(({ client }) => client.provider.synced));
    await disk.free(server);
    await saved();
    await server.stop('SIGKILL');
    const everything = writers.flatMap(({ standing }) => standing).sort();
    expect(wordsIn(await draftOnDisk(disk.dataDir)).sort()).toEqual(everything);
  });
});
