import { readFile } from 'node:fs/promises';
import { readTable } from '@zerodraft/formats';
import { anchorRange, contentOf, numberBlocks, readBlocks } from '@zerodraft/schema';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import * as Y from 'yjs';
import { PROCESS } from '../support/account.ts';
import { overflows, problems } from '../support/axe.ts';
import { launch, openAs } from '../support/browser.ts';
import { DRAFT, TestClient, until } from '../support/client.ts';
import { Person } from '../support/person.ts';
import { TestServer } from '../support/server.ts';
import { reply, start, THREADS } from '../support/threads.ts';

let server: TestServer;
let browser: Browser;
let amara: Person;
let mei: Person;
let jonas: Person;
let editor: TestClient;
let page: Page;
let saves = 0;
const PACIFIC = 'A delegation from the Pacific region';

beforeAll(async () => {
  server = await TestServer.start();
  browser = await launch();
  [amara, mei, jonas] = await Promise.all([
    Person.demo(server, 'amara'),
    Person.demo(server, 'mei'),
    Person.demo(server, 'jonas'),
  ]);
  editor = new TestClient(server, mei.cookie, { status: true });
  await editor.synced();
  page = (await openAs(browser, server, 'Amara')).page;
});
afterAll(async () => {
  editor?.destroy();
  await browser?.close();
  await server?.remove();
});

/** The clauses and headings as they stand, with their numbers. */
function blocks() {
  const all = readBlocks(editor.doc);
  const numbers = numberBlocks(all.map(({ kind }) => kind));
  return all.map((block, index) => ({ ...block, index, citation: numbers[index]?.citation ?? '' }));
}
function find(name: string) {
  const block = blocks().find(({ citation, text }) => citation === name || text === name);
  if (!block) throw new Error(`nothing is called ${name}`);
  return block;
}
async function change(work: (content: Y.XmlFragment) => void): Promise<void> {
  editor.doc.transact(() => work(contentOf(editor.doc)));
  await editor.saved(++saves);
}
/** A thread on some letters of a clause, under a heading. */
async function startOn(person: Person, name: string, from: number, to: number, body: string) {
  const { id, text } = find(name);
  const range = { start: { clauseId: id, offset: from }, end: { clauseId: id, offset: to } };
  return start(person, {
    kind: 'range',
    clauseId: id,
    sectionId: find('Preamble').id,
    anchor: anchorRange(editor.doc, range),
    quote: text.slice(from, to),
    body,
  });
}
const decide = (threadId: string, state: string, reason?: string) =>
  mei.put(`${THREADS}/states`, { threadIds: [threadId], state, reason });

const row = (on: Page, label: string): Locator =>
  on
    .getByTestId('sheet-row')
    .filter({ has: on.getByRole('rowheader', { name: new RegExp(`^${label.replace('.', '\\.')}(\\s|$)`) }) });
/** What an organisation says in a row. */
async function said(on: Page, label: string, organisation: string): Promise<string> {
  const heads = await on.locator('.sheet-table thead th').allTextContents();
  const at = heads.indexOf(organisation);
  return at < 0
    ? ''
    : row(on, label)
        .locator('td')
        .nth(at - 1)
        .innerText();
}
const choose = (on: Page, label: string) =>
  on.getByRole('group', { name: 'What the sheet shows' }).getByLabel(label, { exact: true });
const wait = (on: Page, label: string, organisation: string, text: string) =>
  until(async () => (await said(on, label, organisation)).includes(text));

it('has each clause beside what each organisation says, live', async () => {
  const { id } = await startOn(jonas, '1', 3, 17, `Too **weak**, see #[clause:${find('2').id}]`);
  await reply(mei, id, 'We shall consult, @[person:jonas]');
  await page.getByRole('link', { name: 'Sheet' }).click();
  await page.getByRole('heading', { name: 'Preamble', level: 1 }).waitFor();
  await wait(page, '1.', PACIFIC, 'Jonas Okwuosa');
  const own = await said(page, '1.', PACIFIC);
  for (const part of [find('1').text.slice(3, 17), 'Open', 'Too weak, see #2']) expect(own).toContain(part);
  const answer = await said(page, '1.', 'No organisation');
  expect(answer).toContain(`In reply to Jonas Okwuosa, ${PACIFIC}`);
  expect(answer).toContain('We shall consult, @Jonas Okwuosa');
  expect(await row(page, '1.').getByRole('rowheader').innerText()).toContain(find('1').text);
  expect(await page.getByTestId('sheet-row').count()).toBe(3);
  // While it is open others write, and the text changes.
  await start(jonas, { kind: 'section', sectionId: find('Preamble').id, body: 'Shorter, please' });
  await wait(page, 'On the section', PACIFIC, 'Shorter, please');
  const at = find('1').index;
  await change((content) => {
    const block = new Y.XmlElement('block');
    block.setAttribute('id', 'put-before');
    block.setAttribute('kind', 'paragraph');
    content.insert(at, [block]);
  });
  await wait(page, '2.', PACIFIC, 'Too weak, see #3');
  await change((content) => content.delete(at, 1));
  await wait(page, '1.', PACIFIC, 'Too weak, see #2');
});

