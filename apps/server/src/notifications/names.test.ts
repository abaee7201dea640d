import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { contentOf, seedDraft } from '@zerodraft/schema';
import { afterEach, beforeEach, expect, it } from 'vitest';
import * as Y from 'yjs';
import { type Database, openDatabase } from '../db/database.ts';
import { sqlLogReader } from '../db/draft-log.ts';
import { LogWriter } from '../db/log-writer.ts';
import { readPlaces } from '../threads/places.ts';
import { listNotifications } from './repository.ts';

const at = '2031-05-01T12:00:00.000Z';
let dir: string;
let db: Database;
let read: string[];

/** Reads as the server does, and notes which drafts. */
const reader = {
  places: (drafts: Parameters<typeof readPlaces>[1]) =>
    readPlaces(
      {
        read: (draftId) => {
          read.push(draftId);
          return sqlLogReader(db).read(draftId);
        },
      },
      drafts,
    ),
};

/** A draft of two numbered clauses, with threads that tell `b` of it. */
async function addDraft(id: string, threads: number): Promise<void> {
  const draft = { id, processId: 'p', title: id, generation: 1, createdAt: at };
  await db.insertInto('draft').values(draft).execute();
  const doc = new Y.Doc();
  seedDraft(doc, [
    { kind: 'paragraph', text: 'First' },
    { kind: 'paragraph', text: 'Second' },
  ]);
  const second = contentOf(doc).get(1);
  const clauseId = second instanceof Y.XmlElement ? (second.getAttribute('id') ?? '') : '';
  const writer = LogWriter.open(join(dir, 'zerodraft.db'));
  writer.append([{ draftId: id, generation: 1, update: Y.encodeStateAsUpdate(doc), userId: 'a' }]);
  writer.db.close();
  for (let n = 0; n < threads; n += 1) {
    const [threadId, commentId] = [`${id}-t${n}`, `${id}-c${n}`];
    const thread = { id: threadId, draftId: id, kind: 'clause', clauseId, anchor: '', quote: '' } as const;
    await db
      .insertInto('thread')
      .values({ ...thread, createdAt: at })
      .execute();
    const body = `@[person:b] @[person:stranger] #[clause:${clauseId}]`;
    await db
      .insertInto('comment')
      .values({ id: commentId, threadId, authorId: 'a', body, createdAt: at })
      .execute();
    await db
      .insertInto('notification')
      .values({ userId: 'b', kind: 'mention', threadId, commentId, byId: 'a', at })
      .execute();
  }
}

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'zerodraft-names-'));
  db = await openDatabase(dir);
  read = [];
  const times = { createdAt: at, updatedAt: at, emailVerified: 1 };
  await db
    .insertInto('user')
    .values(
      ['a', 'b', 'stranger'].map((id) => ({ id, name: `Name of ${id}`, email: `${id}@x.example`, ...times })),
    )
    .execute();
  await db
    .insertInto('process')
    .values({ id: 'p', name: 'A process', illustrative: 0, definition: '{}', createdAt: at })
    .execute();
  await db
    .insertInto('member')
    .values(
      ['a', 'b'].map((userId, position) => ({
        processId: 'p',
        userId,
        role: 'delegate' as const,
        organisation: null,
        position,
      })),
    )
    .execute();
});
afterEach(async () => {
  await db.destroy();
  rmSync(dir, { recursive: true });
});

it('reads each draft once however often it is told of, and none that is closed to the person', async () => {
  await addDraft('one', 3);
  await addDraft('two', 2);
  await addDraft('closed', 1);
  await db.insertInto('draft_member').values({ draftId: 'closed', userId: 'b', role: 'none' }).execute();
  const { notifications } = await listNotifications(db, reader, 'b', { before: null, unreadOnly: false });
  expect(notifications).toHaveLength(5);
  expect(read.sort()).toEqual(['one', 'two']);
  for (const told of notifications) expect(told).toMatchObject({ about: 'thread', place: { number: '2' } });
});

it('names members of the process, and nobody else who has an account', async () => {
  await addDraft('one', 1);
  const { notifications } = await listNotifications(db, reader, 'b', { before: null, unreadOnly: false });
  expect(notifications[0]?.names.map(({ name }) => name)).toEqual(['Name of b', '2']);
});
