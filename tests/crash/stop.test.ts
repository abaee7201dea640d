import { seeded } from '@zerodraft/sync/random';
import { afterEach, expect, it } from 'vitest';
import { until } from '../support/client.ts';
import { TestServer } from '../support/server.ts';
import { draftOnDisk } from './log-file.ts';
import { Writer, wordsIn } from './writer.ts';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

it('LIF-5 on SIGTERM under eight writers it ends with 0, everything acknowledged is in the log, and nothing is acknowledged later', async () => {
  const seed = Number(process.env.FUZZ_SEED ?? Date.now() % 1_000_000);
  const random = seeded(seed);
  const server = await TestServer.start();
  closing.push(() => server.remove());
  const writers: Writer[] = [];
  for (let index = 0; index < 8; index += 1) {
    const person = ['amara', 'tomas', 'mei'][index % 3] ?? '';
    const writer = new Writer(server, await server.signIn(person), `${person}-${index}`);
    closing.push(() => writer.client.destroy());
    writers.push(writer);
  }
  await until(() => writers.every(({ client }) => client.provider.synced));
  const timer = setInterval(() => {
    for (const writer of writers) {
      if (random(4) === 0) writer.paste(3_000);
      else writer.type(random);
      if (random(2) === 0) writer.ask();
    }
  }, 20);
  closing.push(() => clearInterval(timer));

  for (let round = 1; round <= 4; round += 1) {
    // Some is acknowledged and some is under way whenever it stops.
    const before = writers.map((writer) => writer.acknowledged.size);
    await until(() => writers.every((writer, index) => writer.acknowledged.size > (before[index] ?? 0) + 5));
    expect(await server.stop('SIGTERM'), `round ${round}, FUZZ_SEED=${seed}`).toBe(0);
    await until(() => writers.every(({ client }) => !client.provider.wsconnected));
    const acknowledged = writers.map((writer) => writer.acknowledged);
    const words = new Set(wordsIn(await draftOnDisk(server.dataDir)));
    const lost = writers.flatMap((writer, index) => writer.lost(words, acknowledged[index] ?? new Set()));
    expect(lost, `round ${round}, FUZZ_SEED=${seed}`).toEqual([]);
    await server.run();
  }
  clearInterval(timer);
  for (const writer of writers) writer.tidy();
  await until(() => writers.every((writer) => writer.saved));
  await server.stop();
  const standing = writers.flatMap((writer) => writer.standing).sort();
  expect(wordsIn(await draftOnDisk(server.dataDir)).sort(), `FUZZ_SEED=${seed}`).toEqual(standing);
}, 120_000);
