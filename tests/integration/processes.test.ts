import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { BIN_DAYS } from '@zerodraft/contract';
import { contentOf, readBlocks } from '@zerodraft/schema';
import { readLinks } from '@zerodraft/trace';
import BetterSqlite from 'better-sqlite3';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { z } from 'zod';
import { DRAFT, TestClient, until } from '../support/client.ts';
import { Person } from '../support/person.ts';
import { TestServer } from '../support/server.ts';

const PROCESS = 'global-compact-sample';
const DAY = 24 * 60 * 60 * 1_000;

let server: TestServer;
let amara: Person;
const clients: TestClient[] = [];
beforeAll(async () => {
  server = await TestServer.start();
  amara = await Person.demo(server, 'amara');
});
afterEach(() => {
  for (const client of clients.splice(0)) client.destroy();
});
afterAll(() => server?.remove());

async function enter(person: Person, draftId: string): Promise<TestClient> {
  const client = new TestClient(server, person.cookie, { status: true, draftId });
  clients.push(client);
  await client.synced();
  return client;
}

function append(client: TestClient, id: string, text: string): void {
  const block = new Y.XmlElement('block');
  block.setAttribute('id', id);
  block.setAttribute('kind', 'paragraph');
  block.insert(0, [new Y.XmlText(text)]);
  const content = contentOf(client.doc);
  content.insert(content.length, [block]);
}

const textsIn = (client: TestClient) => readBlocks(client.doc).map(({ text }) => text);

async function newDraft(title: string, over: object = {}): Promise<string> {
  const { status, body } = await amara.post(`/api/processes/${PROCESS}/drafts`, { title, ...over });
  expect(status).toBe(201);
  return body.id;
}

function database<Result>(use: (db: BetterSqlite.Database) => Result): Result {
  const db = new BetterSqlite(join(server.dataDir, 'zerodraft.db'));
  try {
    return use(db);
  } finally {
    db.close();
  }
}

/** The drafts that somebody sees, by title. */
async function seen(person: Person): Promise<Record<string, { state: string; role: string }>> {
  const { processes } = (await person.get('/api/processes')).body;
  return Object.fromEntries(
    processes.flatMap(
      (view: { drafts: { draft: { title: string; state: string }; viewer: { role: string } }[] }) =>
        view.drafts.map(({ draft, viewer }) => [draft.title, { state: draft.state, role: viewer.role }]),
    ),
  );
}

describe('a new draft', () => {
  it('begins blank, with its title and the sections of its process', async () => {
    const id = await newDraft('Draft of a blank page');
    const client = await enter(amara, id);
    const blocks = readBlocks(client.doc);
    expect(blocks[0]).toMatchObject({ kind: 'title', text: 'Draft of a blank page' });
    const { process } = (await amara.get(`/api/drafts/${id}`)).body;
    expect(process.sections.length).toBeGreaterThan(1);
    expect(blocks.filter(({ kind }) => kind === 'section').map(({ text }) => text)).toEqual(process.sections);
    append(client, 'own', 'A first sentence.');
    await client.saved(1);
  });

  it('or is a copy with its formatting and links, in which each clause is another', async () => {
    const original = await enter(amara, DRAFT);
    const block = contentOf(original.doc).get(3);
    if (!(block instanceof Y.XmlElement)) throw new Error('no block');
    const bold = new Y.XmlText();
    bold.insert(0, 'Formatted. ', { bold: {} });
    block.insert(0, [bold]);
    await original.saved(1);
    const id = await newDraft('A copy', { copyOf: DRAFT });
    const copy = await enter(amara, id);
    expect(textsIn(copy)).toEqual(textsIn(original));
    const [old, fresh] = [readBlocks(original.doc), readBlocks(copy.doc)];
    const oldIds = new Set(old.map((one) => one.id));
    expect(fresh.filter((one) => oldIds.has(one.id))).toEqual([]);
    const linked = (doc: Y.Doc) => {
      const places = new Map(readBlocks(doc).map((one, index) => [one.id, index]));
      return readLinks(doc, readBlocks(doc)).map(
        ({ clauseId, recommendationId, relation }) =>
          `${places.get(clauseId)} ${recommendationId} ${relation}`,
      );
    };
    expect(linked(copy.doc).length).toBeGreaterThan(20);
    expect(linked(copy.doc)).toEqual(linked(original.doc));
    expect(contentOf(copy.doc).get(3).toString()).toContain('<bold>Formatted. </bold>');
    // What is written in one is not in the other.
    append(copy, 'only-here', 'Only in the copy');
    await copy.saved(1);
    expect(textsIn(original)).not.toContain('Only in the copy');
  });

  it('is copied within its process only, by those who read it', async () => {
    const other = (await amara.post('/api/processes', { name: 'Elsewhere', copyFrom: PROCESS })).body.id;
    const answer = await amara.post(`/api/processes/${other}/drafts`, { title: 'X', copyOf: DRAFT });
    expect(answer.status).toBe(404);
  });
});

