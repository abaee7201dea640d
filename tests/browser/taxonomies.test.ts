import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { overflows, problems } from '../support/axe.ts';
import { launch, openAs, startAs, windowOf } from '../support/browser.ts';
import { until } from '../support/client.ts';
import { Box, DEPOSITS, decide } from '../support/deposits.ts';
import { newSource } from '../support/documents.ts';
import { allOf, importRows, newId, newProcess, PROCESS, termsOf } from '../support/library.ts';
import type { Person } from '../support/person.ts';
import { TestServer } from '../support/server.ts';

let server: TestServer;
let browser: Browser;
let box: Box;
let amara: Person;
let page: Page;
beforeAll(async () => {
  server = await TestServer.start();
  browser = await launch();
  box = await Box.open(server, 'a-box-of-terms');
  amara = box.facilitator;
  page = await startAs(browser, server, 'Amara');
});
afterAll(async () => {
  await browser?.close();
  await server?.remove();
});

const list = (on: Page, name = 'Themes'): Locator => on.getByRole('list', { name });
const row = (on: Page, label: string): Locator =>
  on.locator('.term').filter({ has: on.locator('bdi').getByText(label, { exact: true }) });
const names = (on: Page, name = 'Themes'): Promise<string[]> =>
  list(on, name).locator('.term-name').allInnerTexts();
const labelsOf = async (address: string): Promise<string[]> => (await amara.get(address)).body.process.themes;

/** A process with themes A, B and C, of which A and B are in use, and its page. */
async function process(on = page): Promise<string> {
  const address = await newProcess(amara, `Terms ${newId().slice(0, 8)}`);
  await amara.patch(address, { themes: ['A', 'B', 'C'] });
  const rows = [
    ['Reference', 'Text', 'Source', 'Themes'],
    ['R1', 'One', 'S', 'A'],
    ['R2', 'Two', 'S', 'A; B'],
  ];
  expect((await importRows(amara, rows, address)).body).toMatchObject({ added: 2 });
  await look(on, address);
  return address;
}
async function look(on: Page, address: string, of = ''): Promise<void> {
  await on.goto(`${server.url}${address.replace('/api', '')}/taxonomies${of}`);
  await on.locator('.term').first().waitFor();
}
async function menu(on: Page, label: string, item: string): Promise<void> {
  await on.getByRole('button', { name: `Menu of “${label}”` }).click();
  await on.getByRole('menuitem', { name: item }).click();
}
const told = (on: Page, words: string): Promise<void> =>
  on.locator('.notice').filter({ hasText: words }).first().waitFor();

