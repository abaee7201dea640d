import { randomUUID } from 'node:crypto';
import { anchorRange, anchorsOf, contentOf, currentAnchors, readBlocks, readRanges } from '@zerodraft/schema';
import { addLink, readLinks } from '@zerodraft/trace';
import BetterSqlite from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { PROCESS } from '../support/account.ts';
import { zerodraft } from '../support/cli.ts';
import { DRAFT, TestClient, until } from '../support/client.ts';
import { Person } from '../support/person.ts';
import { TestServer } from '../support/server.ts';
import { start, threadsOf } from '../support/threads.ts';

const VERSIONS = `/api/drafts/${DRAFT}/versions`;

let server: TestServer;
let amara: Person;
let mei: Person;
let leila: Person;
beforeAll(async () => {
  server = await TestServer.start();
  [amara, mei, leila] = [
    await Person.demo(server, 'amara'),
    await Person.demo(server, 'mei'),
    await Person.demo(server, 'leila'),
  ];
});
afterAll(() => server?.remove());

async function open(person: Person): Promise<TestClient> {
  const client = new TestClient(server, person.cookie, { status: true });
  await client.synced();
  return client;
}
const list = async (person = amara) => (await person.get(VERSIONS)).body.versions;
async function keep(person: Person, name: string): Promise<string> {
  const id = randomUUID();
  const { status, body } = await person.post(VERSIONS, { id, name, note: 'As agreed.' });
  expect(status, JSON.stringify(body)).toBe(201);
  return id;
}
const restore = (person: Person, id: string, before = randomUUID()) =>
  person.post(`${VERSIONS}/${id}/restore`, { before });
async function stateOf(person: Person, id: string): Promise<Y.Doc> {
  const response = await fetch(`${server.url}${VERSIONS}/${id}/state`, {
    headers: { cookie: person.cookie },
  });
  expect(response.headers.get('content-type')).toBe('application/octet-stream');
  const doc = new Y.Doc();
  Y.applyUpdate(doc, new Uint8Array(await response.arrayBuffer()));
  return doc;
}
const textOf = (doc: Y.Doc): string => JSON.stringify(readBlocks(doc));
const linked = (doc: Y.Doc): string[] =>
  readLinks(doc, readBlocks(doc)).map(({ clauseId, recommendationId }) => `${clauseId} ${recommendationId}`);
/** The words that a thread hangs on in somebody's copy; null when they are gone. */
function wordsOf(
  doc: Y.Doc,
  thread: { id: string; anchor: { start: unknown; end: unknown } },
): string | null {
  const range = readRanges(doc, currentAnchors(doc, new Map([[thread.id, thread.anchor]]))).get(thread.id);
  const block = readBlocks(doc).find(({ id }) => id === range?.start.clauseId);
  return range && block ? block.text.slice(range.start.offset, range.end.offset) : null;
}

describe('a version', () => {
  it('is what the draft was, links and all, once per id; and is listed, renamed and deleted', async () => {
    const client = await open(amara);
    const { body } = await amara.get(`/api/processes/${PROCESS}/recommendations`);
    const clause = readBlocks(client.doc).find(({ kind }) => kind === 'paragraph');
    const pair = { clauseId: clause?.id ?? '', recommendationId: body.recommendations[0].id };
    addLink(client.doc, { ...pair, relation: 'adapted' });
    // Kept without waiting: what was sent before is in it.
    await client.saved(1);
    const id = await keep(mei, 'Zero draft as tabled');
    expect((await mei.post(VERSIONS, { id, name: 'Another name' })).status).toBe(200);
    const [version] = await list(leila);
    expect(version).toMatchObject({
      id,
      name: 'Zero draft as tabled',
      note: 'As agreed.',
      kind: 'made',
      createdBy: { id: 'mei' },
      round: null,
    });
    const doc = await stateOf(leila, id);
    expect(textOf(doc)).toBe(textOf(client.doc));
    expect(linked(doc)).toContain(`${pair.clauseId} ${pair.recommendationId}`);
    await until(() => client.notices.includes('versions'));

    expect((await amara.patch(`${VERSIONS}/${id}`, { name: 'Tabled' })).body.name).toBe('Tabled');
    expect((await mei.patch(`${VERSIONS}/${id}`, { name: 'Mine' })).status).toBe(403);
    expect((await amara.patch(`${VERSIONS}/${id}`, { name: '' })).status).toBe(400);
    expect((await mei.delete(`${VERSIONS}/${id}`)).status).toBe(403);
    expect((await leila.post(VERSIONS, { id: randomUUID(), name: 'Hers' })).status).toBe(403);
    expect((await restore(leila, id)).status).toBe(403);
    expect((await amara.delete(`${VERSIONS}/${id}`)).status).toBe(200);
    expect((await amara.delete(`${VERSIONS}/${id}`)).status).toBe(404);
    expect((await restore(amara, id)).status).toBe(404);
    client.destroy();
  });

  it('says that it belongs to a round of this process, and to no other', async () => {
    const unknown = { id: randomUUID(), name: 'Of no round', roundId: 'nowhere' };
    expect((await amara.post(VERSIONS, unknown)).status).toBe(422);
    expect(await list()).not.toContainEqual(expect.objectContaining({ name: 'Of no round' }));
  });
});

