import { anchorRange, readBlocks } from '@zerodraft/schema';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { problems } from '../support/axe.ts';
import { launch, openAs, openThread } from '../support/browser.ts';
import { TestClient, until } from '../support/client.ts';
import { Person } from '../support/person.ts';
import { TestServer } from '../support/server.ts';
import { reply, start, THREADS, threadsOf } from '../support/threads.ts';

const MANY = 200;
const RARE = 'quixotic';

let server: TestServer;
let browser: Browser;
let amara: Page;
let jonas: Page;
let api: Record<'amara' | 'mei' | 'jonas', Person>;
beforeAll(async () => {
  server = await TestServer.start();
  browser = await launch();
  api = {
    amara: await Person.demo(server, 'amara'),
    mei: await Person.demo(server, 'mei'),
    jonas: await Person.demo(server, 'jonas'),
  };
  const reader = new TestClient(server, api.amara.cookie);
  await reader.synced();
  const blocks = readBlocks(reader.doc).filter(({ kind }) => kind === 'paragraph');
  const [first, second] = blocks;
  const last = blocks.at(-1);
  if (!first || !second || !last) throw new Error('the sample has no clauses');
  const on = (clauseId: string) => ({
    kind: 'range',
    clauseId,
    anchor: anchorRange(reader.doc, {
      start: { clauseId, offset: 0 },
      end: { clauseId, offset: 10 },
    }),
    quote: 'quoted',
  });
  await start(api.jonas, { ...on(last.id), body: `At the end, ${RARE} words` });
  const asked = await start(api.jonas, { ...on(second.id), body: 'A question for @[person:amara]' });
  await start(api.mei, { ...on(first.id), body: 'A note of the drafters' });
  const answered = await start(api.jonas, { ...on(first.id), body: 'An answered one' });
  await reply(api.mei, answered.id, 'It is so.');
  await api.amara.put(`${THREADS}/${asked.id}/labels`, { labels: ['legal'] });
  reader.destroy();
  for (const name of ['Amara', 'Jonas'] as const) {
    const { page } = await openAs(browser, server, name);
    await page.getByRole('tab', { name: 'Comments' }).click();
    await page.getByTestId('thread').nth(3).waitFor();
    if (name === 'Amara') amara = page;
    else jonas = page;
  }
});
afterAll(async () => {
  await browser?.close();
  await server?.remove();
});

/** The first words of the threads that are listed, in their order. */
const listed = (page: Page) => page.locator('.thread-list .thread-words').allInnerTexts();
const lists = (page: Page, ...texts: RegExp[]) =>
  until(async () => {
    const found = await listed(page);
    return found.length === texts.length && texts.every((text, index) => text.test(found[index] ?? ''));
  });
const chip = (page: Page, name: string | RegExp) =>
  page.getByRole('group', { name: 'Which threads' }).getByRole('button', { name });

it('lists threads in the order of the text', async () => {
  await lists(amara, /drafters/, /answered/, /question/, /end/);
});

it('filters by whom they concern', async () => {
  await chip(amara, 'Mentions me').click();
  await lists(amara, /question/);
  await chip(amara, 'Unanswered').click();
  await lists(amara, /drafters/, /question/, /end/);
  await chip(jonas, 'Mine').click();
  await lists(jonas, /answered/, /question/, /end/);
  await chip(amara, 'Mine').click();
  await lists(amara);
  await amara.getByText('No thread passes these filters.').waitFor();
  for (const page of [amara, jonas]) await chip(page, 'All').click();
});

it('filters by organisation, section, round and label, and orders', async () => {
  await amara.getByRole('button', { name: 'Filter' }).click();
  const pick = async (name: string, option: RegExp): Promise<void> => {
    const select = amara.getByRole('combobox', { name, exact: true });
    const texts = await select.locator('option').allInnerTexts();
    await select.selectOption({ index: texts.findIndex((text) => option.test(text)) });
  };
  await pick('Organisation', /Pacific/);
  await lists(amara, /answered/, /question/, /end/);
  await pick('Section', /Preamble/);
  await lists(amara, /answered/, /question/);
  await pick('Label', /legal/);
  await lists(amara, /question/);
  expect(await amara.getByRole('button', { name: 'Filter (3)' }).count()).toBe(1);
  await amara.getByRole('button', { name: 'Clear filters' }).click();
  await pick('Round', /Outside of rounds/);
  await lists(amara);
  await pick('Round', /Open for trying out/);
  await lists(amara, /drafters/, /answered/, /question/, /end/);
  await pick('Order', /Oldest/);
  await lists(amara, /end/, /question/, /drafters/, /answered/);
  await pick('Order', /Latest/);
  await lists(amara, /answered/, /drafters/, /question/, /end/);
  expect(await problems(amara)).toEqual([]);
  await pick('Order', /text/);
  await amara.getByRole('button', { name: 'Clear filters' }).click();
  await amara.getByRole('button', { name: 'Filter', exact: true }).click();
});

