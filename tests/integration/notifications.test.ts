import { contentOf, numberBlocks, readBlocks } from '@zerodraft/schema';
import { afterAll, beforeAll, expect, it } from 'vitest';
import * as Y from 'yjs';
import { enrol, PROCESS } from '../support/account.ts';
import { DRAFT, TestClient, until } from '../support/client.ts';
import { Mailbox } from '../support/mailbox.ts';
import { Person } from '../support/person.ts';
import { TestServer } from '../support/server.ts';
import { reply, start, THREADS } from '../support/threads.ts';

let mailbox: Mailbox;
let server: TestServer;
let amara: Person;
let mei: Person;
let jonas: Person;
beforeAll(async () => {
  mailbox = await Mailbox.start();
  server = await TestServer.start({ env: mailbox.env });
  [amara, mei, jonas] = await Promise.all([
    Person.demo(server, 'amara'),
    Person.demo(server, 'mei'),
    Person.demo(server, 'jonas'),
  ]);
});
afterAll(async () => {
  await server?.remove();
  await mailbox?.close();
});

interface Told {
  kind: string;
  threadId: string;
  body: string;
  by: { id: string };
}
const inbox = async (
  person: Person,
): Promise<{ unread: number; notifications: Told[]; next: number | null }> =>
  (await person.get('/api/notifications')).body;
const kindsOf = async (person: Person, threadId: string): Promise<string[]> =>
  (await inbox(person)).notifications.filter((told) => told.threadId === threadId).map(({ kind }) => kind);

it('tells whom a comment names, who takes part, and nobody of their own doing', async () => {
  const { id } = await start(jonas, { body: 'For @[person:mei], and @[person:nobody]' });
  expect(await kindsOf(mei, id)).toEqual(['mention']);
  expect(await kindsOf(jonas, id)).toEqual([]);
  expect(await kindsOf(amara, id)).toEqual([]);
  const answer = await reply(mei, id, 'Thank you');
  expect(await kindsOf(jonas, id)).toEqual(['reply']);
  expect((await inbox(jonas)).notifications[0]).toMatchObject({
    by: { id: 'mei' },
    process: { id: PROCESS },
    body: 'Thank you',
    commentId: answer,
    readAt: null,
  });
  await reply(amara, id, '@[organisation:A delegation from the Pacific region] please see');
  expect(await kindsOf(jonas, id)).toEqual(['mention', 'reply']);
  expect(await kindsOf(mei, id)).toEqual(['reply', 'mention']);
  await amara.put(`${THREADS}/states`, { threadIds: [id], state: 'answered' });
  await amara.put(`${THREADS}/${id}/assignment`, { assigneeId: 'mei' });
  expect(await kindsOf(mei, id)).toEqual(['assigned', 'state', 'reply', 'mention']);
  expect(await kindsOf(jonas, id)).toEqual(['state', 'mention', 'reply']);
});

it('tells of a change those whom it newly names', async () => {
  const { id, commentId } = await start(jonas, { body: '@[person:mei]' });
  await jonas.patch(`${THREADS}/${id}/comments/${commentId}`, { body: '@[person:mei] @[person:amara]' });
  expect([await kindsOf(mei, id), await kindsOf(amara, id)]).toEqual([['mention'], ['mention']]);
});

it('a muted thread is silent for who muted it', async () => {
  const { id } = await start(jonas);
  await reply(mei, id, 'Here');
  await mei.put(`${THREADS}/${id}/mute`, { muted: true });
  await reply(jonas, id, '@[person:mei] again');
  expect(await kindsOf(mei, id)).toEqual([]);
  await mei.put(`${THREADS}/${id}/mute`, { muted: false });
  await reply(jonas, id, '@[person:mei] and again');
  expect(await kindsOf(mei, id)).toEqual(['mention']);
});

it('counts what is unread until it is marked, or its thread is read', async () => {
  await amara.put('/api/notifications/read', { ids: null });
  expect((await inbox(amara)).unread).toBe(0);
  const [one, two] = [
    await start(jonas, { body: '@[person:amara]' }),
    await start(jonas, { body: '@[person:amara]' }),
  ];
  expect((await inbox(amara)).unread).toBe(2);
  const marks = [{ threadId: one.id, upTo: new Date(Date.now() + 1_000).toISOString() }];
  await amara.put(`${THREADS}/read`, { marks });
  expect((await inbox(amara)).unread).toBe(1);
  const own = (await amara.get('/api/notifications')).body.notifications;
  const left = own.find(({ threadId }: Told) => threadId === two.id).id;
  // Another's are not marked by asking for their number.
  await mei.put('/api/notifications/read', { ids: [left] });
  expect((await inbox(amara)).unread).toBe(1);
  await amara.put('/api/notifications/read', { ids: [left] });
  expect((await inbox(amara)).unread).toBe(0);
});

