import { afterAll, beforeAll, expect, it } from 'vitest';
import { DRAFT, TestClient, until } from '../support/client.ts';
import { allOf, newId, PROCESS, pageOf } from '../support/library.ts';
import { Person } from '../support/person.ts';
import { TestServer } from '../support/server.ts';
import { start } from '../support/threads.ts';

const SECRET = 'quarantined';

let server: TestServer;
let amara: Person;
let mei: Person;
let jonas: Person;
let leila: Person;
/** Ids of sample recommendations that no test changes otherwise. */
let ids: string[];
beforeAll(async () => {
  server = await TestServer.start();
  [amara, mei, jonas, leila] = await Promise.all([
    Person.demo(server, 'amara'),
    Person.demo(server, 'mei'),
    Person.demo(server, 'jonas'),
    Person.demo(server, 'leila'),
  ]);
  ids = [...(await allOf(amara)).values()].map(({ id }) => id);
});
afterAll(() => server?.remove());

function recommendation(index: number): string {
  const id = ids[index];
  if (id === undefined) throw new Error('the sample has fewer recommendations');
  return id;
}
const address = (id: string) => `${PROCESS}/recommendations/${id}/comments`;

/** Says something. @returns the comment's id */
async function say(person: Person, recommendationId: string, body: string): Promise<string> {
  const id = newId();
  expect((await person.post(address(recommendationId), { id, body })).status).toBe(201);
  return id;
}
const listed = async (person: Person, id: string) => (await person.get(address(id))).body.comments;

it('is read and written by the team, in the order it was said', async () => {
  const id = recommendation(0);
  expect(await listed(mei, id)).toEqual([]);
  const first = await say(mei, id, 'Is it covered by **objective 5**?');
  const second = await say(amara, id, 'In part');
  expect(await listed(mei, id)).toMatchObject([
    {
      id: first,
      author: { id: 'mei' },
      body: 'Is it covered by **objective 5**?',
      editedAt: null,
      deleted: null,
    },
    { id: second, author: { id: 'amara' }, recommendation: { id } },
  ]);
  for (const person of [jonas, leila]) {
    expect((await person.get(address(id))).status).toBe(403);
    expect((await person.post(address(id), { id: newId(), body: 'x' })).status).toBe(403);
    expect((await person.patch(`${address(id)}/${first}`, { body: 'x' })).status).toBe(403);
    expect((await person.delete(`${address(id)}/${first}`)).status).toBe(403);
    expect((await person.get(`${address(id)}/${first}/history`)).status).toBe(403);
  }
  expect((await mei.get(address('missing'))).status).toBe(404);
  expect((await mei.post(address('missing'), { id: newId(), body: 'x' })).status).toBe(404);
});

it('keeps a comment once however often it is sent, and takes no id that is another’s', async () => {
  const id = recommendation(1);
  const comment = { id: newId(), body: 'Once' };
  const sent = await Promise.all([1, 2, 3].map(() => mei.post(address(id), comment)));
  expect(sent.map(({ status }) => status)).toEqual([201, 201, 201]);
  expect(await listed(mei, id)).toHaveLength(1);
  expect((await amara.post(address(id), comment)).body.code).toBe('taken');
  expect((await mei.post(address(recommendation(2)), comment)).body.code).toBe('taken');
  expect(await listed(mei, recommendation(2))).toEqual([]);
});

it('refuses what is empty, too long or no comment, in words', async () => {
  const id = recommendation(1);
  const before = await listed(mei, id);
  for (const body of ['  ', 'x'.repeat(10_001)]) {
    const { status, body: answer } = await mei.post(address(id), { id: newId(), body });
    expect([status, answer.error]).toEqual([400, expect.stringMatching(/^body: /)]);
  }
  expect((await mei.post(address(id), { id: 'not-a-uuid', body: 'x' })).status).toBe(400);
  expect(await listed(mei, id)).toEqual(before);
});

it('is changed by its author alone, with a trace', async () => {
  const id = recommendation(3);
  const comment = await say(mei, id, 'First thought');
  const one = `${address(id)}/${comment}`;
  expect((await amara.patch(one, { body: 'Hers now' })).body.code).toBe('not-author');
  expect((await mei.patch(one, { body: 'Second thought' })).status).toBe(200);
  // The same again is no change.
  expect((await mei.patch(one, { body: 'Second thought' })).status).toBe(200);
  expect(await listed(amara, id)).toMatchObject([{ body: 'Second thought', editedAt: expect.any(String) }]);
  const { versions } = (await amara.get(`${one}/history`)).body;
  expect(versions).toMatchObject([{ body: 'First thought', by: { id: 'mei' } }]);
  expect((await mei.patch(`${address(recommendation(2))}/${comment}`, { body: 'x' })).status).toBe(404);
});