describe('a process', () => {
  it('is there for its members only, and is made by accounts that may', async () => {
    const settings = { themes: ['Fish'], dimensions: ['Sea'], sections: ['Preamble'] };
    const { body } = await amara.post('/api/processes', { name: 'Fisheries', ...settings });
    expect((await amara.get(`/api/processes/${body.id}`)).body).toMatchObject({
      process: { name: 'Fisheries', ...settings },
      viewer: { role: 'facilitator' },
      drafts: [],
    });
    for (const person of ['mei', 'tomas'])
      expect((await (await Person.demo(server, person)).get(`/api/processes/${body.id}`)).status).toBe(404);
    const mei = await Person.demo(server, 'mei');
    const mine = () => mei.post('/api/processes', { name: 'Mine', ...settings });
    expect((await mine()).status).toBe(403);
    const run = promisify(execFile);
    const cli = join(import.meta.dirname, '../../apps/server/dist/zerodraft.js');
    const env = { ...process.env, ZERODRAFT_DATA: server.dataDir };
    await run(process.execPath, [cli, 'creator', 'MEI@demo.invalid', 'yes'], { env });
    expect((await mine()).status).toBe(201);
    const { entries } = (await amara.get(`/api/processes/${PROCESS}/audit?action=account.rights`)).body;
    expect(entries).toMatchObject([
      { userName: null, objectId: 'mei', details: { mayCreateProcesses: true } },
    ]);
    expect((await amara.post('/api/processes', { name: 'Empty', ...settings, themes: [] })).status).toBe(400);
    await amara.patch(`/api/processes/${body.id}`, { name: 'Fisheries accord', themes: ['Fish', 'Quotas'] });
    expect((await amara.get(`/api/processes/${body.id}`)).body.process).toMatchObject({
      name: 'Fisheries accord',
      themes: ['Fish', 'Quotas'],
      dimensions: ['Sea'],
    });
  });

  it('that is archived is read only, that is deleted is in the bin for its facilitators', async () => {
    const { body } = await amara.post('/api/processes', { name: 'Short-lived', copyFrom: PROCESS });
    const path = `/api/processes/${body.id}`;
    await amara.put(`${path}/state`, { state: 'archived' });
    expect((await amara.post(`${path}/drafts`, { title: 'X' })).body).toMatchObject({
      code: 'forbidden',
      reason: { code: 'archived', object: 'process' },
    });
    await amara.put(`${path}/state`, { state: 'deleted' });
    expect((await amara.get(`${path}/recommendations`)).body.reason).toMatchObject({ code: 'deleted' });
    expect((await amara.get(path)).body.process.state).toBe('deleted');
    await amara.put(`${path}/state`, { state: 'active' });
    expect((await amara.post(`${path}/drafts`, { title: 'X' })).status).toBe(201);
  });
});

