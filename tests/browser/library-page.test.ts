import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { overflows, problems } from '../support/axe.ts';
import { launch, startAs } from '../support/browser.ts';
import { until } from '../support/client.ts';
import { allOf, newProcess, pageOf } from '../support/library.ts';
import { LibraryScreen, lighthouses, SAMPLE, take } from '../support/library-page.ts';
import { Person } from '../support/person.ts';
import { TestServer } from '../support/server.ts';

let server: TestServer;
let browser: Browser;
let amara: Person;
let page: Page;
let library: LibraryScreen;
/** A process with as many rows as none would scroll through. */
let large: string;

beforeAll(async () => {
  server = await TestServer.start();
  browser = await launch();
  amara = await Person.demo(server, 'amara');
  await take(amara, lighthouses(24));
  large = (await newProcess(amara, 'Large')).split('/').at(-1) ?? '';
  await take(amara, lighthouses(3_000, 'B'), large);
  page = await startAs(browser, server, 'Amara');
  page.setDefaultTimeout(20_000);
  library = new LibraryScreen(page, server);
});
afterAll(async () => {
  await browser?.close();
  await server?.remove();
});

describe('facets', () => {
  it('narrow the list, count what each value would leave, and can be taken away again', async () => {
    await library.open('?q=lighthouse');
    await library.found(24);
    expect(await library.values('Source')).toEqual(['Pilots 16', 'Lighthouse keepers 8']);
    expect(await library.values('Session')).toEqual(['Session 1 12', 'Session 2 12']);
    await library.choose('Source', 'Lighthouse keepers');
    await library.found(8);
    // The others follow; of its own values each still says what it would add.
    await until(async () => (await library.values('Session')).join() === 'Session 1 4,Session 2 4');
    expect(await library.values('Source')).toEqual(['Pilots 16', 'Lighthouse keepers 8']);
    await library.choose('Source', 'Pilots');
    await library.found(24);
    await library.choose('Session', 'Session 2');
    await library.found(12);
    expect((await library.chips.allInnerTexts()).map((text) => text.replace(/\s+/g, ' '))).toEqual([
      'Words lighthouse',
      'Source Lighthouse keepers',
      'Source Pilots',
      'Session Session 2',
      'Take all away',
    ]);
    await library.button('Take away Source: Pilots').click();
    await library.found(4);
    await page.goBack();
    await library.found(12);
    await library.button('Take all away').click();
    await library.found(340);
    expect(await library.chips.count()).toBe(0);
    expect(library.address.search).toBe('');
  });

  it('fold what is long, find in it, and know what has no value', async () => {
    await library.open();
    await library.found(340);
    const sources = library.facet('Source');
    expect(await sources.locator('.facet-value').count()).toBe(7);
    await sources.getByRole('button', { name: /^Show all/ }).click();
    await sources.getByRole('searchbox').fill('lighthouse KEEP');
    await sources.getByRole('checkbox', { name: 'Lighthouse keepers' }).check();
    await library.found(8);
    // Chosen, it stays in sight when the rest is folded again.
    await sources.getByRole('button', { name: /^Show fewer/ }).click();
    expect(await sources.getByRole('checkbox', { name: 'Lighthouse keepers' }).isChecked()).toBe(true);
    await library.button('Take away Source: Lighthouse keepers').click();
    const nowhere = [...(await allOf(amara)).values()].filter(({ region }) => region === '').length;
    await library.choose('Regions', 'None');
    await library.found(nowhere);
    await library.choose('Linked to clauses', 'Not linked');
    await until(async () => /^Open \d+$/.test((await library.values('Disposition')).join()));
  });

  it('count the links of one draft, when that is asked for', async () => {
    const { status, body } = await amara.post(`/api/processes/${SAMPLE}/drafts`, { title: 'A second draft' });
    expect(status).toBe(201);
    await library.open();
    await library.choose('Linked to clauses', 'Not linked');
    await library.found(284);
    await page.getByLabel('Links of').selectOption({ label: 'In A second draft' });
    await library.found(340);
    expect(library.address.searchParams.get('draft')).toContain(body.id);
    await library.button('Take away Links in: A second draft').click();
    await library.found(284);
    await library.open(`?draft=gone`);
    await page.getByText('There is no such draft in this process.').first().waitFor();
    await library.button('Count the links of any draft').click();
    await library.found(340);
  });
});