describe('a term', () => {
  it('is added, renamed and moved by the keyboard alone', async () => {
    const address = await process();
    await page.getByLabel('New theme').fill('a');
    await page.keyboard.press('Enter');
    await page.getByText('There is a term "A" already.').waitFor();
    expect(await problems(page)).toEqual([]);
    await page.getByLabel('New theme').fill('Delta');
    await page.keyboard.press('Enter');
    await row(page, 'Delta').waitFor();
    expect(await page.getByLabel('New theme').inputValue()).toBe('');
    await page.getByRole('button', { name: 'Rename “Delta”' }).focus();
    await page.keyboard.press('Enter');
    await page.keyboard.type('b');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').getByText('There is a term "B" already.').waitFor();
    expect(await problems(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await until(() =>
      page.evaluate(() => document.activeElement?.getAttribute('aria-label') === 'Rename “Delta”'),
    );
    await page.keyboard.press('Enter');
    await page.keyboard.type('D');
    await page.keyboard.press('Enter');
    await row(page, 'D').waitFor();
    expect(await labelsOf(address)).toEqual(['A', 'B', 'C', 'D']);
    // Several times at once; the handle keeps the focus while its row goes.
    await page.getByRole('button', { name: 'Move “A”' }).focus();
    for (const key of ['ArrowUp', 'ArrowDown', 'ArrowDown']) await page.keyboard.press(key);
    expect(await names(page)).toEqual(['B', 'C', 'A', 'D']);
    await page.getByText('“A” is now 3 of 4.').waitFor({ state: 'attached' });
    await page.keyboard.press('ArrowUp');
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('Move “A”');
    await until(async () => (await labelsOf(address)).join() === 'B,A,C,D');
    await menu(page, 'D', 'Move up');
    await until(async () => (await labelsOf(address)).join() === 'B,A,D,C');
    await page.reload();
    await row(page, 'D').waitFor();
    expect(await names(page)).toEqual(['B', 'A', 'D', 'C']);
  });

  it('is dragged by its handle, and stays where it was after Escape', async () => {
    const address = await process();
    const take = async (label: string, to: string): Promise<void> => {
      const handle = await page.getByRole('button', { name: `Move “${label}”` }).boundingBox();
      const target = await row(page, to).boundingBox();
      if (!handle || !target) throw new Error('a row is not on the screen');
      await page.mouse.move(handle.x + 15, handle.y + 15);
      await page.mouse.down();
      await page.mouse.move(handle.x + 15, target.y + target.height - 4, { steps: 8 });
    };
    await take('A', 'C');
    expect(await names(page)).toEqual(['B', 'C', 'A']);
    await page.keyboard.press('Escape');
    expect(await names(page)).toEqual(['A', 'B', 'C']);
    await page.mouse.up();
    expect(await labelsOf(address)).toEqual(['A', 'B', 'C']);
    await take('A', 'B');
    await page.mouse.up();
    await until(async () => (await labelsOf(address)).join() === 'B,A,C');
    expect(await names(page)).toEqual(['B', 'A', 'C']);
  });

  it('is renamed wherever it stands, and its count leads to the library', async () => {
    const address = await process();
    const a = (await termsOf(amara, 'themes', address)).get('A');
    await page.getByRole('button', { name: 'Rename “A”' }).click();
    await page.getByLabel('New name of “A”').fill('Alpha');
    await page.getByRole('button', { name: 'Rename', exact: true }).click();
    await told(page, '“A” is “Alpha” now, wherever it stands.');
    expect((await allOf(amara, address)).get('R2')?.themes).toEqual(['Alpha', 'B']);
    await row(page, 'Alpha').getByRole('link', { name: '2 recommendations' }).click();
    await until(() => new URL(page.url()).pathname.endsWith('/library'));
    expect(new URL(page.url()).searchParams.get('themes')).toBe(JSON.stringify([a?.id]));
    await page.goBack();
    await row(page, 'Alpha').waitFor();
  });

  it('is merged after the page says what that does', async () => {
    const address = await process();
    const source = newId();
    await amara.post(`${address}/sources`, { id: source, title: 'S', region: 'Sahel' });
    await amara.post(`${address}/sources`, { id: newId(), title: 'S', region: 'The Sahel' });
    await menu(page, 'B', 'Merge into another');
    const dialog = page.getByRole('dialog', { name: 'Merge “B”' });
    await dialog.getByRole('button', { name: 'Merge' }).click();
    await dialog.getByText('Choose the term that is kept.').waitFor();
    await dialog.getByLabel('Into', { exact: true }).selectOption({ label: 'A' });
    await dialog.getByText('1 recommendation with “B” will have “A” instead.').waitFor();
    expect(await problems(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Merge' }).click();
    await told(page, '“B” was merged into “A”.');
    await row(page, 'A').getByText('Merged into it: B').waitFor();
    expect(await names(page)).toEqual(['A', 'C']);
    expect((await allOf(amara, address)).get('R2')?.themes).toEqual(['A']);
    await page.getByRole('link', { name: 'Regions (2)' }).click();
    await row(page, 'Sahel').getByText('1 source').waitFor();
    await menu(page, 'Sahel', 'Merge into another');
    await page.getByLabel('Into', { exact: true }).selectOption({ label: 'The Sahel' });
    await page.getByText('1 source with “Sahel” will have “The Sahel” instead.').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Merge' }).click();
    await row(page, 'The Sahel').getByText('2 sources').waitFor();
    expect((await amara.get(`${address}/sources/${source}`)).body.source.region).toBe('The Sahel');
  });

  it('is retired and brought back, deleted where nothing has it, and kept where something had it', async () => {
    const address = await process();
    await menu(page, 'A', 'Retire');
    await told(page, '“A” was retired.');
    await page.getByRole('heading', { name: 'Retired' }).waitFor();
    // The keyboard goes where the term went.
    await until(() =>
      page.evaluate(() => document.activeElement?.closest('.terms-retired [data-term]') !== null),
    );
    expect(await names(page)).toEqual(['B', 'C']);
    expect(await labelsOf(address)).toEqual(['B', 'C']);
    expect((await allOf(amara, address)).get('R1')?.themes).toEqual(['A']);
    await page.getByRole('button', { name: 'Bring back “A”' }).click();
    await told(page, '“A” is offered again.');
    await until(async () => (await names(page)).join() === 'A,B,C');
    await page.getByRole('button', { name: 'Menu of “A”' }).click();
    expect(await page.getByRole('menuitem', { name: 'Delete' }).count()).toBe(0);
    await page.keyboard.press('Escape');
    await menu(page, 'C', 'Delete');
    await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
    await told(page, '“C” was deleted.');
    expect(await labelsOf(address)).toEqual(['A', 'B']);
    // Its history may be undone: then it is needed again.
    const r2 = (await allOf(amara, address)).get('R2');
    const change = { version: r2?.version, terms: { themes: [] } };
    await amara.patch(`${address}/recommendations/${r2?.id}`, change);
    await row(page, 'B').getByText('Not used').waitFor();
    await menu(page, 'B', 'Delete');
    await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('alertdialog').getByText('Retire it instead, or merge it into another.').waitFor();
    expect(await problems(page)).toEqual([]);
    await page.getByRole('button', { name: 'Cancel' }).click();
    expect(await labelsOf(address)).toEqual(['A', 'B']);
  });
});

describe('two people', () => {
  it('see what the other changes, and are told when they order what has changed meanwhile', async () => {
    const address = PROCESS;
    const mei = await startAs(browser, server, 'Mei');
    await look(mei, address, '?of=dimensions');
    await look(page, address, '?of=dimensions');
    const id = newId();
    await mei.getByLabel('New dimension').fill('Interplanetary');
    await mei.keyboard.press('Enter');
    await row(page, 'Interplanetary').waitFor();
    await page.getByRole('button', { name: 'Rename “Interplanetary”' }).click();
    await page.getByLabel('New name of “Interplanetary”').fill('Orbital');
    await page.keyboard.press('Enter');
    await row(mei, 'Orbital').waitFor();
    // Before the other's page has asked again.
    const lists = '**/taxonomies';
    await mei.route(lists, (route) => route.abort());
    await amara.post(`${address}/taxonomies/dimensions/terms`, { id, label: 'Lunar' });
    await menu(mei, 'Orbital', 'Move up');
    await mei.getByText('Somebody changed the terms meanwhile.').waitFor();
    await mei.unroute(lists);
    await row(mei, 'Lunar').waitFor();
    expect((await names(mei, 'Dimensions')).slice(-2)).toEqual(['Orbital', 'Lunar']);
    // One of two who merge at once is told.
    await menu(mei, 'Lunar', 'Merge into another');
    await mei.getByLabel('Into', { exact: true }).selectOption({ label: 'Orbital' });
    const orbital = (await termsOf(amara, 'dimensions', address)).get('Orbital')?.id;
    await amara.post(`${address}/taxonomies/dimensions/terms/${id}/merge`, { into: orbital });
    await mei.getByRole('dialog').getByRole('button', { name: 'Merge' }).click();
    await mei.getByRole('alert').getByText('was merged meanwhile').waitFor();
    await mei.context().close();
  });

  it('without the right to change terms have nothing to change them with', async () => {
    const leila = await startAs(browser, server, 'Leila');
    await leila.goto(`${server.url}/processes/global-compact-sample`);
    await leila.getByRole('link', { name: 'Library', exact: true }).waitFor();
    expect(await leila.getByRole('link', { name: 'Taxonomies' }).count()).toBe(0);
    await look(leila, PROCESS);
    expect(await leila.locator('.taxonomies :is(button, input)').count()).toBe(0);
    await leila.context().close();
  });
});

describe('a kind of the process’s own', () => {
  it('can be chosen in the box, in every language, in triage and of a source', async () => {
    const add = async (taxonomy: string, label: string): Promise<void> => {
      const { status } = await amara.post(`${PROCESS}/taxonomies/${taxonomy}/terms`, { id: newId(), label });
      expect(status).toBe(201);
    };
    await add('kinds', 'Pledge');
    await add('stakeholderKinds', 'Seafarers');
    const french = await windowOf(browser, { locale: 'fr', viewport: { width: 390, height: 800 } });
    await french.goto(`${server.url}/box/${box.slug}`);
    const kind = french.getByLabel("Ce qu'elle demande");
    await kind.waitFor();
    expect(await kind.locator('option').allInnerTexts()).toEqual([
      ...['Non précisé', 'Un engagement concret', 'Des moyens de mise en œuvre', 'Un partenariat'],
      ...['Un suivi et un examen', 'Autre chose', 'Pledge'],
    ]);
    await kind.selectOption({ label: 'Pledge' });
    await french.getByLabel('Qui vous êtes').selectOption({ label: 'Seafarers' });
    await french.getByLabel(/^Pays ou région/).fill('Atlantique');
    await french.getByLabel('Titre').fill('Une promesse');
    await french.getByRole('textbox', { name: 'Proposition', exact: true }).fill('Un texte.');
    expect(await problems(french)).toEqual([]);
    await french.getByLabel(/^J'accepte/).check();
    await french.getByRole('button', { name: 'Envoyer la proposition' }).click();
    const code = await french.getByTestId('receipt-code').innerText();

    await page.goto(`${server.url}/processes/global-compact-sample/triage`);
    const deposit = page.getByRole('article', { name: 'Une promesse' });
    await deposit.getByText('Pledge').waitFor();
    await deposit.getByText('New: accepting makes it a region').waitFor();
    expect(await problems(page)).toEqual([]);
    // A new name comes to who looks at it by itself, and no edit is seen in it.
    const pledge = (await termsOf(amara, 'kinds', PROCESS)).get('Pledge');
    await amara.patch(`${PROCESS}/taxonomies/kinds/terms/${pledge?.id}`, { label: 'Promise' });
    await deposit.getByText('Promise').waitFor();
    expect(await deposit.getByText('As it was sent').count()).toBe(0);
    await amara.patch(`${PROCESS}/taxonomies/kinds/terms/${pledge?.id}`, { retired: true });
    await page.getByRole('button', { name: 'Edit' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Promise (retired)').waitFor({ state: 'attached' });
    await dialog.getByLabel('Title').fill('A promise');
    await dialog.getByRole('button', { name: 'Keep the changes' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByRole('article', { name: 'A promise' }).getByText('As it was sent').waitFor();
    await page.locator('.deposit [aria-keyshortcuts="a"]:enabled').click();
    await page.getByText('“Atlantique” is a new region of the process.').waitFor();
    const [accepted] = (await amara.get(`${DEPOSITS}?state=accepted`)).body.deposits;
    const [made] = (await amara.get(`${DEPOSITS}/${accepted.id}`)).body.recommendations;
    expect((await amara.get(`${PROCESS}/recommendations/${made.id}`)).body).toMatchObject({
      ...{ kind: 'Promise', sourceKind: 'Seafarers', region: 'Atlantique' },
    });
    await page.getByRole('link', { name: 'Look at the regions' }).click();
    await row(page, 'Atlantique').getByRole('link', { name: '1 recommendation' }).waitFor();

    // What became of it is told in the depositor's language, also when it was taken out.
    await french.goto(`${server.url}/box/receipt#${code}`);
    await french.locator('.receipt').getByText(made.reference).waitFor();
    await amara.delete(`${PROCESS}/recommendations/${made.id}?version=1`);
    await french.reload();
    await french.locator('.receipt').getByText('Ne figure plus dans la bibliothèque').waitFor();
    expect(await problems(french)).toEqual([]);
    await french.context().close();

    await page.goto(`${server.url}/processes/global-compact-sample/sources`);
    await page.getByRole('button', { name: 'Add a source' }).click();
    await page.getByRole('dialog').getByLabel('Title').fill('A log book');
    await page.getByLabel('Kind of stakeholder').selectOption({ label: 'Seafarers' });
    await page.getByRole('dialog').getByLabel('Region').fill('Pacific');
    await page.getByRole('dialog').getByRole('button', { name: 'Add the source' }).click();
    await page.getByText('Seafarers · Pacific').waitFor();
    await newSource(amara, { title: 'Another' });
    await page.getByLabel('Stakeholder', { exact: true }).selectOption({ label: 'Seafarers' });
    await page.getByText('1 of 2 sources').or(page.getByText('1 of 3 sources')).waitFor();
    await page.getByRole('link', { name: 'A log book' }).waitFor();
  });
});

it('an import says what it leaves out, and brings back what was deleted when asked to', async () => {
  const deposit = await box.deposit({ title: 'To be deleted' });
  const [made] = (await decide(amara, deposit.id, 'accept')).body.recommendations;
  await amara.delete(`${PROCESS}/recommendations/${made.id}?version=1`);
  const { page: draft, context } = await openAs(browser, server, 'Amara');
  await draft.getByRole('button', { name: 'Import' }).click();
  const dialog = draft.getByRole('dialog');
  const csv = `Reference,Title,Text,Source\n${made.reference},Again,Text,S\n`;
  await dialog.locator('input[type="file"]').setInputFiles({
    name: 'rows.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(csv),
  });
  await dialog.getByText(`"${made.reference}" was taken out of the library.`).waitFor();
  await dialog.getByText('0 new, 0 updated, 0 unchanged, 1 error').waitFor();
  await dialog.getByLabel('Bring back what was taken out of the library (1 row)').check();
  await dialog.getByRole('button', { name: 'Keep 1 valid row' }).click();
  await dialog.getByText('Kept: 0 new, 1 updated').waitFor();
  expect([...(await allOf(amara, PROCESS)).keys()]).toContain(made.reference);
  await context.close();
});

it.each([
  ['light', {}],
  ['dark', { colorScheme: 'dark' }],
  ['on the smallest phone', { viewport: { width: 320, height: 640 }, hasTouch: true }],
] as const)('the page can be used by all: %s', async (_name, options) => {
  const own = await startAs(browser, server, 'Amara', options);
  await process(own);
  await menu(own, 'A', 'Retire');
  await own.getByRole('heading', { name: 'Retired' }).waitFor();
  await menu(own, 'B', 'Merge into another');
  await own.getByLabel('Into', { exact: true }).selectOption({ label: 'C' });
  await own.getByRole('dialog').getByRole('button', { name: 'Merge' }).click();
  await row(own, 'C').getByText('Merged into it: B').waitFor();
  await own.getByRole('button', { name: 'Rename “C”' }).click();
  expect(await problems(own)).toEqual([]);
  expect(await overflows(own)).toBe(false);
  for (const link of ['Dimensions (1)', 'Kinds (5)', 'Stakeholders (8)', 'Regions (0)']) {
    await own.getByRole('link', { name: link }).click();
    expect(await problems(own)).toEqual([]);
    expect(await overflows(own)).toBe(false);
  }
  await own.context().close();
});
