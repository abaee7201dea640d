import { randomUUID } from 'node:crypto';
import { MIN_SECONDS_ON_FORM, newReceiptCode } from '@zerodraft/contract';
import { addLink } from '@zerodraft/trace';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { database } from '../crash/log-file.ts';
import { DRAFT, TestClient, until } from '../support/client.ts';
import { BOX, Box, DEPOSITS, decide, depositOf, PROPOSAL } from '../support/deposits.ts';
import { PROCESS } from '../support/library.ts';
import { Person } from '../support/person.ts';
import type { TestServer } from '../support/server.ts';

let server: TestServer;
let box: Box;
let amara: Person;
let mei: Person;
beforeAll(async () => {
  box = await Box.serve();
  ({ server, facilitator: amara } = box);
  mei = await Person.demo(server, 'mei');
});
afterAll(() => server?.remove());

const stranger = () => new Person(server);
const waiting = async (): Promise<number> => (await amara.get(BOX)).body.box.waiting;

describe('a box', () => {
  it('takes proposals of anybody, without an account or a cookie, and keeps them out of the library', async () => {
    const library = (await amara.get(`${PROCESS}/recommendations`)).body.recommendations.length;
    const form = await stranger().get(`/api/box/${box.slug}`);
    expect(form.status).toBe(200);
    expect(form.headers.getSetCookie()).toEqual([]);
    expect(Object.keys(form.body).sort()).toEqual(
      [
        ...['dimensions', 'illustrative', 'processName', 'stamp', 'themes'],
        ...['kinds', 'stakeholderKinds', 'regions'],
      ].sort(),
    );
    const { id } = await box.deposit({ text: 'One\r\ntwo.' });
    const kept = await depositOf(mei, id);
    expect(kept).toMatchObject({ state: 'new', name: 'Harbour chaplains', text: 'One\ntwo.', edited: false });
    expect(kept.contact).toBe('desk@chaplains.example');
    expect((await amara.get(`${PROCESS}/recommendations`)).body.recommendations).toHaveLength(library);
    expect((await stranger().get(DEPOSITS)).status).toBe(401);
    expect((await (await Person.demo(server, 'jonas')).get(`${DEPOSITS}/${id}`)).status).toBe(403);
  });

  it('keeps neither who sent a proposal nor from where', async () => {
    const { id } = await box.deposit({}, { 'x-forwarded-for': '203.0.113.77', 'user-agent': 'Peculiar/1' });
    const told = database(server.dataDir, (db) =>
      JSON.stringify([
        db.prepare('select * from audit where objectId = ?').all(id),
        db.prepare('select * from deposit where id = ?').all(id),
      ]),
    );
    expect(told).toContain('deposit.receive');
    expect(told).not.toContain('203.0.113.77');
    expect(told).not.toContain('Peculiar');
  });

  it('keeps a deposit once however often it is sent, and no other under its id or code', async () => {
    const own = { id: randomUUID(), code: newReceiptCode() };
    expect((await box.send(own)).status).toBe(201);
    const before = await waiting();
    const again = await Promise.all([box.send(own), box.send(own), box.send(own)]);
    expect(again.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(await waiting()).toBe(before);
    expect((await box.send({ ...own, title: 'Other words' })).body.code).toBe('received');
    expect((await box.send({ ...own, code: newReceiptCode() })).status).toBe(409);
    expect((await box.send({ ...own, id: randomUUID() })).status).toBe(409);
    expect(await waiting()).toBe(before);
  });

  it('says what is wrong with a proposal, and keeps nothing of it', async () => {
    const before = await waiting();
    const wrong: [object, number, string][] = [
      [{ title: '' }, 400, 'title'],
      [{ title: 'two\nlines' }, 400, 'title'],
      [{ text: 'x'.repeat(10_001) }, 400, 'text'],
      [{ text: 'turned \u202e round' }, 400, 'text'],
      [{ consent: false }, 400, 'consent'],
      [{ contact: 'x'.repeat(301) }, 400, 'contact'],
      [{ language: 'de' }, 400, 'language'],
      [{ themes: ['A theme of nobody'] }, 422, 'themes have changed'],
      [{ code: '1234' }, 400, 'code'],
      [{ more: 1 }, 400, 'more'],
      [{ stamp: 'x.y' }, 422, 'too old'],
    ];
    for (const [fields, status, words] of wrong) {
      const answer = await box.send(fields);
      expect([fields, answer.status]).toEqual([fields, status]);
      expect(answer.body.error).toContain(words);
    }
    expect(await waiting()).toBe(before);
  });

  it('lets programs believe that they were heard, and refuses who is faster than people', async () => {
    const before = await waiting();
    const own = { id: randomUUID(), code: newReceiptCode() };
    expect((await box.send({ ...own, website: 'https://spam.example' })).status).toBe(201);
    expect((await box.receipt(own.code)).status).toBe(404);
    const { stamp } = (await stranger().get(`/api/box/${box.slug}`)).body;
    const fast = await box.send({ stamp });
    expect([fast.status, fast.body.code]).toEqual([422, 'too-soon']);
    expect(await waiting()).toBe(before);
  });

  it('is opened, closed and moved by a facilitator; the old address ends at once', async () => {
    expect((await mei.get(BOX)).body.box).toMatchObject({ open: true, slug: box.slug });
    expect((await amara.put(BOX, { open: false })).body.box.open).toBe(false);
    expect((await box.send()).body).toMatchObject({ code: 'closed' });
    expect((await stranger().get(`/api/box/${box.slug}`)).status).toBe(404);
    expect((await amara.put(BOX, { open: true, slug: 'another-address' })).body.box.link).toBe(
      `${server.url}/box/another-address`,
    );
    expect((await stranger().get(`/api/box/${box.slug}`)).status).toBe(404);
    expect((await stranger().get('/api/box/Another-Address')).status).toBe(200);
    for (const slug of ['receipt', 'abc', 'with space', '-ends-', 'ünder'])
      expect((await amara.put(BOX, { open: true, slug })).status).toBe(400);
    expect((await amara.put(BOX, { open: true, slug: box.slug })).status).toBe(200);
    const actions = (await amara.get(`${PROCESS}/audit?objectKind=box`)).body.entries.map(
      ({ action }: { action: string }) => action,
    );
    expect(actions.slice(0, 4)).toEqual(['box.move', 'box.open', 'box.move', 'box.close']);
  });

  it('of another process has its own address, and one of the server’s choice if none is given', async () => {
    const made = await amara.post('/api/processes', {
      name: 'Été à Genève',
      themes: ['T'],
      dimensions: ['D'],
    });
    const own = `/api/processes/${made.body.id}/box`;
    expect((await amara.get(own)).body).toEqual({ box: null });
    expect((await amara.put(own, { open: true, slug: box.slug })).body.code).toBe('taken');
    const { slug } = (await amara.put(own, { open: true })).body.box;
    expect(slug).toMatch(/^ete-a-geneve-[a-z2-9]{6}$/);
    expect((await stranger().get(`/api/box/${slug}`)).body.themes).toEqual(['T']);
    await amara.put(`/api/processes/${made.body.id}/state`, { state: 'archived' });
    expect((await stranger().get(`/api/box/${slug}`)).status).toBe(404);
  });

  it('takes so many from one address, and says when to come back', async () => {
    const from = { 'x-forwarded-for': '203.0.113.5' };
    const statuses: number[] = [];
    for (let i = 0; i < 61; i += 1) statuses.push((await box.send({}, from)).status);
    expect(statuses.slice(0, 60).every((status) => status === 201)).toBe(true);
    expect(statuses.at(-1)).toBe(429);
    expect((await box.send({}, { 'x-forwarded-for': '203.0.113.6' })).status).toBe(201);
  });
});

describe('a receipt', () => {
  it('opens by its code alone, however it is typed, and is kept as a hash', async () => {
    const { code } = await box.deposit();
    expect((await box.receipt(code)).body).toEqual({
      title: PROPOSAL.title,
      receivedAt: expect.any(String),
      state: 'received',
      references: [],
      merged: [],
      removed: [],
      clauses: [],
      reason: null,
    });
    const sloppy = ` ${code.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l')} `;
    expect((await box.receipt(sloppy)).status).toBe(200);
    expect((await box.receipt(newReceiptCode())).status).toBe(404);
    const plain = code.replaceAll('-', '');
    const kept = database(server.dataDir, (db) => JSON.stringify(db.prepare('select * from deposit').all()));
    expect(kept).not.toContain(plain);
    expect(kept).not.toContain(code);
  });

  it('says what became of a proposal, and nothing else of the team’s work', async () => {
    const states = async (code: string) => (await box.receipt(code)).body;
    const accepted = await box.deposit({ title: 'Accepted' });
    await mei.put(`${DEPOSITS}/${accepted.id}/claim`, {});
    expect(await states(accepted.code)).toMatchObject({ state: 'in-triage' });
    const { body } = await decide(mei, accepted.id, 'accept');
    const [{ id: recommendationId, reference }] = body.recommendations;
    expect(await states(accepted.code)).toMatchObject({
      state: 'accepted',
      references: [reference],
      clauses: [],
    });

    const returned = await box.deposit({ title: 'Returned' });
    await decide(amara, returned.id, 'return', { reason: 'It is about another process.' });
    expect(await states(returned.code)).toMatchObject({
      state: 'returned',
      reason: 'It is about another process.',
    });

    // What counts as one with a deposit shares what becomes of it.
    const twin = await box.deposit({ title: 'The same as what is returned' });
    await amara.post(`${DEPOSITS}/${returned.id}/reopen`, {
      version: (await depositOf(amara, returned.id)).version,
    });
    await decide(amara, twin.id, 'merge', { into: { kind: 'deposit', id: returned.id } });
    expect(await states(twin.code)).toMatchObject({ state: 'merged', references: [], reason: null });
    await decide(amara, returned.id, 'return', { reason: 'It is about no process at all.' });
    expect(await states(twin.code)).toMatchObject({
      state: 'returned',
      reason: 'It is about no process at all.',
    });

    const merged = await box.deposit({ title: 'Merged with a recommendation' });
    await decide(amara, merged.id, 'merge', { into: { kind: 'recommendation', id: recommendationId } });
    const other = await box.deposit({ title: 'Merged with a deposit' });
    await decide(amara, other.id, 'merge', { into: { kind: 'deposit', id: accepted.id } });
    for (const { code } of [merged, other])
      expect(await states(code)).toMatchObject({ state: 'merged', references: [reference] });

    const split = await box.deposit({ title: 'Split' });
    const { title: _title, ...part } = PROPOSAL;
    const { text, kind, themes, dimensions } = part;
    const parts = ['One', 'Two'].map((title) => ({ title, text, kind, themes, dimensions }));
    await decide(amara, split.id, 'split', { parts });
    expect((await states(split.code)).references).toHaveLength(2);

    // A clause it reached is told once anybody can read the draft.
    const client = new TestClient(server, amara.cookie, { status: true });
    await client.synced();
    const { blocks } = await publicText();
    const clause = blocks.find(({ kind: type }: { kind: string }) => type === 'paragraph');
    addLink(client.doc, { clauseId: clause.id, recommendationId, relation: 'adapted' });
    await client.saved(1);
    client.destroy();
    expect(await states(accepted.code)).toMatchObject({ clauses: [] });
    const { id: linkId } = (await amara.post(`/api/drafts/${DRAFT}/links`, { expiresAt: null })).body;
    for (const { code } of [accepted, merged, other])
      expect((await states(code)).clauses).toEqual([
        { draft: expect.any(String), citation: clause.citation },
      ]);
    const told = JSON.stringify(await states(accepted.code));
    for (const hidden of ['Mei', 'mei', 'Amara', 'amara', recommendationId, clause.text.slice(0, 20)])
      expect(told).not.toContain(hidden);
    await amara.delete(`/api/drafts/${DRAFT}/links/${linkId}`);
    expect(await states(accepted.code)).toMatchObject({ clauses: [] });
    await amara.put(`${PROCESS}/state`, { state: 'deleted' });
    expect((await box.receipt(accepted.code)).status).toBe(404);
    await amara.put(`${PROCESS}/state`, { state: 'active' });
  });

  /** The draft as a public link shows it for a moment. */
  async function publicText() {
    const { id, link } = (await amara.post(`/api/drafts/${DRAFT}/links`, { expiresAt: null })).body;
    const { body } = await stranger().get(`/api/public/${link.split('/').at(-1)}`);
    await amara.delete(`/api/drafts/${DRAFT}/links/${id}`);
    return body;
  }

  it('cannot be found by trying', async () => {
    const from = { 'x-forwarded-for': '203.0.113.9' };
    const statuses: number[] = [];
    for (let i = 0; i < 121; i += 1)
      statuses.push(
        (await stranger().send('POST', '/api/box/receipt', { code: newReceiptCode() }, from)).status,
      );
    expect([statuses[0], statuses.at(-1)]).toEqual([404, 429]);
  });
});

it('goes with its process when the bin is emptied', async () => {
  const made = await amara.post('/api/processes', { name: 'Purged', themes: ['T'], dimensions: ['D'] });
  const processId: string = made.body.id;
  const own = `/api/processes/${processId}`;
  const slug = 'a-box-to-be-purged';
  await amara.put(`${own}/box`, { open: true, slug });
  const { stamp } = (await stranger().get(`/api/box/${slug}`)).body;
  const ready = Date.now() + MIN_SECONDS_ON_FORM * 1_000;
  await until(() => Date.now() > ready);
  const ids = [randomUUID(), randomUUID(), randomUUID()];
  for (const id of ids) {
    const body = { ...PROPOSAL, id, code: newReceiptCode(), stamp, themes: ['T'], dimensions: [] };
    expect((await stranger().post(`/api/box/${slug}/deposits`, body)).status).toBe(201);
  }
  const [first, second, third] = ids;
  expect((await amara.post(`${own}/deposits/${first}/accept`, { version: 1 })).status).toBe(200);
  for (const [id, into] of [
    [second, first],
    [third, second],
  ])
    await amara.post(`${own}/deposits/${id}/merge`, { version: 1, into: { kind: 'deposit', id: into } });
  await amara.put(`${own}/state`, { state: 'deleted' });
  database(server.dataDir, (db) =>
    db.prepare("update process set stateSince = '2020-01-01T00:00:00.000Z' where id = ?").run(processId),
  );
  await server.stop();
  await server.run({ env: { ZERODRAFT_TRUST_PROXY: '1' } });
  await until(async () => (await amara.get(own)).status === 404);
  const left = database(server.dataDir, (db) =>
    ['box', 'deposit', 'deposit_revision', 'recommendation', 'source'].map((table) =>
      db.prepare(`select count(*) from ${table} where processId = ?`).pluck().get(processId),
    ),
  );
  expect(left).toEqual([0, 0, 0, 0, 0]);
  const outcomes = database(server.dataDir, (db) =>
    db.prepare('select count(*) from deposit_outcome where depositId = ?').pluck().get(first),
  );
  expect(outcomes).toBe(0);
});