describe('search', () => {
  it('marks what was found: words, beginnings, phrases; its help says how', async () => {
    await library.open();
    await library.button('How to search').click();
    await page.getByText('the words side by side').waitFor();
    await page.keyboard.press('Escape');
    await library.box.fill('harbours light');
    await library.found(24);
    expect(await library.row('LH-01').locator('mark').allInnerTexts()).toEqual([
      'Light',
      'harbour',
      'lighthouse',
    ]);
    await library.box.fill('"a lighthouse" "number 07"');
    await library.found(1);
    await library.box.fill('"lighthouse harbour"');
    await page.getByRole('heading', { name: 'Nothing fits' }).waitFor();
    await library.button('Take all filters away').click();
    await library.found(340);
    expect(await library.box.inputValue()).toBe('');
  });

  it('marks words in writings without spaces, wherever they stand', async () => {
    const process = (await newProcess(amara, 'Chinese')).split('/').at(-1) ?? '';
    const row = (reference: string, title: string, text: string) => [reference, title, text, 'S', '', '', ''];
    const rows = [
      row('ZH-1', '关于移民儿童的建议', '根据IOM的报告，各国应当终止对移民儿童的拘留。'),
      row('ZH-2', '学校', '每一名儿童都应入学。'),
    ];
    await take(amara, rows, process);
    const chinese = new LibraryScreen(page, server, process);
    await chinese.open();
    await chinese.found(2);
    await chinese.box.fill('移民 iom');
    await chinese.found(1);
    expect(await chinese.row('ZH-1').locator('mark').allInnerTexts()).toEqual(['移民', 'IOM', '移民']);
    await chinese.box.fill('"儿童都应"');
    await chinese.row('ZH-2').locator('mark').first().waitFor();
    expect(await chinese.row('ZH-2').locator('mark').allInnerTexts()).toEqual(['儿童都应']);
  });

  it('stands in the address: linked, reloaded, gone back to; typing is one step', async () => {
    await library.open('?utm_source=mail');
    await library.found(340);
    await library.open();
    await library.found(340);
    const before = await page.evaluate(() => window.history.length);
    await library.box.pressSequentially('lighthouse 2017', { delay: 40 });
    await library.box.fill('2017 lighthouse');
    await page.getByRole('heading', { name: 'Nothing fits' }).waitFor();
    await library.box.fill('lighthouse');
    await library.found(24);
    expect(await page.evaluate(() => window.history.length)).toBe(before);
    await library.choose('Session', 'Session 1');
    await library.found(12);
    await library.button('Order: Best match').click();
    await page.getByRole('menuitemradio', { name: 'Reference' }).click();
    await library.button('Ascending: turn it round').click();
    await until(async () => (await library.references())[0] === 'LH-23');
    await page.reload();
    await library.found(12);
    expect((await library.references()).slice(0, 3)).toEqual(['LH-23', 'LH-21', 'LH-19']);
    expect(await library.box.inputValue()).toBe('lighthouse');
    for (const first of ['LH-01', 'LH-01']) {
      await page.goBack();
      await until(async () => (await library.references())[0] === first);
    }
    await page.goBack();
    await library.found(24);
    // What an address says wrongly is left out; a number is text.
    await library.open('?q=24&sort=backwards&disposition=%5B%22nonsense%22%5D&from=yesterday');
    await page.getByRole('link', { name: 'LH-24' }).waitFor();
    expect(await library.box.inputValue()).toBe('24');
  });
});