it('comes with the present names of what a comment refers to, and where its thread stands', async () => {
  const editor = new TestClient(server, mei.cookie, { status: true });
  await editor.synced();
  const blocks = readBlocks(editor.doc);
  const numbers = numberBlocks(blocks.map(({ kind }) => kind));
  const at = numbers.findIndex(({ citation }) => citation === '3');
  const section = blocks.slice(0, at).findLast(({ kind }) => kind === 'section')?.text;
  const id = blocks[at]?.id ?? '';
  const { body: library } = await mei.get(`/api/processes/${PROCESS}/recommendations`);
  const [proposal] = library.recommendations;
  const body = `@[person:mei] @[person:nobody] @[organisation:Sea] #[clause:${id}] #[clause:gone] &[recommendation:${proposal.id}]`;
  const thread = await start(jonas, { kind: 'clause', clauseId: id, body });
  const told = async () => (await inbox(mei)).notifications.find(({ threadId }) => threadId === thread.id);
  const names = (citation: string) => [
    { kind: 'person', id: 'mei', name: 'Mei Castellanos' },
    { kind: 'clause', id, name: citation },
    { kind: 'recommendation', id: proposal.id, name: proposal.reference },
  ];
  expect(await told()).toMatchObject({
    body,
    names: names('3'),
    place: { number: '3', section, gone: false },
    visibility: 'all',
    state: 'open',
  });
  // A numbered paragraph before it: numbers are those of now.
  const block = new Y.XmlElement('block');
  block.setAttribute('id', 'inserted');
  block.setAttribute('kind', 'paragraph');
  editor.doc.transact(() => contentOf(editor.doc).insert(at, [block]));
  await editor.saved(1);
  expect(await told()).toMatchObject({ names: names('4'), place: { number: '4', section, gone: false } });
  const reason = 'As agreed in May';
  await amara.put(`${THREADS}/states`, { threadIds: [thread.id], state: 'not-accepted', reason });
  expect(await told()).toMatchObject({ state: 'not-accepted', reason });
  editor.destroy();
});

it('tells nothing of a draft that somebody may no longer read', async () => {
  const { id } = await start(jonas, { body: '@[person:leila]' });
  const leila = await Person.demo(server, 'leila');
  expect(await kindsOf(leila, id)).toEqual(['mention']);
  const member = `/api/drafts/${DRAFT}/members/leila`;
  await amara.put(member, { role: 'none' });
  expect(await kindsOf(leila, id)).toEqual([]);
  expect((await leila.get('/api/notifications/unread')).body).toEqual({ unread: 0 });
  await amara.put(member, { role: null });
  expect(await kindsOf(leila, id)).toEqual(['mention']);
});

it('counts, and lists when asked, only what is unread', async () => {
  await mei.put('/api/notifications/read', { ids: null });
  const { id } = await start(jonas, { body: '@[person:mei]' });
  expect((await mei.get('/api/notifications/unread')).body).toEqual({ unread: 1 });
  const listed = (await mei.get('/api/notifications?unread=true')).body;
  expect(listed.notifications.map(({ threadId }: Told) => threadId)).toEqual([id]);
  expect((await inbox(mei)).notifications.length).toBeGreaterThan(1);
  expect((await mei.get('/api/notifications?unread=perhaps')).status).toBe(400);
});

it('comes in pages, newest first', async () => {
  const { id } = await start(jonas, { body: 'Many' });
  await reply(mei, id, 'Here');
  for (let i = 0; i < 51; i += 1) await reply(jonas, id, `Reply ${i}`);
  const first = await inbox(mei);
  expect([first.notifications.length, first.notifications[0]?.body]).toEqual([50, 'Reply 50']);
  const second = (await mei.get(`/api/notifications?before=${first.next}`)).body;
  expect(second.notifications[0].body).toBe('Reply 0');
});

it('reaches an open page of who is told, and of nobody else', async () => {
  const clients = [mei, amara].map(({ cookie }) => new TestClient(server, cookie, { status: true }));
  const [told, other] = clients;
  await Promise.all(clients.map((client) => client.synced()));
  await start(jonas, { body: '@[person:mei]' });
  await until(() => told?.notices.includes('notifications') === true);
  await start(jonas, { body: '@[person:amara]' });
  await until(() => other?.notices.includes('notifications') === true);
  expect(told?.notices.filter((topic) => topic === 'notifications')).toHaveLength(1);
  for (const client of clients) client.destroy();
});

it('is mailed at once to who wants that, and to nobody who wants none', async () => {
  const [wants, none] = [
    await enrol(server, mailbox, 'wants@x.example', { role: 'delegate' }),
    await enrol(server, mailbox, 'none@x.example', { role: 'delegate' }),
  ];
  const preference = `/api/processes/${PROCESS}/mail-preference`;
  expect((await wants.get(preference)).body).toEqual({ digest: 'daily' });
  expect((await wants.put(preference, { digest: 'hourly' })).status).toBe(400);
  await wants.put(preference, { digest: 'immediate' });
  await none.put(preference, { digest: 'off' });
  expect((await none.get(preference)).body).toEqual({ digest: 'off' });
  const { id } = await start(amara, { body: '@[organisation:A Mission] **Please** comment' });
  // The first mail was the invitation.
  const mail = await mailbox.to('wants@x.example', 2);
  expect(mail.raw).toContain('Amara Nwosu-Lind mentioned you');
  const text = mail.raw.replace(/=\r?\n/g, '');
  expect(text).toContain(id);
  expect(text).toContain(`${server.url}/account#mail`);
  expect(mailbox.mails.filter(({ to }) => to.includes('none@x.example'))).toHaveLength(1);
});
