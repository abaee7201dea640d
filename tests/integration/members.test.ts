import { contentOf, readBlocks } from '@zerodraft/schema';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { DRAFT, TestClient, until } from '../support/client.ts';
import { Person } from '../support/person.ts';
import { TestServer } from '../support/server.ts';

const PROCESS = 'global-compact-sample';
const MEMBERS = `/api/processes/${PROCESS}/members`;
const ROUNDS = `/api/processes/${PROCESS}/rounds`;

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

async function enter(personId: string): Promise<TestClient> {
  const { cookie } = await Person.demo(server, personId);
  const client = new TestClient(server, cookie, { status: true });
  clients.push(client);
  await client.synced();
  return client;
}

let asked = 0;
/** Writes a paragraph, and says whether others then read it. */
async function canWrite(client: TestClient): Promise<boolean> {
  asked += 1;
  const block = new Y.XmlElement('block');
  block.setAttribute('id', `written-${asked}`);
  block.setAttribute('kind', 'paragraph');
  contentOf(client.doc).insert(1, [block]);
  await client.saved(asked);
  const reader = await enter('tomas');
  return readBlocks(reader.doc).some(({ id }) => id === `written-${asked}`);
}

/** What happens closes the socket, and it comes back under other rights. */
async function reopened(client: TestClient, happens: () => Promise<unknown>): Promise<void> {
  const before = client.provider.ws;
  await happens();
  await until(() => client.provider.ws !== before && client.provider.synced);
}

const overrides = (personId: string, role: string | null) =>
  amara.put(`/api/drafts/${DRAFT}/members/${personId}`, { role });

const comment = () => ({
  id: crypto.randomUUID(),
  commentId: crypto.randomUUID(),
  clauseId: 'c',
  anchor: { start: {}, end: {} },
  quote: 'q',
  body: 'A comment',
});

describe('a role in one draft', () => {
  it('raises and lowers, live on an open socket, and gives the process’s role back', async () => {
    const leila = await enter('leila');
    await reopened(leila, () => overrides('leila', 'drafter'));
    expect(await canWrite(leila)).toBe(true);
    await reopened(leila, () => overrides('leila', null));
    expect(await canWrite(leila)).toBe(false);
    const mei = await enter('mei');
    expect(await canWrite(mei)).toBe(true);
    await reopened(mei, () => overrides('mei', 'observer'));
    expect(await canWrite(mei)).toBe(false);
    const { members } = (await amara.get(`/api/drafts/${DRAFT}/members`)).body;
    expect(members.find(({ id }: { id: string }) => id === 'mei')).toMatchObject({
      processRole: 'drafter',
      draftRole: 'observer',
    });
    await overrides('mei', null);
  });

  it('of nobody hides the draft: its socket closes, its address is unknown', async () => {
    const person = await Person.demo(server, 'leila');
    const leila = await enter('leila');
    await overrides('leila', 'none');
    await until(() => !leila.provider.wsconnected);
    leila.destroy();
    expect((await person.get(`/api/drafts/${DRAFT}`)).status).toBe(404);
    expect((await person.get('/api/processes')).body.processes[0].drafts).toEqual([]);
    await overrides('leila', null);
    expect((await person.get(`/api/drafts/${DRAFT}`)).status).toBe(200);
  });

  it('is not for facilitators of the process, nor a delegate’s without a delegation', async () => {
    expect((await overrides('tomas', 'observer')).status).toBe(422);
    expect((await overrides('mei', 'delegate')).body.code).toBe('no-organisation');
    expect((await overrides('nobody', 'observer')).status).toBe(404);
  });
});

describe('members', () => {
  it('are listed to all, with addresses for those who manage them', async () => {
    const leila = await Person.demo(server, 'leila');
    const emails = async (person: Person) =>
      (await person.get(MEMBERS)).body.members.map(({ email }: { email: string | null }) => email);
    expect(await emails(leila)).toEqual([null, null, null, null, null]);
    expect(await emails(amara)).toContain('leila@demo.invalid');
  });

  it('change role and organisation, seen live', async () => {
    const mei = await enter('mei');
    const change = (over: object) => amara.patch(`${MEMBERS}/mei`, over);
    expect((await change({ role: 'delegate' })).body.code).toBe('no-organisation');
    await reopened(mei, () => change({ role: 'delegate', organisation: 'Mission of Atlantis' }));
    expect(await canWrite(mei)).toBe(false);
    expect((await change({ organisation: null })).body.code).toBe('no-organisation');
    await reopened(mei, () => change({ role: 'drafter' }));
    expect(await canWrite(mei)).toBe(true);
    await change({ organisation: null });
  });

  it('are removed: their sockets close, what they wrote keeps their name', async () => {
    const [person, jonas] = [await Person.demo(server, 'jonas'), await enter('jonas')];
    const written = comment();
    expect((await person.post(`/api/drafts/${DRAFT}/threads`, written)).status).toBe(201);
    expect((await amara.delete(`${MEMBERS}/jonas`)).status).toBe(200);
    await until(() => !jonas.provider.wsconnected);
    jonas.destroy();
    expect((await person.get(`/api/drafts/${DRAFT}`)).status).toBe(404);
    const { threads } = (await amara.get(`/api/drafts/${DRAFT}/threads`)).body;
    const thread = threads.find(({ id }: { id: string }) => id === written.id);
    expect(thread.comments[0].author.name).toBe('Jonas Okwuosa');
  });

  it('always have a facilitator among them', async () => {
    const tomas = await Person.demo(server, 'tomas');
    expect((await tomas.delete(`${MEMBERS}/tomas`)).status).toBe(200);
    for (const answer of [
      await amara.delete(`${MEMBERS}/amara`),
      await amara.patch(`${MEMBERS}/amara`, { role: 'observer' }),
    ])
      expect(answer).toMatchObject({ status: 409, body: { code: 'last-facilitator' } });
    // Two who leave at once leave one.
    await amara.patch(`${MEMBERS}/mei`, { role: 'facilitator' });
    const mei = await Person.demo(server, 'mei');
    const left = await Promise.all([amara.delete(`${MEMBERS}/amara`), mei.delete(`${MEMBERS}/mei`)]);
    expect(left.map(({ status }) => status).sort()).toEqual([200, 409]);
  });
});