it('keeps threads whose text is gone, under their clause or its section', async () => {
  await startOn(jonas, '2', 0, 9, 'On one word');
  await wait(page, '2.', PACIFIC, 'On one word');
  expect(await said(page, '2.', PACIFIC)).not.toContain('text removed');
  const { index } = find('2');
  await change((content) => {
    const block = content.get(index);
    const text = block instanceof Y.XmlElement ? block.get(0) : null;
    if (text instanceof Y.XmlText) text.delete(0, 9);
  });
  await wait(page, '2.', PACIFIC, 'text removed');
  await change((content) => content.delete(index, 1));
  await wait(page, 'On the section', PACIFIC, 'On one word');
  expect(await said(page, 'On the section', PACIFIC)).toContain('text removed');
});

it('leaves out what is closed and what is private, says so, and shows it when asked', async () => {
  const closed = await startOn(jonas, '1', 0, 5, 'Settled');
  await decide(closed.id, 'not-accepted', 'Agreed in 2018');
  await start(mei, {
    kind: 'clause',
    clauseId: find('1').id,
    sectionId: find('Preamble').id,
    visibility: 'team',
    body: 'Their red line',
  });
  await page.getByText('not shown: 1 closed').waitFor();
  expect(await page.getByText('Settled').count()).toBe(0);
  await choose(page, 'Comments').selectOption('In all states');
  await wait(page, '1.', PACIFIC, 'Not accepted by Mei Castellanos: Agreed in 2018');
  expect(await page.getByText('Their red line').count()).toBe(0);
  await choose(page, 'With the team’s private threads').press('Space');
  await wait(page, '1.', 'No organisation', 'Their red line');
  expect(await said(page, '1.', 'No organisation')).toContain('private');
  await page.getByText('not for others than facilitators and drafters').waitFor();
  // The address is handed on to a delegate.
  const { page: theirs, context } = await openAs(browser, server, 'Jonas');
  await theirs.goto(page.url());
  await wait(theirs, '1.', PACIFIC, 'Settled');
  expect(await theirs.getByText('Their red line').count()).toBe(0);
  expect(await theirs.getByText(/private/i).count()).toBe(0);
  await context.close();
  await choose(page, 'With the team’s private threads').press('Space');
});

it('shows one round, and only clauses with comments', async () => {
  const rounds = `/api/processes/${PROCESS}/rounds`;
  const { body } = await amara.get(rounds);
  const trying = body.rounds.find(({ name }: { name: string }) => name === 'Open for trying out');
  const times = { opensAt: null, closesAt: null, timeZone: 'UTC', comments: true, proposals: true };
  await amara.post(rounds, { ...times, name: 'Second reading' });
  await amara.post(`${rounds}/${trying.id}/close`);
  await start(jonas, {
    kind: 'clause',
    clauseId: find('2').id,
    sectionId: find('Preamble').id,
    body: 'New this time',
  });
  await wait(page, '2.', PACIFIC, 'New this time');
  await choose(page, 'Round').selectOption('Second reading');
  await page.getByText(/not shown: .*of other rounds/).waitFor();
  expect([await said(page, '1.', PACIFIC), await page.getByText('On one word').count()]).toEqual(['', 0]);
  await choose(page, 'Only clauses with comments').check();
  await until(async () => (await page.getByTestId('sheet-row').count()) === 1);
  await choose(page, 'Only clauses with comments').uncheck();
  await choose(page, 'Round').selectOption('All rounds');
});

it('goes to other sections, the draft as a whole, and the thread in the draft', async () => {
  await start(jonas, { body: 'On all of it' });
  await choose(page, 'Section').selectOption('The draft as a whole');
  await wait(page, 'On the draft', PACIFIC, 'On all of it');
  await choose(page, 'Section').selectOption({ label: `\u2003Objective 1. ${find('Objective 1').text}` });
  await page.getByRole('heading', { name: 'Objective 1.', level: 1 }).waitFor();
  expect(await page.getByTestId('sheet-row').count()).toBe(5);
  await page.goto(`${server.url}/drafts/${DRAFT}/sheet/none`);
  await page.getByText('This section is not in the draft').waitFor();
  await page.getByRole('link', { name: 'Sheet', exact: true }).click();
  await wait(page, '1.', PACIFIC, 'Too weak');
  await row(page, '1.')
    .getByRole('link', { name: 'Open: open the thread of Jonas Okwuosa in the draft' })
    .first()
    .press('Enter');
  await page.locator('.draft-text').waitFor();
  expect(new URL(page.url()).searchParams.get('thread')).not.toBeNull();
  await page.goBack();
  await wait(page, '1.', PACIFIC, 'Too weak');
});

/** The sheets of paper that a page is printed on. */
async function printed(on: Page): Promise<string[]> {
  const pdf = (await on.pdf({ preferCSSPageSize: true })).toString('latin1');
  return [...pdf.matchAll(/\/MediaBox\s*\[([^\]]*)\]/g)].map(([, box = '']) =>
    box
      .split(' ')
      .map((side) => Math.round(Number(side)))
      .join(' '),
  );
}

