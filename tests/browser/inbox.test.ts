import { numberBlocks, readBlocks } from '@zerodraft/schema';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PROCESS } from '../support/account.ts';
import { overflows, problems } from '../support/axe.ts';
import { clause, launch, openAs, startAs } from '../support/browser.ts';
import { DRAFT, TestClient, until } from '../support/client.ts';
import { Mailbox } from '../support/mailbox.ts';
import { Person } from '../support/person.ts';
import { TestServer } from '../support/server.ts';
import { reply, start, THREADS } from '../support/threads.ts';

let server: TestServer;
let browser: Browser;
let mei: Person;
let jonas: Person;
let amara: Person;
let page: Page;
beforeAll(async () => {
  server = await TestServer.start();
  browser = await launch();
  [amara, mei, jonas] = await Promise.all([
    Person.demo(server, 'amara'),
    Person.demo(server, 'mei'),
    Person.demo(server, 'jonas'),
  ]);
  page = (await openAs(browser, server, 'Amara')).page;
});
afterAll(async () => {
  await browser?.close();
  await server?.remove();
});

const entries = (on: Page) => on.getByTestId('notification');
/** Waits for the bell to say so. */
const bell = (on: Page, unread: number) =>
  on.getByRole('link', { name: unread === 0 ? 'Inbox' : `Inbox, ${unread} unread`, exact: true }).waitFor();
/** All read, with the inbox open. */
async function fresh(): Promise<void> {
  await amara.put('/api/notifications/read', { ids: null });
  const counted = page.waitForResponse((response) => response.url().endsWith('/notifications/unread'));
  await page.goto(`${server.url}/inbox`);
  await counted;
  await bell(page, 0);
}

it('the bell counts in an open draft at once; the inbox tells who, what, where, and by which names', async () => {
  await bell(page, 0);
  const reader = new TestClient(server, mei.cookie);
  await reader.synced();
  const blocks = readBlocks(reader.doc);
  const at = numberBlocks(blocks.map(({ kind }) => kind)).findIndex(({ citation }) => citation === '5(b)');
  reader.destroy();
  const { body: library } = await mei.get(`/api/processes/${PROCESS}/recommendations`);
  const [proposal] = library.recommendations;
  const clauseId = blocks[at]?.id ?? '';
  const { id } = await start(jonas, {
    kind: 'clause',
    clauseId,
    quote: 'sovereignty',
    body: `**Please**, @[person:amara]: #[clause:${clauseId}] as in &[recommendation:${proposal.id}]`,
  });
  await bell(page, 1);
  await reply(mei, id, 'Seen, @[person:amara]');
  await bell(page, 2);
  await page.getByRole('link', { name: 'Inbox, 2 unread' }).click();
  await page.getByRole('heading', { name: 'Inbox', level: 1 }).waitFor();
  const first = entries(page).nth(1);
  await first.getByText('Jonas Okwuosa, A delegation from the Pacific region').waitFor();
  const text = await first.innerText();
  for (const part of [
    'mentioned you',
    '5(b)',
    'sovereignty',
    `Please, @Amara Nwosu-Lind: #5(b) as in @${proposal.reference}`,
  ])
    expect(text).toContain(part);
  expect(await entries(page).first().innerText()).toContain('Seen, @Amara Nwosu-Lind');
});

it('one entry leads to its thread and is then read, as is all else of that thread; decisions and assignments are told', async () => {
  await fresh();
  const { id } = await start(amara, { body: 'Ours' });
  await reply(jonas, id, 'From the Pacific');
  await mei.put(`${THREADS}/states`, { threadIds: [id], state: 'not-accepted', reason: 'Agreed in May' });
  await mei.put(`${THREADS}/${id}/assignment`, { assigneeId: 'amara', dueOn: '2031-05-31' });
  await page.reload();
  await bell(page, 3);
  const [given, decided, replied] = [entries(page).nth(0), entries(page).nth(1), entries(page).nth(2)];
  await given.getByText('assigned you a thread, due 31 May 2031').waitFor();
  expect(await decided.innerText()).toMatch(/decided on a thread, now not accepted[\s\S]*Agreed in May/);
  // The open thread marks all that was told of it: held up, so that what the entry alone does is seen before.
  let goOn = (): void => undefined;
  const seen = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  await page.route('**/threads/read', async (route) => {
    await seen;
    await route.continue();
  });
  await replied.getByRole('link', { name: /Unread: Jonas Okwuosa.* replied/ }).click();
  await clause(page, '1').waitFor();
  const { pathname, searchParams } = new URL(page.url());
  expect([pathname, searchParams.get('thread')]).toEqual([`/drafts/${DRAFT}`, id]);
  await bell(page, 2);
  goOn();
  await bell(page, 0);
  await page.unroute('**/threads/read');
  await page.goBack();
  await entries(page)
    .nth(2)
    .getByRole('link', { name: /^Jonas Okwuosa.* replied/ })
    .waitFor();
});

