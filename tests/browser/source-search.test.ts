import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { PROCESS } from '../support/account.ts';
import { overflows, problems } from '../support/axe.ts';
import { launch, startAs } from '../support/browser.ts';
import { readSource } from '../support/documents.ts';
import { Person } from '../support/person.ts';
import { inSight, schools, text } from '../support/reader.ts';
import { TestServer } from '../support/server.ts';

let server: TestServer;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  server = await TestServer.start();
  browser = await launch();
  const amara = await Person.demo(server, 'amara');
  await schools(amara);
  await readSource(amara, 'Fish.\n\nKelpwood grows in the sea.', 'sea.txt', { title: 'On the sea' });
  await readSource(amara, 'تنمو غابات الأعشاب.\n\nيجب أن تتعاون الدول.', 'arabic.txt', {
    title: 'عن البحر',
    language: 'ar',
  });
  await readSource(amara, '第一段。\n\n各国根据IOM的报告保护移民工人，移民不受拘留。', 'chinese.txt', {
    title: '报告',
    language: 'zh',
  });
  page = await startAs(browser, server, 'Jonas');
});
afterAll(async () => {
  await browser?.close();
  await server?.remove();
});

const box = (on = page) => on.getByRole('searchbox', { name: 'Search in the texts of all sources' });
const hits = (on = page) => on.getByRole('list', { name: 'Places in the texts' }).getByRole('listitem');
const open = (on = page, search = ''): Promise<unknown> =>
  on.goto(`${server.url}/processes/${PROCESS}/sources${search}`);

it('a place that is found opens the document there, with the words marked; the way back finds the same', async () => {
  await open();
  await box().fill('kelpw');
  await page.getByText('2 places in 2 sources').waitFor();
  expect((await hits().locator('mark').allInnerTexts()).sort()).toEqual(['Kelpwood', 'kelpwood']);
  const link = hits().filter({ hasText: 'On schools' }).getByRole('link');
  expect(await link.innerText()).toContain('Paragraph 241');
  await link.focus();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'On schools' }).waitFor();
  await inSight(text(241, page).locator('.mark-hit'));
  expect(await text(241, page).locator('.mark-hit').allInnerTexts()).toEqual(['kelpwood']);
  expect(await page.getByRole('searchbox', { name: 'Search in the document' }).inputValue()).toBe('kelpw');
  await page.goBack();
  await page.getByText('2 places in 2 sources').waitFor();
  expect(await box().inputValue()).toBe('kelpw');
});

it('words without spaces are found within a text and marked there', async () => {
  await open();
  await box().fill('移民');
  await page.getByText('1 place in 1 source').waitFor();
  expect(await hits().locator('mark').allInnerTexts()).toEqual(['移民', '移民']);
  await hits().getByRole('link').click();
  await inSight(text(2, page).locator('.mark-hit').first());
  expect(await text(2, page).locator('.mark-hit').allInnerTexts()).toEqual(['移民', '移民']);
});

it('of many places, a page at a time; of none, it says so', async () => {
  await open();
  await box().fill('"access to schools"');
  await page.getByText('200 places in 1 source').waitFor();
  expect(await hits().count()).toBe(20);
  await page.getByRole('button', { name: 'Show more places' }).click();
  await hits().nth(39).waitFor();
  expect(await hits().count()).toBe(40);
  // The place that was chosen is the one that is shown, of two hundred.
  const chosen = hits().nth(30).getByRole('link');
  const n = Number(/Paragraph (\d+)/.exec(await chosen.innerText())?.[1]);
  await chosen.click();
  await inSight(text(n, page).locator('.mark-now').first());
  await open();
  await box().fill('nowhere at all');
  await page.getByText('No text has these words.').waitFor();
  expect(await hits().count()).toBe(0);
  await box().fill('');
  await page.getByText('No text has these words.').waitFor({ state: 'detached' });
});

it('has no barriers, in dark, on a phone and in text that is read from the right', async () => {
  const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
  for (const options of [{}, { colorScheme: 'dark' as const }, phone]) {
    const other = await startAs(browser, server, 'Jonas', options);
    await open(other, `?text=${encodeURIComponent('الدول')}`);
    await other.getByText('1 place in 1 source').waitFor();
    const excerpt = hits(other).locator('p');
    expect(await excerpt.evaluate((element) => getComputedStyle(element).direction)).toBe('rtl');
    expect(await excerpt.locator('mark').allInnerTexts()).toEqual(['الدول']);
    expect(await problems(other)).toEqual([]);
    expect(await overflows(other)).toBe(false);
    await other.context().close();
  }
});
