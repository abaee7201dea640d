import { anchorRange, type Block, readBlocks } from '@zerodraft/schema';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { problems } from '../support/axe.ts';
import { clause, launch, openAs, openThread } from '../support/browser.ts';
import { TestClient, until } from '../support/client.ts';
import { Person } from '../support/person.ts';
import { TestServer } from '../support/server.ts';
import { start } from '../support/threads.ts';

let server: TestServer;
let browser: Browser;
let amara: Page;
let mei: Page;
let jonas: Page;
let api: Record<'mei' | 'jonas', Person>;
let reader: TestClient;
let blocks: Block[];
beforeAll(async () => {
  server = await TestServer.start();
  browser = await launch();
  api = { mei: await Person.demo(server, 'mei'), jonas: await Person.demo(server, 'jonas') };
  reader = new TestClient(server, api.mei.cookie);
  await reader.synced();
  blocks = readBlocks(reader.doc).filter(({ kind }) => kind === 'paragraph');
  for (const name of ['Amara', 'Mei', 'Jonas'] as const) {
    const { page } = await openAs(browser, server, name);
    await page.getByRole('tab', { name: 'Beside the text' }).click();
    if (name === 'Amara') amara = page;
    if (name === 'Mei') mei = page;
    if (name === 'Jonas') jonas = page;
  }
});
afterAll(async () => {
  reader?.destroy();
  await browser?.close();
  await server?.remove();
});

/** Starts a thread on some characters of the nth clause. @returns its id and the text it hangs on */
async function startOn(person: Person, nth: number, from: number, to: number, fields: object = {}) {
  const block = blocks[nth];
  if (!block) throw new Error('no such clause');
  const ends = { start: { clauseId: block.id, offset: from }, end: { clauseId: block.id, offset: to } };
  const quote = block.text.slice(from, to);
  const { id } = await start(person, {
    kind: 'range',
    clauseId: block.id,
    anchor: anchorRange(reader.doc, ends),
    quote,
    ...fields,
  });
  return { id, quote };
}

const card = (page: Page, id: string) => page.locator(`.margin-cards [data-thread-id="${id}"]`);
const mark = (page: Page, id: string) => page.locator(`.draft-text [data-thread="${id}"]`);
const top = async (page: Page, selector: string) =>
  (await page.locator(selector).first().boundingBox())?.y ?? Number.NaN;

/** Pairs of cards that stand over each other. */
const overlaps = (page: Page) =>
  page.locator('.margin-cards > *').evaluateAll((cards) => {
    const boxes = cards.map((element) => element.getBoundingClientRect()).sort((a, b) => a.top - b.top);
    return boxes.filter((box, index) => index > 0 && box.top < (boxes[index - 1]?.bottom ?? 0)).length;
  });

it('a card stands at the height of its text, for everybody within a moment, and none over another', async () => {
  const { id } = await startOn(api.jonas, 0, 3, 20, { body: 'Near the top' });
  const later = await startOn(api.mei, 3, 0, 12, { body: 'Further down' });
  for (const page of [amara, mei, jonas]) {
    await card(page, id).waitFor();
    await card(page, later.id).waitFor();
    await until(async () => {
      const [beside, text] = [
        await top(page, `.margin-cards [data-thread-id="${id}"]`),
        await top(page, `.draft-text [data-thread="${id}"]`),
      ];
      return Math.abs(beside - text) < 12;
    });
    expect(await overlaps(page)).toBe(0);
  }
  expect(await problems(amara)).toEqual([]);
});

it('crowded cards become lines and a number; all of the clause’s threads are one click away', async () => {
  for (let nth = 0; nth < 8; nth += 1) await startOn(api.jonas, 1, nth, nth + 6, { body: `Crowded ${nth}` });
  await amara
    .getByText('+7', { exact: true })
    .or(amara.getByText(/^[1-7] more$/))
    .first()
    .waitFor();
  expect(await overlaps(amara)).toBe(0);
  const count = amara.locator(`[data-threads-of="${blocks[1]?.id}"]`);
  await until(async () => (await count.innerText()) === '8');
  const number = await clause(amara, '2').boundingBox();
  const bubble = await count.boundingBox();
  expect(Math.abs((bubble?.y ?? 0) - (number?.y ?? 0))).toBeLessThan(12);
  expect((bubble?.x ?? 0) < (number?.x ?? 0)).toBe(true);
  await count.click();
  await amara.getByText('8 threads', { exact: true }).waitFor();
  await amara.getByRole('tab', { name: 'Beside the text' }).click();
});