it('marks one as read by the keyboard, shows only the unread, and marks all', async () => {
  await fresh();
  const { id } = await start(jonas, { body: '@[person:amara] one' });
  await reply(jonas, id, '@[person:amara] two');
  await page.reload();
  await bell(page, 2);
  await page.getByRole('link', { name: 'Unread (2)' }).press('Enter');
  await until(async () => (await entries(page).count()) === 2);
  await entries(page)
    .first()
    .getByRole('button', { name: /^Mark as read/ })
    .press('Enter');
  await bell(page, 1);
  await until(async () => (await entries(page).count()) === 1);
  expect(await entries(page).innerText()).toContain('one');
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Inbox');
  await page.getByRole('button', { name: 'Mark all as read' }).click();
  await bell(page, 0);
  await page.getByRole('heading', { name: 'Nothing unread' }).waitFor();
  expect(await page.getByRole('button', { name: 'Mark all as read' }).isDisabled()).toBe(true);
  await page.getByRole('link', { name: 'All', exact: true }).click();
  await entries(page).first().waitFor();
});

it('outside a draft it looks again when the window is back, and says so', async () => {
  await fresh();
  await start(jonas, { body: '@[person:amara] back' });
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange', { bubbles: true })));
  await bell(page, 1);
  await page.getByRole('status').getByText('1 unread in your inbox').waitFor();
  await entries(page).first().getByText('back').waitFor();
});

it('older ones come on demand', async () => {
  await fresh();
  const { id } = await start(amara, { body: 'Many' });
  for (let i = 0; i < 51; i += 1) await reply(jonas, id, `Reply ${i}`);
  await page.reload();
  await entries(page).first().getByText('Reply 50').waitFor();
  expect(await entries(page).count()).toBe(50);
  await page.getByRole('button', { name: 'Show older ones' }).click();
  await entries(page).nth(50).getByText('Reply 0').waitFor();
});

it('a delegate hears nothing of what is private to the team', async () => {
  const mine = await startAs(browser, server, 'Jonas');
  const before = (await jonas.get('/api/notifications/unread')).body.unread;
  const { id } = await start(mei, { visibility: 'team', body: 'Hush, @[person:jonas] @[person:amara]' });
  await amara.put('/api/notifications/read', { ids: null });
  await reply(mei, id, 'Only us, @[person:amara]');
  await page.goto(`${server.url}/inbox`);
  await entries(page).first().getByText('private to the team').waitFor();
  await mine.reload();
  await bell(mine, before);
  await mine.goto(`${server.url}/inbox`);
  await entries(mine).first().waitFor();
  expect(await mine.getByText('Hush').count()).toBe(0);
  await mine.context().close();
});

describe('mail', () => {
  it('is chosen for each process, and kept', async () => {
    await page.goto(`${server.url}/inbox`);
    await page.getByRole('link', { name: 'Mail settings' }).click();
    const choice = page.getByRole('region', { name: 'Mail' }).getByRole('combobox');
    await page.getByText('This server has no mail server set up').waitFor();
    await until(() => choice.isEnabled());
    expect(await choice.inputValue()).toBe('daily');
    await choice.selectOption('At once');
    await page
      .getByText(/^Mail about .*: at once\.$/)
      .first()
      .waitFor();
    await page.reload();
    await until(async () => (await choice.inputValue()) === 'immediate');
    expect((await amara.get(`/api/processes/${PROCESS}/mail-preference`)).body).toEqual({
      digest: 'immediate',
    });
  });

  it('has nothing to excuse where the server sends mail', async () => {
    const mailbox = await Mailbox.start();
    const sending = await TestServer.start({ env: mailbox.env });
    const other = await startAs(browser, sending, 'Leila');
    await other.goto(`${sending.url}/account`);
    await until(() => other.getByRole('region', { name: 'Mail' }).getByRole('combobox').isEnabled());
    expect(await other.getByText('no mail server').count()).toBe(0);
    await other.context().close();
    await sending.remove();
    await mailbox.close();
  });
});

it.each(['light', 'dark'] as const)('meets WCAG 2.2 AA in %s and fits a phone', async (colorScheme) => {
  const { page: own, context } = await openAs(browser, server, 'Amara', { colorScheme });
  await start(jonas, {
    body: '@[person:amara] **look** at https://example.org/a-long-address/without-any-break-in-it',
  });
  await own.goto(`${server.url}/inbox`);
  await entries(own).first().getByText('look').waitFor();
  expect(await problems(own)).toEqual([]);
  await own.goto(`${server.url}/account`);
  await until(() => own.getByRole('region', { name: 'Mail' }).getByRole('combobox').isEnabled());
  expect(await problems(own)).toEqual([]);
  await own.setViewportSize({ width: 390, height: 800 });
  expect(await overflows(own)).toBe(false);
  await own.goto(`${server.url}/inbox`);
  await entries(own).first().waitFor();
  expect(await overflows(own)).toBe(false);
  await context.close();
});