describe('the list', () => {
  it('draws and fetches what is in sight, up to its end', async () => {
    const all = new LibraryScreen(page, server, large);
    await all.open();
    await all.found(3_000);
    expect(await page.locator('.library-row').count()).toBeLessThan(60);
    await all.link('B-0001').focus();
    await page.keyboard.press('End');
    await all.link('B-3000').waitFor();
    await until(() => all.link('B-3000').evaluate((link) => link === document.activeElement));
    expect(await page.locator('.library-row').count()).toBeLessThan(60);
    await page.keyboard.press('Home');
    await until(() => all.link('B-0001').evaluate((link) => link === document.activeElement));
    // In the middle, with the mouse: rows come as they come into sight.
    await page.evaluate(() => window.scrollTo({ top: document.body.scrollHeight / 2 }));
    await page
      .locator('.row-reference', { hasText: /^B-1[45]/ })
      .first()
      .waitFor();
  });

  it('is worked through by keys: up and down, open and back, choose one, a stretch, all', async () => {
    await library.open('?q=lighthouse&sort=reference');
    await library.found(24);
    await library.box.press('ArrowDown');
    const isAt = (reference: string) =>
      until(() => library.link(reference).evaluate((link) => link === document.activeElement));
    await isAt('LH-01');
    await page.keyboard.press('j');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('k');
    await isAt('LH-02');
    await page.keyboard.press('x');
    await page.keyboard.press('Shift+ArrowDown');
    await page.keyboard.press('Shift+J');
    await page.getByText('3 recommendations chosen').waitFor();
    await page.keyboard.press('Space');
    await page.getByText('2 recommendations chosen').waitFor();
    await page.keyboard.press('Escape');
    expect(await library.button('Choose none').count()).toBe(0);
    await library.check('LH-05').click();
    await library.check('LH-09').click({ modifiers: ['Shift'] });
    await page.getByText('5 recommendations chosen').waitFor();
    await page.keyboard.press('Control+a');
    await page.getByText('24 recommendations chosen').waitFor();
    expect(await page.getByRole('checkbox', { name: 'Choose all that are found' }).isChecked()).toBe(true);

    await page.keyboard.press('ArrowDown');
    await isAt('LH-10');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/recommendations\//);
    await page.goBack();
    await library.found(24);
    await isAt('LH-10');
  });

  it('follows what others do when one comes back to it; the keyboard and what is chosen stay', async () => {
    await library.open('?q=lighthouse&sort=title');
    await library.found(24);
    await library.check('LH-03').click();
    await library.link('LH-03').focus();
    const { id, version } = await pageOf(amara, (await allOf(amara)).get('LH-02')?.id ?? '');
    const away = { version, title: 'Zzz' };
    expect((await amara.patch(`/api/processes/${SAMPLE}/recommendations/${id}`, away)).status).toBe(200);
    await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange', { bubbles: true })));
    await until(async () => (await library.references()).join().startsWith('LH-01,LH-03,LH-04'));
    expect(await library.link('LH-03').evaluate((link) => link === document.activeElement)).toBe(true);
    expect(await library.check('LH-03').isChecked()).toBe(true);
    await page.keyboard.press('j');
    await until(() => library.link('LH-04').evaluate((link) => link === document.activeElement));
  });

  it('chooses a stretch over rows that were never fetched', async () => {
    const all = new LibraryScreen(page, server, large);
    await all.open();
    await all.found(3_000);
    await all.check('B-0003').click();
    await all.link('B-0003').focus();
    await page.keyboard.press('End');
    await all.check('B-3000').click({ modifiers: ['Shift'] });
    await page.getByText('2,998 recommendations chosen').waitFor();
    // What is chosen stays chosen while one looks for more.
    await all.box.fill('"number 0001"');
    await all.found(1);
    await all.check('B-0001').click();
    await page.getByText('2,999 recommendations chosen').waitFor();
  });
});

it('who may not edit reads, searches and takes files out, and sees no tools of the team', async () => {
  const jonas = new LibraryScreen(await startAs(browser, server, 'Jonas'), server);
  await jonas.open('?q=lighthouse');
  await jonas.found(24);
  expect(await jonas.page.locator('.library-main').getByRole('checkbox').count()).toBe(0);
  expect(await jonas.button('Import').count()).toBe(0);
  expect(await jonas.button('Export').count()).toBe(1);
  await jonas.box.press('ArrowDown');
  await jonas.page.keyboard.press('x');
  await jonas.page.keyboard.press('Control+a');
  expect(await jonas.page.locator('.dock').count()).toBe(0);
  await jonas.page.context().close();
});

it('an empty library says how it is filled; one that cannot be fetched can be tried again', async () => {
  const empty = (await newProcess(amara)).split('/').at(-1) ?? '';
  const screen = new LibraryScreen(page, server, empty);
  await screen.open();
  await page.getByRole('heading', { name: 'The library is empty' }).waitFor();
  expect(await problems(page)).toEqual([]);
  let broken = true;
  await page.route('**/library/search', (route) =>
    broken
      ? route.fulfill({ status: 500, json: { code: 'internal', error: 'The server failed.' } })
      : route.continue(),
  );
  await library.open();
  await page.getByText('The server failed.').waitFor();
  broken = false;
  await library.button('Try again').click();
  await library.found(340);
  await page.unroute('**/library/search');
});

it('has no barriers: light, dark, and on a phone, where filters open by themselves', async () => {
  const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
  for (const options of [{}, { colorScheme: 'dark' as const }, phone]) {
    const own = new LibraryScreen(await startAs(browser, server, 'Amara', options), server);
    await own.open('?q=lighthouse&session=%5B%22Session%201%22%5D');
    await own.found(12);
    await own.check('LH-01').click();
    await own.check('LH-03').click();
    await own.page.getByText('2 recommendations chosen').waitFor();
    expect(await problems(own.page)).toEqual([]);
    expect(await overflows(own.page)).toBe(false);
    await own.button('Merge').click();
    await own.dialog().getByText('Each harbour').first().waitFor();
    expect(await problems(own.page)).toEqual([]);
    await own.page.keyboard.press('Escape');
    await own.button('Edit').click();
    await own.dialog().getByText('Themes').click();
    expect(await problems(own.page)).toEqual([]);
    await own.page.keyboard.press('Escape');
    if (options === phone) {
      await own.button('Filters').click();
      await own.dialog().getByRole('checkbox', { name: 'Lighthouse keepers' }).check();
      await own.dialog().getByRole('button', { name: 'Show 4 recommendations' }).click();
      await own.found(4);
    }
    await own.page.context().close();
  }
});