it('prints on A4 landscape without the app around it, by clause when organisations are many', async () => {
  const display = (selector: string) =>
    page
      .locator(selector)
      .first()
      .evaluate((element) => getComputedStyle(element).display);
  await page.emulateMedia({ media: 'print' });
  for (const selector of ['.header', '.sheet-choices', '.sheet-actions'])
    expect(await display(selector)).toBe('none');
  expect(await display('.sheet-table thead')).toBe('table-header-group');
  const head = await page.locator('.sheet').innerText();
  for (const part of [
    'Zero draft of a global compact',
    'Preamble',
    String(new Date().getFullYear()),
    'Open and answered comments, all rounds',
  ])
    expect(head).toContain(part);
  await page.emulateMedia({ media: null });
  expect(new Set(await printed(page))).toEqual(new Set(['0 0 842 595']));
  // Jonas speaks for one after another.
  for (const name of ['Atlantis', 'Borduria', 'Carpania', 'Drusselstein']) {
    await amara.patch(`/api/processes/${PROCESS}/members/jonas`, { organisation: name });
    await start(jonas, {
      kind: 'clause',
      clauseId: find('1').id,
      sectionId: find('Preamble').id,
      body: `${name} agrees`,
    });
  }
  await amara.patch(`/api/processes/${PROCESS}/members/jonas`, { organisation: PACIFIC });
  await wait(page, '1.', 'Drusselstein', 'Drusselstein agrees');
  expect(await page.locator('.sheet-table thead th').allTextContents()).toEqual([
    'Clause',
    PACIFIC,
    'Atlantis',
    'Borduria',
    'Carpania',
    'Drusselstein',
    'No organisation',
  ]);
  await page.emulateMedia({ media: 'print' });
  expect([await display('.sheet-table thead'), await display('.sheet-table td:not(.sheet-empty)')]).toEqual([
    'none',
    'block',
  ]);
  expect(await row(page, '1.').innerText()).toMatch(
    /Atlantis\n[\s\S]*Atlantis agrees[\s\S]*Borduria\n[\s\S]*Borduria agrees/,
  );
  expect(await overflows(page)).toBe(false);
  await page.emulateMedia({ media: null });
  expect(await display('.sheet-table thead')).toBe('table-header-group');
  expect(new Set(await printed(page))).toEqual(new Set(['0 0 842 595']));
  await choose(page, 'Layout').selectOption('By clause, below each other');
  await until(async () => (await display('.sheet-table thead')) === 'none');
  await choose(page, 'Layout').selectOption('Side by side');
});

/** What somebody downloads from the export menu. */
async function download(on: Page, item: string): Promise<string> {
  const [file] = await Promise.all([
    on.waitForEvent('download'),
    on.getByRole('menuitem', { name: item }).press('Enter'),
  ]);
  const bytes = await readFile(await file.path());
  if (item.includes('CSV')) return bytes.toString();
  const { rows } = await readTable(new Uint8Array(bytes), file.suggestedFilename());
  return rows.flatMap(({ cells }) => cells).join('\n');
}

it('downloads all comments, the private ones for the team and only when it wants them', async () => {
  const menu = (on: Page) => on.getByRole('button', { name: 'Export comments' });
  await menu(page).press('Enter');
  const without = await download(page, 'Excel (XLSX)');
  expect([without.includes('Settled'), without.includes('Their red line')]).toEqual([true, false]);
  await menu(page).click();
  await page.getByRole('menuitemcheckbox', { name: 'With private threads' }).press('Enter');
  expect(await download(page, 'Text (CSV)')).toContain('Their red line');
  const { page: theirs, context } = await openAs(browser, server, 'Jonas');
  await theirs.getByRole('link', { name: 'Sheet' }).click();
  await menu(theirs).click();
  expect(await theirs.getByRole('menuitemcheckbox').count()).toBe(0);
  const file = await download(theirs, 'Text (CSV)');
  expect([file.includes('Settled'), file.includes('Their red line')]).toEqual([true, false]);
  await context.close();
});

it.each(['light', 'dark'] as const)('meets WCAG 2.2 AA in %s and fits a phone', async (colorScheme) => {
  const { page: own, context } = await openAs(browser, server, 'Amara', { colorScheme });
  await own.getByRole('link', { name: 'Sheet' }).click();
  await choose(own, 'With the team’s private threads').check();
  await choose(own, 'Comments').selectOption('In all states');
  await wait(own, '1.', 'No organisation', 'Their red line');
  expect(await problems(own)).toEqual([]);
  await choose(own, 'Layout').selectOption('By clause, below each other');
  expect(await problems(own)).toEqual([]);
  await choose(own, 'Layout').selectOption('Side by side');
  await own.setViewportSize({ width: 390, height: 800 });
  expect(await overflows(own)).toBe(false);
  expect(await problems(own)).toEqual([]);
  await context.close();
});