describe('the life of a draft', () => {
  it('renamed, it is told to those who have it open; its text is not touched', async () => {
    const id = await newDraft('A working title');
    const mei = await enter(await Person.demo(server, 'mei'), id);
    await amara.patch(`/api/drafts/${id}`, { title: 'Another title' });
    await until(() => mei.notices.includes('draft'));
    expect((await amara.get(`/api/drafts/${id}`)).body.draft.title).toBe('Another title');
    expect(readBlocks(mei.doc)[0]?.text).toBe('A working title');
  });

  it('archived, nobody edits it, not even over a socket that is open; restored, they do', async () => {
    const id = await newDraft('To be archived');
    const mei = await enter(await Person.demo(server, 'mei'), id);
    const first = mei.provider.ws;
    await amara.put(`/api/drafts/${id}/state`, { state: 'archived' });
    await until(() => mei.provider.ws !== first && mei.provider.synced);
    append(mei, 'late', 'Too late');
    await mei.saved(1);
    const reader = await enter(await Person.demo(server, 'leila'), id);
    expect(textsIn(reader)).not.toContain('Too late');
    const jonas = await Person.demo(server, 'jonas');
    const comment = {
      id: crypto.randomUUID(),
      commentId: crypto.randomUUID(),
      clauseId: 'c',
      anchor: { start: {}, end: {} },
      quote: 'q',
      body: 'b',
    };
    const refused = await jonas.post(`/api/drafts/${id}/threads`, comment);
    expect(refused.body.reason).toMatchObject({ code: 'archived', object: 'draft' });
    const second = mei.provider.ws;
    await amara.put(`/api/drafts/${id}/state`, { state: 'active' });
    await until(() => mei.provider.ws !== second && mei.provider.synced);
    append(mei, 'again', 'In time');
    await mei.saved(2);
    const fresh = await enter(await Person.demo(server, 'tomas'), id);
    expect(textsIn(fresh)).toContain('In time');
  });

  it('deleted, it lies in the bin for its facilitators; after its days it is purged with all that hangs on it', async () => {
    const [kept, gone] = [await newDraft('Back from the bin'), await newDraft('Gone for good')];
    const mei = await Person.demo(server, 'mei');
    const open = await enter(mei, gone);
    const thread = crypto.randomUUID();
    await mei.post(`/api/drafts/${gone}/threads`, {
      id: thread,
      commentId: crypto.randomUUID(),
      clauseId: 'c',
      anchor: { start: {}, end: {} },
      quote: 'q',
      body: 'b',
    });
    await amara.put(`/api/drafts/${gone}/members/leila`, { role: 'none' });
    await amara.post(`/api/drafts/${gone}/links`, { expiresAt: null });
    for (const id of [kept, gone]) await amara.put(`/api/drafts/${id}/state`, { state: 'deleted' });
    await until(() => !open.provider.wsconnected);
    open.destroy();
    expect((await amara.get(`/api/drafts/${gone}`)).body.reason).toMatchObject({ code: 'deleted' });
    expect((await seen(amara))['Gone for good']).toMatchObject({ state: 'deleted' });
    expect((await seen(mei))['Gone for good']).toBeUndefined();

    await amara.put(`/api/drafts/${kept}/state`, { state: 'active' });
    expect((await amara.get(`/api/drafts/${kept}`)).status).toBe(200);

    const age = (id: string, days: number) =>
      database((db) =>
        db
          .prepare('update draft set stateSince = ? where id = ?')
          .run(new Date(Date.now() - days * DAY).toISOString(), id),
      );
    await amara.put(`/api/drafts/${kept}/state`, { state: 'deleted' });
    age(kept, BIN_DAYS - 1);
    age(gone, BIN_DAYS + 1);
    await server.stop();
    await server.run();
    await until(async () => (await seen(amara))['Gone for good'] === undefined);
    expect((await seen(amara))['Back from the bin']).toMatchObject({ state: 'deleted' });
    expect((await amara.put(`/api/drafts/${gone}/state`, { state: 'active' })).status).toBe(404);
    const left = database((db) =>
      db
        .prepare(
          `select (select count(*) from draft_update where draftId = @id) +
            (select count(*) from draft_snapshot where draftId = @id) +
            (select count(*) from draft_history where draftId = @id) +
            (select count(*) from thread where draftId = @id) +
            (select count(*) from comment where threadId = @thread) +
            (select count(*) from draft_member where draftId = @id) +
            (select count(*) from public_link where draftId = @id) as n`,
        )
        .get({ id: gone, thread }),
    );
    expect(left).toEqual({ n: 0 });
    const { entries } = (await amara.get(`/api/processes/${PROCESS}/audit?action=draft.purge`)).body;
    expect(entries).toMatchObject([{ objectId: gone, userName: null, details: { title: 'Gone for good' } }]);
  });

  it('a process is purged with its drafts, its library and its people', async () => {
    const { body } = await amara.post('/api/processes', { name: 'Purged', copyFrom: PROCESS });
    const draft = (await amara.post(`/api/processes/${body.id}/drafts`, { title: 'Within' })).body.id;
    const form = new FormData();
    form.set('file', new File(['Reference,Text,Source,Themes\nP-1,Text,A network,Drivers\n'], 'a.csv'));
    form.set('commit', 'true');
    expect((await amara.send('POST', `/api/processes/${body.id}/imports`, form)).status).toBe(200);
    await amara.put(`/api/processes/${body.id}/state`, { state: 'deleted' });
    database((db) =>
      db.prepare("update process set stateSince = '2020-01-01T00:00:00.000Z' where id = ?").run(body.id),
    );
    await server.stop();
    await server.run();
    await until(async () => (await amara.get(`/api/processes/${body.id}`)).status === 404);
    expect((await amara.get(`/api/drafts/${draft}`)).status).toBe(404);
    const { n } = z
      .object({ n: z.number() })
      .parse(
        database((db) =>
          db.prepare('select count(*) as n from recommendation where processId = ?').get(body.id),
        ),
      );
    expect(n).toBe(0);
  });

  it('is remembered as opened and edited', async () => {
    const id = await newDraft('Recent');
    expect((await amara.get(`/api/drafts/${id}`)).body.draft.openedAt).toBeNull();
    const client = await enter(amara, id);
    const { draft } = (await amara.get(`/api/drafts/${id}`)).body;
    append(client, 'x', 'Edited');
    await client.saved(1);
    const after = async () => (await amara.get(`/api/drafts/${id}`)).body.draft;
    // Visits are written a moment later, those of a whole hall together.
    await until(async () => (await after()).openedAt !== null);
    expect((await after()).editedAt > draft.editedAt).toBe(true);
  });
});
