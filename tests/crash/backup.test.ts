import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { seeded } from '@zerodraft/sync/random';
import BetterSqlite from 'better-sqlite3';
import { afterEach, expect, it } from 'vitest';
import { zerodraft } from '../support/cli.ts';
import { TestClient, until } from '../support/client.ts';
import { TestServer } from '../support/server.ts';
import { database, draftIn } from './log-file.ts';
import { Writer, wordsIn } from './writer.ts';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

it('BAK-1 BAK-2 a backup while four people write ends, holds all that was acknowledged before it, and can be restored', async () => {
  const seed = Number(process.env.FUZZ_SEED ?? Date.now() % 1_000_000);
  const random = seeded(seed);
  const server = await TestServer.start();
  closing.push(() => server.remove());
  // Large enough that the server commits many times while it is copied.
  database(server.dataDir, (db) =>
    db.exec(`insert into draft_set_aside (draftId, generation, payload, createdAt, setAsideAt)
      with recursive n(i) as (select 1 union all select i + 1 from n where i < 96)
      select 'd', 1, zeroblob(1000000), '', '' from n`),
  );
  const writers: Writer[] = [];
  for (const person of ['amara', 'tomas', 'mei', 'amara']) {
    const writer = new Writer(server, await server.signIn(person), `${person}-${writers.length}`);
    closing.push(() => writer.client.destroy());
    writers.push(writer);
  }
  await until(() => writers.every(({ client }) => client.provider.synced));
  const timer = setInterval(() => {
    for (const writer of writers) {
      if (random(8) === 0) writer.paste(3_000);
      else writer.type(random);
      if (random(2) === 0) writer.ask();
    }
  }, 15);
  closing.push(() => clearInterval(timer));

  const copies: { file: string; acknowledged: ReadonlySet<number>[] }[] = [];
  for (const name of ['first.db', 'second.db']) {
    const before = writers.map((writer) => writer.acknowledged.size);
    await until(() => writers.every((writer, index) => writer.acknowledged.size > (before[index] ?? 0) + 20));
    const acknowledged = writers.map((writer) => writer.acknowledged);
    const file = join(server.dataDir, name);
    const { code, output } = await zerodraft(server.dataDir, 'backup', file);
    expect(output, `FUZZ_SEED=${seed}`).toContain('every draft in it can be read');
    expect(code).toBe(0);
    // It was written to meanwhile.
    expect(writers.some((writer, index) => writer.acknowledged.size > (acknowledged[index]?.size ?? 0))).toBe(
      true,
    );
    copies.push({ file, acknowledged });
  }
  clearInterval(timer);
  for (const { file, acknowledged } of copies) {
    const db = new BetterSqlite(file, { readonly: true });
    const words = new Set(wordsIn(draftIn(db)));
    db.close();
    const lost = writers.flatMap((writer, index) => writer.lost(words, acknowledged[index] ?? new Set()));
    expect(lost, `${file}, FUZZ_SEED=${seed}`).toEqual([]);
  }
  const left = (await readdir(server.dataDir)).filter(
    (name) => name.includes('.db') && !name.startsWith('zerodraft'),
  );
  expect(left.sort()).toEqual(['first.db', 'second.db']);

  // The last copy in the place of the database: the server opens it, and people who wrote on bring the rest.
  for (const { client } of writers) client.provider.disconnect();
  await server.stop();
  const last = copies.at(-1);
  expect((await zerodraft(server.dataDir, 'restore', last?.file ?? '')).output).toContain('Restored from');
  await server.run();
  const reader = new TestClient(server, await server.signIn('leila'));
  closing.push(() => reader.destroy());
  await reader.synced();
  const words = new Set(wordsIn(reader.doc));
  expect(
    writers.flatMap((writer, index) => writer.lost(words, last?.acknowledged[index] ?? new Set())),
  ).toEqual([]);
  for (const writer of writers) {
    writer.client.provider.connect();
    writer.tidy();
  }
  await until(() => writers.every((writer) => writer.saved));
  const standing = writers.flatMap((writer) => writer.standing).sort();
  await until(() => wordsIn(reader.doc).length === standing.length);
  expect(wordsIn(reader.doc).sort()).toEqual(standing);
}, 120_000);
