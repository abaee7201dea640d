import { afterAll, beforeAll, expect, it } from 'vitest';
import { enrol, PROCESS } from '../support/account.ts';
import { TestClient, until } from '../support/client.ts';
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
  expect(mail.raw.replace(/=\r?\n/g, '')).toContain(id);
  expect(mailbox.mails.filter(({ to }) => to.includes('none@x.example'))).toHaveLength(1);
});
