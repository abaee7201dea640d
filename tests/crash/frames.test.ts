import { readFile } from 'node:fs/promises';
import { readBlocks } from '@zerodraft/schema';
import { seeded } from '@zerodraft/sync/random';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import * as Y from 'yjs';
import { z } from 'zod';
import { zerodraft } from '../support/cli.ts';
import { TestClient, until } from '../support/client.ts';
import { TestServer } from '../support/server.ts';
import { mutated, realFrames, send } from './frames.ts';
import { database } from './log-file.ts';
import { appendWord, wordsIn } from './writer.ts';

const WARM_UP = 8_000;
/** Megabytes that the process may grow by after the warm-up: less than 4 kB for each frame. */
const GROWTH = 80;
const seed = Number(process.env.FUZZ_SEED ?? Date.now() % 1_000_000);
const random = seeded(seed);
const again = `once more with FUZZ_SEED=${seed}`;

let server: TestServer;
const clients: TestClient[] = [];
beforeAll(async () => {
  server = await TestServer.start({ env: { ZERODRAFT_MESSAGES_PER_SECOND: '1000000' } });
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

async function megabytes(): Promise<number> {
  const status = await readFile(`/proc/${server.pid}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1]) / 1_024;
}

/** Sends mutations of what people's clients would send in the draft as it is now. */
async function attack(personId: string, count: number): Promise<void> {
  const cookie = await server.signIn(personId);
  const witness = await enter(personId);
  for (let sent = 0; sent < count; sent += 1_000) {
    const frames = realFrames(Y.encodeStateAsUpdate(witness.doc), 1_000 + random(1_000_000));
    await send(server, cookie, 1_000, () => mutated(frames, random), random);
  }
  witness.provider.disconnect();
}

/**
 * Two people go on writing meanwhile. The process stays the same and does not keep growing.
 * @returns what the two wrote, all of it saved
 */
async function whileTwoWrite(people: readonly string[], frames: number): Promise<string[]> {
  const { pid } = server;
  const pair = [await enter('amara'), await enter('tomas')];
  const words: string[] = [];
  const timer = setInterval(() => {
    for (const { doc } of pair) {
      words.push(`‹${people[0]} ${words.length}›`);
      appendWord(doc, words.at(-1) ?? '');
    }
  }, 100);
  const all = (count: number) => Promise.all(people.map((person) => attack(person, count / people.length)));
  try {
    await all(WARM_UP);
    const warm = await megabytes();
    await all(frames);
    expect((await megabytes()) - warm, again).toBeLessThan(GROWTH);
  } finally {
    clearInterval(timer);
  }
  await Promise.all(pair.map((client) => client.saved(1)));
  expect(server.pid, again).toBe(pid);
  expect((await fetch(`${server.url}/health/live`)).status).toBe(200);
  return words;
}

const texts = (doc: Y.Doc): string[] => readBlocks(doc).map(({ text }) => text);

it('LIM-1 RGT-1 frames of people who may not edit change nothing, whatever they are, and stop no one', async () => {
  const before = texts((await enter('mei')).doc);
  const words = await whileTwoWrite(['leila', 'jonas'], 26_000);
  const { doc } = await enter('mei');
  expect(texts(doc).slice(0, before.length), again).toEqual(before);
  expect(texts(doc).slice(before.length).sort(), again).toEqual([...words].sort());
  const rows = database(server.dataDir, (db) => db.prepare('select distinct userId from draft_update').all());
  const authors = z.array(z.object({ userId: z.string().nullable() })).parse(rows);
  expect(authors.every(({ userId }) => userId !== 'leila' && userId !== 'jonas')).toBe(true);
}, 180_000);

it('LIM-1 GRD-2 frames of an editor, whatever they are, end no process, stop no one and leave a log that can be read', async () => {
  await whileTwoWrite(['mei'], 12_000);
  const goesOn = async (word: string): Promise<void> => {
    const [amara, tomas] = [await enter('amara'), await enter('tomas')];
    appendWord(amara.doc, word);
    await amara.saved(1);
    await until(() => wordsIn(tomas.doc).includes(word));
  };
  await goesOn('‹still here›');
  for (const client of clients.splice(0)) client.destroy();
  await server.stop('SIGKILL');
  expect((await zerodraft(server.dataDir, 'verify')).output, again).not.toMatch(/damaged|missing/);
  await server.run();
  expect(wordsIn((await enter('leila')).doc), again).toContain('‹still here›');
  await goesOn('‹and here›');
}, 180_000);
