import { anchorsOf } from '@zerodraft/schema';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { DRAFT, TestClient, until } from '../support/client.ts';
import { Person } from '../support/person.ts';
import { TestServer } from '../support/server.ts';
import { reply, start, THREADS, threadOn, threadsOf } from '../support/threads.ts';

const PROCESS = 'global-compact-sample';
const SECRET = 'quarantined';

let server: TestServer;
let amara: Person;
let mei: Person;
let jonas: Person;
let leila: Person;
beforeAll(async () => {
  server = await TestServer.start();
  [amara, mei, jonas, leila] = await Promise.all([
    Person.demo(server, 'amara'),
    Person.demo(server, 'mei'),
    Person.demo(server, 'jonas'),
    Person.demo(server, 'leila'),
  ]);
});
afterAll(() => server?.remove());

const hidden = (body = `A ${SECRET} thought`) =>
  start(mei, { kind: 'clause', clauseId: 'c', quote: `Some ${SECRET} text`, visibility: 'team', body });

/** All that somebody can read of threads, as one text. */
async function everythingOf(person: Person): Promise<string> {
  const answers = await Promise.all(
    [
      THREADS,
      `${THREADS}?since=2000-01-01T00:00:00.000Z`,
      `${THREADS}/search?q=${SECRET}`,
      `${THREADS}.csv`,
      '/api/notifications',
    ].map((path) => person.get(path)),
  );
  return JSON.stringify(answers.map(({ status, body }) => [status, body]));
}

it('is written by the team alone', async () => {
  for (const person of [jonas, leila])
    expect((await person.post(THREADS, threadOn({ visibility: 'team' }))).status).toBe(403);
  const { id } = await hidden();
  await reply(amara, id, 'Agreed');
  for (const person of [amara, mei]) expect((await threadsOf(person)).get(id).visibility).toBe('team');
});

it('is for others as if it were not: in lists, cursors, search, exports and the inbox', async () => {
  await start(jonas);
  const before = await Promise.all([jonas, leila].map(everythingOf));
  const { id } = await hidden(`@[person:jonas] @[person:leila] @[person:amara] ${SECRET}`);
  await reply(amara, id, `@[organisation:A delegation from the Pacific region] more ${SECRET}`);
  await mei.put(`${THREADS}/states`, { threadIds: [id], state: 'answered' });
  await mei.put(`${THREADS}/${id}/labels`, { labels: [SECRET] });
  expect(await Promise.all([jonas, leila].map(everythingOf))).toEqual(before);
  expect(await everythingOf(mei)).toContain(SECRET);
  expect((await amara.get('/api/notifications')).body.notifications[0]).toMatchObject({ threadId: id });
});

it('answers to each address under it as a thread that never was', async () => {
  const { id, commentId } = await hidden();
  const never = crypto.randomUUID();
  const requests = (thread: string): [string, string, unknown?][] => [
    ['POST', `${THREADS}/${thread}/comments`, { id: crypto.randomUUID(), body: 'x' }],
    ['PATCH', `${THREADS}/${thread}/comments/${commentId}`, { body: 'x' }],
    ['DELETE', `${THREADS}/${thread}/comments/${commentId}`],
    ['GET', `${THREADS}/${thread}/comments/${commentId}/history`],
    ['PUT', `${THREADS}/${thread}/comments/${commentId}/reactions/agree`, { on: true }],
    ['PUT', `${THREADS}/${thread}/mute`, { muted: true }],
    ['PUT', `${THREADS}/${thread}/assignment`, { assigneeId: 'mei' }],
    ['PUT', `${THREADS}/${thread}/labels`, { labels: [] }],
    ['PUT', `${THREADS}/${thread}/visibility`, { visibility: 'all' }],
    ['PUT', `${THREADS}/states`, { threadIds: [thread], state: 'resolved' }],
    ['PUT', `${THREADS}/read`, { marks: [{ threadId: thread, upTo: '2031-01-01T00:00:00.000Z' }] }],
  ];
  const answers = async (thread: string) => {
    const given = [];
    for (const person of [jonas, leila])
      for (const [method, path, body] of requests(thread)) {
        const answer = await person.send(method, path, body);
        given.push([answer.status, answer.body]);
      }
    return given;
  };
  const given = await answers(id);
  expect(given).toEqual(await answers(never));
  expect(given.map(([status]) => status)).toContain(404);
  expect((await threadsOf(mei)).get(id).comments).toHaveLength(1);
});

it('sends others no notice, and nothing of its place stands in the document', async () => {
  const clients = [mei, jonas, leila].map(({ cookie }) => new TestClient(server, cookie, { status: true }));
  const [team, ...others] = clients;
  if (!team) throw new Error('nobody there');
  await Promise.all(clients.map((client) => client.synced()));
  const { id } = await hidden();
  await reply(amara, id, 'More');
  const anchor = { start: { item: { client: 1, clock: 2 } }, end: { item: { client: 1, clock: 5 } } };
  const moved = await mei.put(`${THREADS}/${id}/place`, { clauseId: 'elsewhere', anchor });
  expect(moved.status).toBe(200);
  await until(() => team.notices.filter((topic) => topic === 'threads').length === 3);
  // A visible thread after it is told of to all: what was told before has arrived by then.
  await start(jonas);
  for (const client of clients) await until(() => client.notices.includes('threads'));
  for (const other of others) expect(other.notices).toEqual(['threads']);
  expect((await threadsOf(mei)).get(id)).toMatchObject({ clauseId: 'elsewhere', anchor });
  for (const client of clients) expect([...anchorsOf(client.doc).keys()]).not.toContain(id);
  for (const client of clients) client.destroy();
});

it('is gone for who leaves the team, notifications of it included', async () => {
  const { id } = await hidden('@[person:tomas] for you');
  const asDrafter = (role: string | null) => amara.put(`/api/drafts/${DRAFT}/members/leila`, { role });
  expect((await asDrafter('drafter')).status).toBe(200);
  await reply(mei, id, `@[person:leila] ${SECRET}`);
  expect((await leila.get('/api/notifications')).body).toMatchObject({
    unread: 1,
    notifications: [{ threadId: id }],
  });
  expect((await threadsOf(leila)).has(id)).toBe(true);
  expect((await asDrafter(null)).status).toBe(200);
  expect((await leila.get('/api/notifications')).body).toMatchObject({ unread: 0, notifications: [] });
  expect((await threadsOf(leila)).has(id)).toBe(false);
  expect((await asDrafter('none')).status).toBe(200);
  expect((await leila.get(THREADS)).status).toBe(404);
  expect((await leila.get('/api/notifications')).body.notifications).toEqual([]);
  await asDrafter(null);
});

it('becomes visible when the team says so, and comes with the next change to everybody', async () => {
  const { id } = await hidden();
  const { cursor } = (await jonas.get(THREADS)).body;
  expect((await mei.put(`${THREADS}/${id}/visibility`, { visibility: 'team' })).status).toBe(400);
  for (let i = 0; i < 2; i += 1)
    expect((await mei.put(`${THREADS}/${id}/visibility`, { visibility: 'all' })).status).toBe(200);
  expect((await threadsOf(jonas, cursor)).get(id)).toMatchObject({ visibility: 'all' });
  const { entries } = (await amara.get(`/api/processes/${PROCESS}/audit?action=thread.publish`)).body;
  expect(entries).toMatchObject([{ objectId: id, userId: 'mei' }]);
  const place = { clauseId: 'c', anchor: { start: {}, end: {} } };
  expect((await mei.put(`${THREADS}/${id}/place`, place)).body.code).toBe('not-private');
});
