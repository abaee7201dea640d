import { anchorRange, anchorsOf, readBlocks } from '@zerodraft/schema';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { clause, launch, openAs } from '../support/browser.ts';
import { TestClient, until } from '../support/client.ts';
import { Person } from '../support/person.ts';
import { TestServer } from '../support/server.ts';
import { start, threadsOf } from '../support/threads.ts';

let server: TestServer;
let browser: Browser;
let jonas: Page;
let amara: Person;
beforeAll(async () => {
  server = await TestServer.start();
  browser = await launch();
  jonas = (await openAs(browser, server, 'Jonas')).page;
  amara = await Person.demo(server, 'amara');
});
afterAll(async () => {
  await browser?.close();
  await server?.remove();
});

const field = (page: Page) => page.getByRole('textbox', { name: 'Write a comment' });

/** Begins a comment on all of a clause. */
async function begin(page: Page, citation: string, body: string): Promise<void> {
  await clause(page, citation).evaluate((block) => window.getSelection()?.selectAllChildren(block));
  await page.getByRole('button', { name: 'Comment', exact: true }).click();
  await field(page).fill(body);
}
const send = (page: Page) => page.locator('form').getByRole('button', { name: 'Comment' }).click();

/** Sets the caret behind a clause's tenth character; set again when the editor drew over it before it had heard of it. */
async function caretIn(block: Locator): Promise<void> {
  await until(() =>
    block.evaluate(async (element) => {
      const text = document.createTreeWalker(element, NodeFilter.SHOW_TEXT).nextNode();
      const selection = window.getSelection();
      if (text === null || selection === null) return false;
      const editor = element.closest<HTMLElement>('.draft-text');
      editor?.focus();
      selection.setPosition(text, 10);
      for (let frames = 2; frames > 0; frames -= 1) await new Promise(requestAnimationFrame);
      return (
        document.activeElement === editor && selection.anchorNode === text && selection.anchorOffset === 10
      );
    }),
  );
}

/** How many threads begin with this body, as the server has them. */
async function kept(body: string): Promise<number> {
  const threads = [...(await threadsOf(amara)).values()];
  return threads.filter(({ comments }) => comments[0].body === body).length;
}

it('what is being written survives a reload, with its place', async () => {
  await begin(jonas, '1', 'Half a thou');
  await jonas.reload();
  await jonas.locator('.draft-text').waitFor();
  await jonas.getByRole('tab', { name: /Comments/ }).click();
  await field(jonas).waitFor();
  expect(await field(jonas).innerText()).toBe('Half a thou');
  await field(jonas).fill('A whole thought');
  await send(jonas);
  await jonas.getByTestId('thread').getByText('A whole thought').waitFor();
  expect(await field(jonas).count()).toBe(0);
  expect(await kept('A whole thought')).toBe(1);
});

it('what is sent while the server cannot be reached waits over a reload, and arrives once', async () => {
  await jonas.route('**/threads', (route) =>
    route.request().method() === 'POST' ? route.abort() : route.continue(),
  );
  await begin(jonas, '2', 'Out of reach');
  await send(jonas);
  await jonas.getByTestId('unsent').getByText('Waiting to be sent').waitFor();
  await jonas.reload();
  await jonas.locator('.draft-text').waitFor();
  await jonas.getByRole('tab', { name: /Comments/ }).click();
  await jonas.getByTestId('unsent').getByText('Out of reach').waitFor();
  expect(await kept('Out of reach')).toBe(0);
  await jonas.unroute('**/threads');
  await jonas.getByTestId('thread').getByText('Out of reach').waitFor();
  await until(async () => (await jonas.getByTestId('unsent').count()) === 0);
  expect(await kept('Out of reach')).toBe(1);
});

it('an answer that is lost on its way makes no second comment', async () => {
  let lost = 0;
  await jonas.route('**/threads', async (route) => {
    if (route.request().method() !== 'POST' || lost > 0) return route.continue();
    lost += 1;
    await route.fetch();
    return route.abort();
  });
  await begin(jonas, '3', 'Heard twice');
  await send(jonas);
  await until(
    async () => (await kept('Heard twice')) === 1 && (await jonas.getByTestId('unsent').count()) === 0,
  );
  expect([lost, await kept('Heard twice')]).toEqual([1, 1]);
  await jonas.unroute('**/threads');
});

it('what the server refuses is given back with the reason', async () => {
  const rounds = '/api/processes/global-compact-sample/rounds';
  const { body } = await amara.get(rounds);
  const open = body.rounds.find(({ name }: { name: string }) => name === 'Open for trying out');
  await begin(jonas, '4', 'Too late');
  // The page does not hear of it before it sends.
  await jonas.route('**/api/drafts/*', (route) => route.abort());
  await amara.post(`${rounds}/${open.id}/close`);
  await send(jonas);
  const unsent = jonas.getByTestId('unsent');
  await unsent.getByText(/Not sent: Comments have been closed since/).waitFor();
  await amara.post(`${rounds}/${open.id}/reopen`, { closesAt: null });
  await unsent.getByRole('button', { name: 'Send again' }).click();
  await jonas.getByTestId('thread').getByText('Too late').waitFor();
  expect(await kept('Too late')).toBe(1);
  await jonas.unroute('**/api/drafts/*');
});