it('is deleted by its author, or by a facilitator with a record; that it was there stays', async () => {
  const id = recommendation(4);
  const [own, other] = [await say(amara, id, 'Mine'), await say(mei, id, 'Hers')];
  expect((await mei.delete(`${address(id)}/${own}`)).status).toBe(403);
  for (const comment of [own, other, other])
    expect((await amara.delete(`${address(id)}/${comment}`)).status).toBe(200);
  expect(await listed(mei, id)).toMatchObject([
    { body: '', deleted: { by: { id: 'amara' } } },
    { body: '', author: { id: 'mei' }, deleted: { by: { id: 'amara' } } },
  ]);
  expect((await mei.get(`${address(id)}/${other}/history`)).body.versions).toMatchObject([{ body: 'Hers' }]);
  expect((await mei.patch(`${address(id)}/${other}`, { body: 'Back' })).status).toBe(404);
  const { entries } = (await amara.get(`${PROCESS}/audit?action=comment.delete`)).body;
  expect(entries).toMatchObject([
    { objectId: other, details: { recommendationId: id, author: 'mei' }, userId: 'amara' },
  ]);
  expect(JSON.stringify(entries)).not.toContain('Hers');
});

/** All that somebody can read of recommendations and their own inbox, as one text; of files, not when they were asked for. */
async function everythingOf(person: Person, id: string): Promise<string> {
  const gets = [
    `${PROCESS}/recommendations`,
    `${PROCESS}/recommendations/${id}`,
    `${PROCESS}/recommendations/${id}/history`,
    `${PROCESS}/recommendations/${id}/links`,
    `${PROCESS}/library/export?format=json`,
    `${PROCESS}/library/export?format=csv`,
    `${PROCESS}/search?q=${SECRET}`,
    `/api/drafts/${DRAFT}/threads`,
    `/api/drafts/${DRAFT}/threads.csv`,
    address(id),
    '/api/processes',
    '/api/notifications',
    '/api/notifications/unread',
  ].map((path) => person.get(path));
  const posts = [
    person.post(`${PROCESS}/library/search`, { q: SECRET }),
    person.post(`${PROCESS}/library/search`, { sort: 'changed', descending: true }),
    person.post(`${PROCESS}/library/facets`, {}),
  ];
  const answers = await Promise.all([...gets, ...posts]);
  return JSON.stringify(
    answers.map(({ status, body }) => [status, body]),
    (key, value) => (key === 'exportedAt' ? undefined : value),
  );
}

it('is for others as if it were not: in answers, counts, search, exports and the inbox', async () => {
  const id = recommendation(5);
  const before = await Promise.all([jonas, leila].map((person) => everythingOf(person, id)));
  const comment = await say(mei, id, `@[person:jonas] @[person:leila] @[person:amara] ${SECRET}`);
  await say(amara, id, `@[organisation:A delegation from the Pacific region] ${SECRET}`);
  await mei.patch(`${address(id)}/${comment}`, { body: `@[person:jonas] ${SECRET} still` });
  expect(await Promise.all([jonas, leila].map((person) => everythingOf(person, id)))).toEqual(before);
  for (const format of ['json', 'csv']) {
    const file = await mei.get(`${PROCESS}/library/export?format=${format}`);
    expect(file.status).toBe(200);
    expect(JSON.stringify(file.body)).not.toContain(SECRET);
  }
});

it('sends others no notice', async () => {
  const clients = [amara, jonas, leila].map(({ cookie }) => new TestClient(server, cookie, { status: true }));
  const [team, ...others] = clients;
  if (!team) throw new Error('nobody there');
  await Promise.all(clients.map((client) => client.synced()));
  await say(mei, recommendation(6), '@[person:amara] @[person:jonas] look');
  await until(() => team.notices.includes('notifications'));
  // A visible thread after it is told of to all: what was told before has arrived by then.
  await start(jonas);
  for (const client of clients) await until(() => client.notices.includes('threads'));
  for (const other of others) expect(other.notices).toEqual(['threads']);
  for (const client of clients) client.destroy();
});

