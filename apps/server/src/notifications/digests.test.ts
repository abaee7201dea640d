import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Digest } from '@zerodraft/contract';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Database, openDatabase } from '../db/database.ts';
import { sqlLogReader } from '../db/draft-log.ts';
import { createLogger } from '../logger.ts';
import { createMailer, type Mailer } from '../mail/mailer.ts';
import { readPlaces } from '../threads/places.ts';
import { sendDigests } from './digests.ts';
import { setDigest } from './repository.ts';

const START = Date.parse('2031-05-01T12:00:00.000Z');
const at = (hours: number): Date => new Date(START + hours * 3_600_000);

let dir: string;
let db: Database;
let sent: string[];
const logger = createLogger('silent');
/** Without a mail server a mail is printed. */
const mailer = createMailer(null, logger, (text) => sent.push(text));
const send = (hours: number, by: Mailer = mailer) =>
  sendDigests(
    db,
    { places: (drafts) => readPlaces(sqlLogReader(db), drafts) },
    by,
    'https://server.example',
    { now: at(hours) },
  );

async function notify(hours: number, threadId = 't'): Promise<void> {
  const row = {
    userId: 'b',
    kind: 'mention',
    commentId: 'k',
    byId: 'a',
    at: at(hours).toISOString(),
  } as const;
  await db
    .insertInto('notification')
    .values({ ...row, threadId })
    .execute();
}
const prefers = (digest: Digest) => setDigest(db, 'p', 'b', digest);

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'zerodraft-digests-'));
  db = await openDatabase(dir);
  sent = [];
  const times = { createdAt: at(0).toISOString(), updatedAt: at(0).toISOString(), emailVerified: 1 };
  await db
    .insertInto('user')
    .values([
      { id: 'a', name: 'Ada', email: 'a@x.example', ...times },
      { id: 'b', name: 'Bo', email: 'b@x.example', ...times },
    ])
    .execute();
  const { createdAt } = times;
  await db
    .insertInto('process')
    .values({ id: 'p', name: 'A process', illustrative: 0, definition: '{}', createdAt })
    .execute();
  await db
    .insertInto('member')
    .values([
      { processId: 'p', userId: 'a', role: 'facilitator', organisation: null, position: 0 },
      { processId: 'p', userId: 'b', role: 'drafter', organisation: null, position: 1 },
    ])
    .execute();
  await db
    .insertInto('draft')
    .values({ id: 'd', processId: 'p', title: 'A draft', generation: 1, createdAt })
    .execute();
  const place = { draftId: 'd', clauseId: 'c', anchor: '', createdAt };
  await db
    .insertInto('thread')
    .values([
      { id: 't', quote: 'shall\nendeavour', visibility: 'all', ...place },
      { id: 'secret', quote: 'hush', visibility: 'team', ...place },
    ])
    .execute();
  await db
    .insertInto('comment')
    .values({ id: 'k', threadId: 't', authorId: 'a', body: 'What do you think, @[person:b]?', createdAt })
    .execute();
});
afterEach(async () => {
  await db.destroy();
  rmSync(dir, { recursive: true });
});

it('immediately: one mail with all that waits, once', async () => {
  await prefers('immediate');
  await notify(0);
  await notify(1);
  await send(2);
  await send(3);
  expect(sent).toHaveLength(1);
  expect(sent[0]).toContain('would go to b@x.example:\n2 notifications in A process\n');
  expect(sent[0]).toContain(`Ada mentioned you (A draft)
On: "shall endeavour"
What do you think, @Bo?
https://server.example/drafts/d?thread=t`);
});

it('daily, as long as nothing else is chosen: a day after the first, then a day after the last mail', async () => {
  await notify(0);
  await send(23);
  expect(sent).toHaveLength(0);
  await send(24);
  expect(sent).toHaveLength(1);
  await notify(25);
  await send(47);
  expect(sent).toHaveLength(1);
  await send(48);
  expect(sent).toHaveLength(2);
});

it('off, read on the screen, or too old: no mail', async () => {
  await prefers('off');
  await notify(0);
  await send(48);
  await prefers('immediate');
  await send(24 * 7 + 1);
  await notify(200);
  await db
    .updateTable('notification')
    .set({ readAt: at(201).toISOString() })
    .execute();
  await send(202);
  expect(sent).toEqual([]);
});

it('what the mail server does not take is sent later', async () => {
  await prefers('immediate');
  await notify(0);
  // Nothing listens on this port.
  const unreachable = createMailer(
    { url: 'smtp://127.0.0.1:1', from: 'z@server.example' },
    logger,
    () => undefined,
  );
  await send(1, unreachable);
  unreachable.close();
  await send(2);
  expect(sent).toHaveLength(1);
});

it('what somebody may no longer know of is not mailed', async () => {
  await prefers('immediate');
  await notify(0, 'secret');
  await db.updateTable('member').set({ role: 'observer' }).where('userId', '=', 'b').execute();
  await send(1);
  expect(sent).toEqual([]);
  await db.updateTable('member').set({ role: 'drafter' }).where('userId', '=', 'b').execute();
  await send(2);
  expect(sent[0]).toContain('hush');
});