it('finds words, also in replies, and shows them', async () => {
  await amara.getByRole('searchbox', { name: 'Search comments' }).fill('quixot');
  await lists(amara, /quixotic/);
  expect(await amara.locator('.thread-list mark').allInnerTexts()).toEqual([RARE]);
  await amara.getByRole('searchbox', { name: 'Search comments' }).fill('"it is so"');
  await lists(amara, /It is so/);
  await amara.getByRole('searchbox', { name: 'Search comments' }).fill('');
  await lists(amara, /drafters/, /answered/, /question/, /end/);
});

it('is gone through by keys: arrows move, Enter opens and closes', async () => {
  await amara.locator('.thread-list .thread-open').first().focus();
  await amara.keyboard.press('ArrowDown');
  await amara.keyboard.press('ArrowDown');
  await amara.locator('.thread-open:focus').getByText('question').waitFor();
  await amara.keyboard.press('Enter');
  await amara.locator('.thread-open:focus[aria-expanded=true]').waitFor();
  await amara.getByRole('textbox', { name: 'Reply' }).waitFor();
  await amara.keyboard.press('Enter');
  await amara.getByRole('textbox', { name: 'Reply' }).waitFor({ state: 'detached' });
  await amara.keyboard.press('End');
  await amara.locator('.thread-open:focus').getByText(RARE).waitFor();
  await amara.keyboard.press('Home');
  await amara.locator('.thread-open:focus').getByText('drafters').waitFor();
});

it('unread marks are one’s own, and go when one reads', async () => {
  await chip(jonas, /^Unread 2$/).click();
  await lists(jonas, /drafters/, /answered/);
  await openThread(jonas, 'drafters');
  await chip(jonas, /^Unread 1$/).waitFor();
  await jonas.getByRole('button', { name: 'Mark as read' }).click();
  await chip(jonas, /^Unread$/).waitFor();
  await jonas.reload();
  await jonas.getByRole('tab', { name: 'Comments' }).click();
  await jonas.getByTestId('thread').first().waitFor();
  await chip(jonas, /^Unread$/).waitFor();
  await reply(api.mei, (await openIds('An answered one'))[0] ?? '', 'And more.');
  await chip(jonas, /^Unread 1$/).waitFor();
});

async function openIds(text: string): Promise<string[]> {
  const threads = [...(await threadsOf(api.amara)).values()];
  return threads.filter(({ comments }) => comments[0].body.startsWith(text)).map(({ id }) => id);
}

it('many are decided on at once, with one reason, and only by the team', async () => {
  expect(await jonas.getByLabel('Select all').count()).toBe(0);
  await amara.locator('.thread-list .thread-open').first().focus();
  await amara.keyboard.press(' ');
  await amara.keyboard.press('ArrowDown');
  await amara.keyboard.press('ArrowDown');
  await amara.keyboard.press(' ');
  await amara.getByText('2 selected').waitFor();
  const bulk = amara.locator('.bulk-bar');
  await bulk.getByRole('button', { name: 'Decide' }).click();
  await amara.getByRole('menuitem', { name: 'Decide with a reason…' }).click();
  await amara.getByRole('dialog').getByLabel('Accepted', { exact: true }).check();
  await amara
    .getByRole('dialog')
    .getByLabel(/^Reason/)
    .fill('As agreed in the round.');
  await amara.getByRole('dialog').getByRole('button', { name: 'Decide' }).click();
  await lists(amara, /answered/, /end/);
  const decided = [...(await threadsOf(api.jonas)).values()].filter(({ state }) => state === 'accepted');
  expect(decided.map(({ decided: { by, reason } }) => [by.id, reason])).toEqual([
    ['amara', 'As agreed in the round.'],
    ['amara', 'As agreed in the round.'],
  ]);
  await jonas.getByText('2 threads', { exact: true }).waitFor();
});

it('hundreds are listed with few drawn, and decided on in one go', async () => {
  const people = [api.jonas, api.mei, api.amara];
  for (let from = 0; from < MANY; from += 20)
    await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        start(people[index % 3] ?? api.jonas, { body: `Remark ${from + index}` }),
      ),
    );
  await amara.getByText(`${MANY + 2} threads`, { exact: true }).waitFor();
  expect(await amara.getByTestId('thread').count()).toBeLessThan(60);
  await amara.locator('.thread-list .thread-open').first().focus();
  await amara.keyboard.press('End');
  await amara.locator('.thread-open:focus').getByText(RARE).waitFor();
  await amara.getByLabel('Select all').check();
  await amara.locator('.bulk-bar').getByRole('button', { name: 'Decide' }).click();
  await amara.getByRole('menuitem', { name: 'Resolve' }).click();
  await amara.getByText('0 threads', { exact: true }).waitFor();
  await jonas.getByText('0 threads', { exact: true }).waitFor();
});