describe('rounds', () => {
  let own: TestServer;
  let facilitator: Person;
  let delegate: Person;
  beforeAll(async () => {
    own = await TestServer.start();
    facilitator = await Person.demo(own, 'amara');
    delegate = await Person.demo(own, 'jonas');
  });
  afterAll(() => own?.remove());

  const write = (person = delegate) => person.post(`/api/drafts/${DRAFT}/threads`, comment());
  const round = (over: object = {}) => ({
    name: 'A round',
    opensAt: null,
    closesAt: null,
    timeZone: 'Europe/Zurich',
    comments: true,
    proposals: true,
    ...over,
  });
  const inDays = (days: number) => new Date(Date.now() + days * 24 * 60 * 60 * 1_000).toISOString();

  it('come from the process folder, and one of the sample’s is open', async () => {
    const { rounds } = (await delegate.get(ROUNDS)).body;
    expect(rounds).toHaveLength(7);
    expect(rounds[0]).toMatchObject({
      name: 'First round',
      opensAt: '2018-02-20T05:00:00.000Z',
      closesAt: '2018-02-24T05:00:00.000Z',
      timeZone: 'America/New_York',
    });
    expect((await write()).status).toBe(201);
  });

  it('open and close comments for delegates, at once, and say since when and from when', async () => {
    const { rounds } = (await facilitator.get(ROUNDS)).body;
    const last = rounds.at(-1).id;
    expect((await facilitator.post(`${ROUNDS}/${last}/close`)).status).toBe(200);
    const closed = await write();
    expect(closed.status).toBe(403);
    expect(closed.body.reason).toMatchObject({
      code: 'closed',
      window: 'comments',
      round: 'Open for trying out',
      timeZone: 'America/New_York',
    });
    expect(Date.parse(closed.body.reason.since)).toBeLessThanOrEqual(Date.now());
    expect(closed.body.error).toMatch(/^Comments have been closed since .*\(Open for trying out\)\.$/);
    expect((await write(facilitator)).status).toBe(201);

    const next = await facilitator.post(
      ROUNDS,
      round({ name: 'Next', opensAt: inDays(2), closesAt: inDays(4) }),
    );
    expect(next.status).toBe(201);
    expect((await write()).body.reason).toMatchObject({ code: 'not-open-yet', round: 'Next' });
    await facilitator.patch(`${ROUNDS}/${next.body.id}`, { opensAt: inDays(-1) });
    expect((await write()).status).toBe(201);
    await facilitator.patch(`${ROUNDS}/${next.body.id}`, { comments: false });
    expect((await write()).body.reason).toMatchObject({ code: 'closed' });
    await facilitator.delete(`${ROUNDS}/${next.body.id}`);

    expect((await facilitator.post(`${ROUNDS}/${last}/reopen`, { closesAt: inDays(1) })).status).toBe(200);
    expect((await write()).status).toBe(201);
    for (const { id } of rounds) await facilitator.delete(`${ROUNDS}/${id}`);
    expect((await write()).status).toBe(201);
  });

  it('are refused when they end before they begin, or in no time zone', async () => {
    const { status, body } = await facilitator.post(
      ROUNDS,
      round({ opensAt: inDays(2), closesAt: inDays(1) }),
    );
    expect([status, body.error]).toEqual([400, 'A round closes after it opens. Change one of the two.']);
    expect((await facilitator.post(ROUNDS, round({ timeZone: 'Geneva' }))).status).toBe(400);
    const { body: made } = await facilitator.post(ROUNDS, round({ opensAt: inDays(1) }));
    expect((await facilitator.patch(`${ROUNDS}/${made.id}`, { closesAt: inDays(0) })).status).toBe(422);
    expect((await facilitator.post(`${ROUNDS}/${made.id}/close`)).status).toBe(409);
    expect((await facilitator.post(`${ROUNDS}/${made.id}/reopen`, { closesAt: inDays(-1) })).status).toBe(
      422,
    );
    await facilitator.delete(`${ROUNDS}/${made.id}`);
  });

  it('are told to those who have a draft open', async () => {
    const client = new TestClient(own, delegate.cookie, { status: true });
    clients.push(client);
    await client.synced();
    await facilitator.post(ROUNDS, round());
    await until(() => client.notices.includes('draft'));
  });
});
