import { createHash, randomUUID } from 'node:crypto';
import type { Source } from '@zerodraft/contract';
import { seeded } from '@zerodraft/sync/random';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { until } from '../support/client.ts';
import { newSource, SOURCES, settled, upload } from '../support/documents.ts';
import { Person } from '../support/person.ts';
import { TestServer } from '../support/server.ts';
import { database } from './log-file.ts';

const ROUNDS = Number(process.env.FUZZ_ROUNDS ?? 10);
const UPLOADS = 5;

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start();
});
afterAll(() => server?.remove());

/** A text that takes several parts to keep and several commits to read. */
function textOf(name: string, paragraphs: number): string[] {
  const filling = 'It goes on about schools, homes and work, as written inputs do. '.repeat(20);
  return Array.from({ length: paragraphs }, (_, n) => `${name}, paragraph ${n + 1}. ${filling}`.trim());
}

interface Sent {
  id: string;
  name: string;
  paragraphs: string[];
  bytes: Buffer;
  hash: string;
  /** Whether the server has said that it has the file. */
  acknowledged: boolean;
}

const count = (question: string): number =>
  database(server.dataDir, (db) => Number(db.prepare(question).pluck().get()));

it(`${ROUNDS} kills while documents are uploaded and read keep each whole or not at all, and reading goes on`, async () => {
  const seed = Number(process.env.FUZZ_SEED ?? Date.now() % 1_000_000);
  const random = seeded(seed);
  const person = await Person.demo(server, 'amara');
  const sent: Sent[] = [];
  const seen = { waiting: 0, half: 0 };

  /** One try; the server may be gone in the middle of it. */
  const send = async (document: Sent): Promise<void> => {
    try {
      await person.post(SOURCES, { id: document.id });
      const { status } = await upload(person, document.id, document.bytes, document.name);
      if (status === 200) document.acknowledged = true;
    } catch {}
  };

  /** Sends more than one part of a file and then nothing more, until the server is gone. */
  const stall = async (document: Sent): Promise<void> => {
    await person.post(SOURCES, { id: document.id });
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(new Uint8Array(document.bytes.subarray(0, 1_100_000))),
    });
    const headers = { cookie: person.cookie, 'content-type': 'application/octet-stream' };
    const address = `${server.url}${SOURCES}/${document.id}/file?name=${document.name}`;
    const init = { method: 'PUT', headers, body, duplex: 'half' } as const;
    await fetch(address, init).catch(() => undefined);
  };

  for (let round = 1; round <= ROUNDS; round += 1) {
    const explain = `round ${round}; once more with FUZZ_SEED=${seed} FUZZ_ROUNDS=${ROUNDS}`;
    const fresh = Array.from({ length: UPLOADS }, (_, index): Sent => {
      const name = `input-${round}-${index}.txt`;
      const paragraphs = textOf(name, index === 0 ? 1_000 : 500 + random(600));
      const bytes = Buffer.from(paragraphs.join('\n\n'));
      const hash = createHash('sha256').update(bytes).digest('hex');
      return { id: randomUUID(), name, paragraphs, bytes, hash, acknowledged: false };
    });
    sent.push(...fresh);
    // Those that were cut off before are sent again, as the screen does.
    const [first] = fresh;
    const stalling = first ? stall(first) : undefined;
    const sending = Promise.all(
      sent.filter((document) => !document.acknowledged && document !== first).map(send),
    );
    const enough = random(UPLOADS);
    // Each round ends in the middle of one upload at least, some in the middle of reading.
    await until(() => fresh.filter(({ acknowledged }) => acknowledged).length >= enough);
    await until(() => count(`select count(*) from source_part where sourceId = '${first?.id}'`) > 0);
    if (random(2) === 0) await until(() => count('select count(*) from source_paragraph') > 0);
    await new Promise((resolve) => setTimeout(resolve, random(250)));
    await server.stop('SIGKILL');
    await Promise.all([sending, stalling]);

    seen.waiting += count("select count(*) from source where state = 'reading'");
    seen.half += count(`select count(distinct upload) from source_part
      where upload not in (select upload from source where upload is not null)`);
    await server.run();
    const { sources } = (await person.get(SOURCES)).body;
    const byId = new Map<string, Source>(sources.map((source: Source) => [source.id, source]));
    for (const document of sent) {
      const source = byId.get(document.id);
      if (document.acknowledged) expect(source?.fileHash, explain).toBe(document.hash);
      else expect([undefined, null, document.hash], explain).toContain(source?.fileHash);
      expect(['no-file', 'reading', 'read', undefined], `${explain}: ${source?.problem}`).toContain(
        source?.state,
      );
    }
    // No part of what was cut off is left; nothing has been sent since.
    const orphans = count(`select count(*) from source_part
      where upload not in (select upload from source where upload is not null)`);
    expect(orphans, explain).toBe(0);
  }

  await Promise.all(sent.filter(({ acknowledged }) => !acknowledged).map(send));
  for (const { id, paragraphs, bytes } of sent) {
    const source = await settled(person, id);
    expect(source, `FUZZ_SEED=${seed}`).toMatchObject({ state: 'read', paragraphs: paragraphs.length });
    const kept = database(server.dataDir, (db) =>
      db.prepare('select text from source_paragraph where sourceId = ? order by n').pluck().all(id),
    );
    expect(kept).toEqual(paragraphs);
    const headers = { cookie: person.cookie };
    const file = await fetch(`${server.url}${SOURCES}/${id}/file`, { headers });
    expect(bytes.equals(Buffer.from(await file.arrayBuffer()))).toBe(true);
  }
  // The index is of the text, and the kills did hit something.
  database(server.dataDir, (db) =>
    db.prepare("insert into source_fts(source_fts) values ('integrity-check')").run(),
  );
  expect(
    count(`select count(*) from source_paragraph p full join source_fts f on f.rowid = p.seq
      where f.text is not p.text`),
  ).toBe(0);
  expect(seen.half).toBeGreaterThanOrEqual(ROUNDS);
  expect(seen.waiting).toBeGreaterThan(0);
  expect(count('select count(*) from source')).toBe(sent.length);
}, 300_000);