it('a private thread is on the team’s pages and not on a delegate’s, until it is made visible', async () => {
  const { page: mei } = await openAs(browser, server, 'Mei');
  const thread = await start(amara, { visibility: 'team', body: 'Between us' });
  await mei.getByRole('tab', { name: /Comments/ }).click();
  const card = mei.getByTestId('thread').filter({ hasText: 'Between us' });
  await card.getByText('Private to the team').waitFor();
  await jonas.getByRole('tab', { name: /Comments/ }).click();
  await start(amara, { body: 'For all' });
  await jonas.getByTestId('thread').getByText('For all').waitFor();
  expect(await jonas.getByText('Between us').count()).toBe(0);
  await amara.put(`/api/drafts/global-compact-sample-zero-draft/threads/${thread.id}/visibility`, {
    visibility: 'all',
  });
  await jonas.getByTestId('thread').getByText('Between us').waitFor();
  await mei.context().close();
});

it('a private thread’s place that was lost on its way is sent again, the newest one', async () => {
  const mei = await Person.demo(server, 'mei');
  const reader = new TestClient(server, mei.cookie);
  await reader.synced();
  const block = readBlocks(reader.doc).find(({ kind, text }) => kind === 'paragraph' && text.length > 60);
  if (!block) throw new Error('no long clause');
  const range = { start: { clauseId: block.id, offset: 30 }, end: { clauseId: block.id, offset: 40 } };
  const quote = block.text.slice(30, 40);
  const { id } = await start(amara, {
    kind: 'range',
    clauseId: block.id,
    anchor: anchorRange(reader.doc, range),
    quote,
    visibility: 'team',
    body: 'Kept among us, and lost',
  });
  const { page } = await openAs(browser, server, 'Mei');
  const home = page.locator(`.draft-text [data-block-id]:has([data-thread="${id}"])`);
  await home.waitFor();
  let lost = 0;
  await page.route('**/place', (route) => {
    lost += 1;
    return route.abort();
  });
  for (let split = 1; split <= 2; split += 1) {
    const before = await home.getAttribute('data-block-id');
    await caretIn(home);
    await page.keyboard.press('Enter');
    await until(async () => (await home.getAttribute('data-block-id')) !== before);
  }
  const newest = await home.getAttribute('data-block-id');
  await until(async () => readBlocks(reader.doc).some((known) => known.id === newest));
  await until(async () => lost > 0);
  expect((await threadsOf(mei)).get(id).clauseId).toBe(block.id);
  await page.unroute('**/place');
  await until(async () => (await threadsOf(mei)).get(id).clauseId === newest);
  expect(await page.locator(`.draft-text [data-thread="${id}"]`).allTextContents()).toEqual([quote]);
  expect([...anchorsOf(reader.doc).keys()]).not.toContain(id);
  reader.destroy();
  await page.context().close();
});

it('a private thread’s mark follows a split and its undo, and nothing of it enters the document', async () => {
  const mei = await Person.demo(server, 'mei');
  const reader = new TestClient(server, mei.cookie);
  await reader.synced();
  const block = readBlocks(reader.doc).find(({ kind, text }) => kind === 'paragraph' && text.length > 60);
  if (!block) throw new Error('no long clause');
  const [from, to] = [30, 40];
  const range = { start: { clauseId: block.id, offset: from }, end: { clauseId: block.id, offset: to } };
  const quote = block.text.slice(from, to);
  const { id } = await start(amara, {
    kind: 'range',
    clauseId: block.id,
    anchor: anchorRange(reader.doc, range),
    quote,
    visibility: 'team',
    body: 'Kept among us',
  });
  const pages = [
    (await openAs(browser, server, 'Mei')).page,
    (await openAs(browser, server, 'Amara')).page,
  ] as const;
  const marked = async (page: Page): Promise<string> =>
    (await page.locator(`.draft-text [data-thread="${id}"]`).allTextContents()).join('');
  const homes = async (): Promise<Set<string | null>> =>
    new Set(
      await Promise.all(
        pages.map((page) =>
          page
            .locator(`.draft-text [data-block-id]:has([data-thread="${id}"])`)
            .first()
            .getAttribute('data-block-id'),
        ),
      ),
    );
  for (const page of pages) await until(async () => (await marked(page)) === quote);
  const [writer] = pages;
  await caretIn(writer.locator(`[data-block-id="${block.id}"]`));
  await writer.keyboard.press('Enter');
  const threadHome = async (): Promise<string> => (await threadsOf(mei)).get(id).clauseId;
  await until(async () => (await threadHome()) !== block.id);
  const second = await threadHome();
  for (const page of pages) await until(async () => (await marked(page)) === quote);
  expect(await homes()).toEqual(new Set([second]));
  await writer.keyboard.press('Control+z');
  await until(async () => (await threadHome()) === block.id);
  for (const page of pages) await until(async () => (await marked(page)) === quote);
  expect(await homes()).toEqual(new Set([block.id]));
  expect(readBlocks(reader.doc).some(({ text }) => text === block.text)).toBe(true);
  expect([...anchorsOf(reader.doc).keys()]).not.toContain(id);
  expect(await jonas.locator(`[data-thread="${id}"]`).count()).toBe(0);
  reader.destroy();
  for (const page of pages) await page.context().close();
});