it('tells those of the team who are named or took part, until they have read it', async () => {
  const id = recommendation(7);
  const { reference, title } = await pageOf(mei, id);
  const unread = async (person: Person) => (await person.get('/api/notifications/unread')).body.unread;
  await amara.put('/api/notifications/read', { ids: null });
  await mei.put('/api/notifications/read', { ids: null });
  await say(mei, id, `@[person:amara] see &[recommendation:${id}]`);
  await say(amara, id, 'Seen');
  const [told] = (await amara.get('/api/notifications')).body.notifications;
  expect(told).toMatchObject({
    ...{ about: 'recommendation', kind: 'mention', by: { id: 'mei' }, readAt: null },
    recommendation: { id, reference, title },
    names: [
      { kind: 'person', id: 'amara' },
      { kind: 'recommendation', id, name: reference },
    ],
  });
  expect((await mei.get('/api/notifications?unread=true')).body.notifications).toMatchObject([
    { about: 'recommendation', kind: 'reply', by: { id: 'amara' }, body: 'Seen' },
  ]);
  expect([await unread(amara), await unread(mei)]).toEqual([1, 1]);
  expect((await amara.put(`${address(id)}/read`, {})).body).toEqual({ marked: 1 });
  expect([await unread(amara), await unread(mei)]).toEqual([0, 1]);
});

it('pages the inbox over threads and discussions in the order of what happened', async () => {
  const id = recommendation(8);
  for (let n = 0; n < 30; n += 1) {
    await say(mei, id, `@[person:amara] ${n}`);
    await start(mei, { body: `@[person:amara] ${n}` });
  }
  const first = (await amara.get('/api/notifications')).body;
  const second = (await amara.get(`/api/notifications?before=${first.next}`)).body;
  const all = [...first.notifications, ...second.notifications];
  const told = all.map(({ id: n }: { id: number }) => n);
  expect(first.notifications).toHaveLength(50);
  expect(told).toEqual([...new Set(told)].sort((one, other) => other - one));
  const about = all.slice(0, 60).map((entry: { about: string }) => entry.about);
  expect(about).toEqual(Array.from({ length: 30 }, () => ['thread', 'recommendation']).flat());
});

it('goes over to what a recommendation is merged into, and stays where it was made', async () => {
  const [kept, part] = [recommendation(9), recommendation(10)];
  const comment = await say(mei, part, 'On the part');
  const [into, from] = [await pageOf(mei, kept), await pageOf(mei, part)];
  const merged = await mei.post(`${PROCESS}/recommendations/${kept}/merges`, {
    version: into.version,
    from: [{ id: part, version: from.version }],
  });
  expect(merged.status).toBe(200);
  await say(amara, kept, 'On the whole');
  expect(await listed(mei, kept)).toMatchObject([
    { id: comment, recommendation: { id: part, reference: from.reference } },
    { body: 'On the whole', recommendation: { id: kept } },
  ]);
  expect(await listed(mei, part)).toHaveLength(1);
  expect((await mei.patch(`${address(part)}/${comment}`, { body: 'Still mine' })).status).toBe(200);
});

it('is closed to who leaves the team, with what the inbox told of it', async () => {
  const id = recommendation(11);
  await say(mei, id, 'A beginning');
  await say(amara, id, '@[person:mei] a secret');
  const inbox = async () => JSON.stringify((await mei.get('/api/notifications')).body);
  expect(await inbox()).toContain('a secret');
  expect((await amara.patch(`${PROCESS}/members/mei`, { role: 'observer' })).status).toBe(200);
  expect((await mei.get(address(id))).status).toBe(403);
  expect(await inbox()).not.toContain('recommendation');
  expect((await amara.patch(`${PROCESS}/members/mei`, { role: 'drafter' })).status).toBe(200);
  expect(await inbox()).toContain('a secret');
});

it('is read and not written while the process is archived', async () => {
  const id = recommendation(12);
  await say(mei, id, 'Before');
  expect((await amara.put(`${PROCESS}/state`, { state: 'archived' })).status).toBe(200);
  expect((await mei.post(address(id), { id: newId(), body: 'After' })).status).toBe(403);
  expect(await listed(mei, id)).toHaveLength(1);
  expect((await amara.put(`${PROCESS}/state`, { state: 'active' })).status).toBe(200);
});