it('overlapping and nested ranges are each marked, and each can be reached in the text', async () => {
  const outer = await startOn(api.jonas, 4, 0, 14, { body: 'Outer' });
  const inner = await startOn(api.jonas, 4, 4, 8, { body: 'Inner' });
  const across = await startOn(api.mei, 4, 10, 18, { body: 'Across the end' });
  for (const { id, quote } of [outer, inner, across]) {
    await mark(mei, id).first().waitFor();
    await until(async () => (await mark(mei, id).allTextContents()).join('') === quote);
  }
  for (const { id } of [inner, across, outer]) {
    await until(async () => {
      await mark(mei, id)
        .last()
        .click({ position: { x: 2, y: 8 } });
      return (await mei.locator(`.margin-open [data-thread-id="${id}"]`).count()) > 0;
    });
    expect(await overlaps(mei)).toBe(0);
  }
});

it('when its text is deleted a thread stays with its clause, and comes back with an undo', async () => {
  const { id, quote } = await startOn(api.jonas, 5, 0, 9, { body: 'On what goes' });
  await card(jonas, id).waitFor();
  await mark(mei, id).first().waitFor();
  await clause(mei, '6').evaluate((block) => {
    const text = document.createTreeWalker(block, NodeFilter.SHOW_TEXT).nextNode();
    if (text) window.getSelection()?.setBaseAndExtent(text, 0, text, 9);
  });
  await mei.locator('.draft-text').focus();
  await mei.keyboard.press('Delete');
  await mark(mei, id).first().waitFor({ state: 'detached' });
  for (const page of [mei, jonas]) {
    await page.getByRole('tab', { name: 'Comments', exact: true }).click();
    const open = await openThread(page, 'On what goes');
    await open.getByText('Text removed').waitFor();
    expect(await open.locator('q').first().innerText()).toContain(quote.trim());
    await open.locator('.thread-where').getByText('6', { exact: true }).waitFor();
  }
  await mei.locator('.draft-text').focus();
  await mei.keyboard.press('Control+z');
  for (const page of [mei, jonas]) {
    await until(async () => (await mark(page, id).allTextContents()).join('') === quote);
    await page.getByText('Text removed').waitFor({ state: 'detached' });
  }
});

it('when the whole clause is deleted its threads stay with the section', async () => {
  const { id } = await startOn(api.jonas, 6, 0, 9, {
    body: 'On a clause that goes',
    sectionId: sectionOf(6),
  });
  await mark(mei, id).first().waitFor();
  const block = mei.locator(`[data-block-id="${blocks[6]?.id}"]`);
  await block.click();
  await mei.getByRole('button', { name: /^Menu of / }).click();
  await mei.getByRole('menuitem', { name: 'Delete' }).click();
  await block.waitFor({ state: 'detached' });
  const open = await openThread(jonas, 'On a clause that goes');
  await open.getByText('Text removed').waitFor();
  await open.locator('.thread-where').getByText('Section', { exact: true }).waitFor();
  await mei.locator('.draft-text').focus();
  await mei.keyboard.press('Control+z');
  await mark(jonas, id).first().waitFor();
  await open.getByText('Text removed').waitFor({ state: 'detached' });
});

/** The heading above the nth clause. */
function sectionOf(nth: number): string | null {
  const all = readBlocks(reader.doc);
  const at = all.findIndex(({ id }) => id === blocks[nth]?.id);
  return all.slice(0, at).findLast(({ kind }) => kind === 'section' || kind === 'objective')?.id ?? null;
}