describe('restoring', () => {
  it('brings text, links and threads back before everybody, merges, is the person’s, and can be undone', async () => {
    const [hers, his] = [await open(amara), await open(mei)];
    const clauses = readBlocks(hers.doc).filter(({ kind, text }) => kind === 'paragraph' && text.length > 40);
    const [first, second] = clauses;
    if (!first || !second) throw new Error('the sample has no clauses');
    const { body } = await amara.get(`/api/processes/${PROCESS}/recommendations`);
    const pair = { clauseId: first.id, recommendationId: body.recommendations[1].id };
    addLink(hers.doc, { ...pair, relation: 'verbatim' });
    const thread = async (from: number, to: number, visibility: string) => {
      const range = {
        start: { clauseId: first.id, offset: from },
        end: { clauseId: first.id, offset: to },
      };
      const { id } = await start(amara, {
        kind: 'range',
        clauseId: first.id,
        anchor: anchorRange(hers.doc, range),
        quote: first.text.slice(from, to),
        visibility,
      });
      return id;
    };
    await hers.saved(1);
    const [shown, hidden] = [await thread(3, 12, 'all'), await thread(14, 25, 'team')];
    const id = await keep(amara, 'Before the night');
    const [text, links] = [textOf(hers.doc), linked(hers.doc)];

    // The clause with its threads goes, and another is written anew.
    const place = readBlocks(hers.doc).findIndex((block) => block.id === first.id);
    contentOf(hers.doc).delete(place, 1);
    await hers.saved(2);
    await until(() => !textOf(his.doc).includes(first.id));
    expect(linked(hers.doc)).not.toContain(`${pair.clauseId} ${pair.recommendationId}`);
    const night = textOf(hers.doc);

    const before = randomUUID();
    expect((await restore(mei, id, before)).status).toBe(200);
    await until(() => textOf(hers.doc) === text && textOf(his.doc) === text);
    for (const { doc } of [hers, his]) expect(linked(doc)).toEqual(links);
    expect((await restore(mei, id, before)).status).toBe(200);
    const threads = await threadsOf(amara);
    expect(wordsOf(his.doc, threads.get(shown))).toBe(first.text.slice(3, 12));
    expect(wordsOf(his.doc, threads.get(hidden))).toBe(first.text.slice(14, 25));
    // Everybody reads the document: it says nothing of a private thread.
    expect(anchorsOf(his.doc).has(shown)).toBe(true);
    expect(anchorsOf(his.doc).has(hidden)).toBe(false);
    expect((await threadsOf(leila)).has(hidden)).toBe(false);

    // What somebody writes afterwards stays beside it, and what stood before can be had again.
    const kept = (await list()).find((version: { id: string }) => version.id === before);
    expect(kept).toMatchObject({ kind: 'before-restore', createdBy: { id: 'mei' } });
    expect((await restore(amara, before)).status).toBe(200);
    await until(() => textOf(hers.doc) === night && textOf(his.doc) === night);
    const deeds = (await amara.get(`/api/processes/${PROCESS}/audit?action=version.restore`)).body.entries;
    expect(deeds.map(({ userId }: { userId: string }) => userId)).toEqual(['amara', 'mei']);
    for (const client of [hers, his]) client.destroy();
    await server.stop();
    const db = new BetterSqlite(`${server.dataDir}/zerodraft.db`, { readonly: true });
    const authors = db
      .prepare('select userId from draft_update union all select userId from draft_history')
      .pluck()
      .all();
    expect(authors).toContain('mei');
    db.close();
    await server.run();
    [amara, mei, leila] = [
      await Person.demo(server, 'amara'),
      await Person.demo(server, 'mei'),
      await Person.demo(server, 'leila'),
    ];
  });

  it('merges with what somebody writes offline meanwhile', async () => {
    const [hers, his] = [await open(amara), await open(mei)];
    const id = await keep(amara, 'A quiet state');
    const blocks = readBlocks(hers.doc);
    const target = blocks.findIndex(({ kind, text }) => kind === 'paragraph' && text.length > 40);
    const typed = (client: TestClient, at: number, words: string): void => {
      const block = contentOf(client.doc).get(at);
      const child = block instanceof Y.XmlElement ? block.get(0) : null;
      if (child instanceof Y.XmlText) child.insert(0, words);
    };
    typed(hers, target, 'To be taken back. ');
    await hers.saved(1);
    await until(() => textOf(his.doc).includes('To be taken back.'));
    his.provider.disconnect();
    typed(his, target + 1, 'Written offline. ');
    expect((await restore(amara, id)).status).toBe(200);
    await until(() => !textOf(hers.doc).includes('To be taken back.'));
    his.provider.connect();
    await until(() => [hers, his].every(({ doc }) => textOf(doc).includes('Written offline.')));
    await until(() => textOf(hers.doc) === textOf(his.doc));
    expect(textOf(his.doc)).not.toContain('To be taken back.');
    for (const client of [hers, his]) client.destroy();
  });
});