it('a document over which the server ended again and again is given up, and the others are read', async () => {
  const person = await Person.demo(server, 'amara');
  const id = await newSource(person, { title: 'A hostile file' });
  await upload(person, id, 'Some text.', 'hostile.txt');
  await settled(person, id);
  await server.stop();
  // As three starts leave it that ended while they read it.
  database(server.dataDir, (db) =>
    db.prepare("update source set state = 'reading', attempts = 3 where id = ?").run(id),
  );
  await server.run();
  expect(await settled(person, id)).toMatchObject({
    state: 'failed',
    problem: expect.stringContaining('hostile.txt could not be read'),
  });
  const next = await newSource(person);
  await upload(person, next, 'Other text.', 'next.txt');
  expect(await settled(person, next)).toMatchObject({ state: 'read' });
  // The same file again is a new try.
  await upload(person, id, 'Some text.', 'hostile.txt');
  expect(await settled(person, id)).toMatchObject({ state: 'read', problem: null });
});

it('a stop in good order while documents are read is no fault of theirs', async () => {
  const person = await Person.demo(server, 'amara');
  const text = textOf('slow', 3_000).join('\n\n');
  const id = await newSource(person);
  await upload(person, id, text, 'slow.txt');
  for (let stops = 0; stops < 4; stops += 1) {
    await server.stop();
    await server.run();
  }
  expect(await settled(person, id)).toMatchObject({ state: 'read', paragraphs: 3_000 });
});

it('reading that takes too long is ended, and says so', async () => {
  await server.stop();
  await server.run({ env: { ZERODRAFT_READING_SECONDS: '0.001' } });
  const person = await Person.demo(server, 'amara');
  const id = await newSource(person);
  await upload(person, id, 'Some text.', 'slow.txt');
  expect(await settled(person, id)).toMatchObject({
    state: 'failed',
    problem: expect.stringContaining('slow.txt takes too long to read'),
  });
});