describe('rounds', () => {
  it('keep a version of each draft in work when they open and when they close, by the server itself, once', async () => {
    const own = async () =>
      (await list()).filter(
        (version: { round: { name: string } | null }) => version.round?.name === 'Reading',
      );
    const times = { opensAt: null, closesAt: null, timeZone: 'UTC', comments: true, proposals: false };
    const ROUNDS = `/api/processes/${PROCESS}/rounds`;
    const { id } = (await amara.post(ROUNDS, { name: 'Reading', ...times })).body;
    expect(await own()).toMatchObject([{ kind: 'round-opened', name: 'Reading: opened', createdBy: null }]);
    await amara.patch(`${ROUNDS}/${id}`, { comments: false });
    expect(await own()).toHaveLength(1);
    // It closes by the clock.
    await amara.patch(`${ROUNDS}/${id}`, { closesAt: new Date(Date.now() + 300).toISOString() });
    await until(async () => (await own()).length === 2);
    expect((await own())[0]).toMatchObject({ kind: 'round-closed', name: 'Reading: closed' });
    // What closes while the server is down is made up for.
    const closing = Date.now() + 1_000;
    await amara.post(`${ROUNDS}/${id}/reopen`, { closesAt: new Date(closing).toISOString() });
    expect(await own()).toHaveLength(3);
    await server.stop();
    await until(() => Date.now() > closing);
    await server.run();
    amara = await Person.demo(server, 'amara');
    await until(async () => (await own()).length === 4);
    const kinds = (await own()).map(({ kind }: { kind: string }) => kind);
    expect(kinds).toEqual(['round-closed', 'round-opened', 'round-closed', 'round-opened']);
    await amara.delete(`${ROUNDS}/${id}`);
    expect(await own()).toHaveLength(4);
  });
});

describe('what is kept', () => {
  it('is not copied with a draft, is read by the check, and its damage is named', async () => {
    await keep(amara, 'To be checked');
    const { body } = await amara.post(`/api/processes/${PROCESS}/drafts`, { title: 'A copy', copyOf: DRAFT });
    expect((await amara.get(`/api/drafts/${body.id}/versions`)).body.versions).toEqual([]);
    await server.stop();
    const sound = await zerodraft(server.dataDir, 'verify');
    expect(sound.code, sound.output).toBe(0);
    expect(sound.output).toMatch(/\d+ versions of drafts read\./);
    const db = new BetterSqlite(`${server.dataDir}/zerodraft.db`);
    db.exec(`update version set state = x'010203' where name = 'To be checked'`);
    db.close();
    const found = await zerodraft(server.dataDir, 'verify');
    expect(found.code).toBe(1);
    expect(found.output).toContain('its version "To be checked" is damaged');
    await server.run();
    const restored = await restore(await Person.demo(server, 'amara'), 'missing');
    expect(restored.status).toBe(404);
  });
});
