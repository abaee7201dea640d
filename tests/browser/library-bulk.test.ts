import { readFile } from 'node:fs/promises';
import type { Browser, Locator } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { problems } from '../support/axe.ts';
import { dropFile, launch, startAs } from '../support/browser.ts';
import { until } from '../support/client.ts';
import { allOf, bareLibrary, newProcess, PROCESS, pageOf, termsOf } from '../support/library.ts';
import { LibraryScreen, lighthouses, take } from '../support/library-page.ts';
import { Person } from '../support/person.ts';
import { TestServer } from '../support/server.ts';

let server: TestServer;
let browser: Browser;
let amara: Person;
let mei: Person;
let library: LibraryScreen;
let prefix = '';
let round = 0;

beforeAll(async () => {
  server = await TestServer.start();
  browser = await launch();
  amara = await Person.demo(server, 'amara');
  mei = await Person.demo(server, 'mei');
  library = new LibraryScreen(await startAs(browser, server, 'Amara'), server);
  library.page.setDefaultTimeout(20_000);
});
afterAll(async () => {
  await browser?.close();
  await server?.remove();
});

const idOf = async (reference: string): Promise<string> => (await allOf(amara)).get(reference)?.id ?? '';
const now = async (reference: string) => pageOf(amara, await idOf(reference));
/** What somebody else does meanwhile. */
async function meanwhile(reference: string, change: object): Promise<void> {
  const { id, version } = await pageOf(mei, await idOf(reference));
  const { status } = await mei.patch(`${PROCESS}/recommendations/${id}`, { version, ...change });
  expect(status).toBe(200);
}
async function choose(...numbers: number[]): Promise<void> {
  for (const number of numbers) await library.check(`${prefix}-${number}`).click();
}
async function edit(fill: (dialog: Locator) => Promise<unknown>): Promise<void> {
  await library.button('Edit').click();
  await fill(library.dialog());
  await library.dialog().getByRole('button', { name: 'Change', exact: true }).click();
}
const setSession =
  (session: string) =>
  async (dialog: Locator): Promise<void> => {
    await dialog.getByLabel('Session', { exact: true }).selectOption('set');
    await dialog.getByLabel('New session').fill(session);
  };

describe('what is chosen', () => {
  // Each test has rows of its own, so that none builds on another.
  beforeEach(async () => {
    round += 1;
    prefix = `R${round}X`;
    await take(amara, lighthouses(6, prefix));
    await library.open(`?q=${prefix}&sort=reference`);
    await library.found(6);
  });

  it('is decided on, with the reason that a decision against it needs, and undone and done again', async () => {
    await choose(1, 2, 3);
    const terms = await termsOf(amara, 'themes');
    const [theme = ''] = terms.keys();
    await edit(async (dialog) => {
      await dialog.getByRole('button', { name: 'Change', exact: true }).click();
      await dialog.getByText('Say what changes.').waitFor();
      await dialog.getByLabel('Disposition').selectOption({ label: 'Not reflected' });
      await dialog.getByRole('button', { name: 'Change', exact: true }).click();
      await dialog.getByText('Say why it is not reflected.').waitFor();
      await dialog.getByLabel('Reason').fill('Ports are not within the mandate.');
      await setSession('Session 6')(dialog);
      await dialog.getByLabel('Phase', { exact: true }).selectOption('set');
      await dialog.getByLabel('New phase').fill('Stocktaking');
      await dialog.getByText('Themes').click();
      await dialog.getByRole('button', { name: `Add ${theme}`, exact: true }).click();
    });
    await library.told.getByText('3 recommendations changed.').waitFor();
    await until(async () => (await library.values('Session')).includes('Session 6 3'));
    await library.row(`${prefix}-2`).getByText('Not reflected').waitFor();
    expect(await now(`${prefix}-2`)).toMatchObject({
      disposition: 'not-reflected',
      dispositionReason: 'Ports are not within the mandate.',
      session: 'Session 6',
      phase: 'Stocktaking',
      terms: { themes: [terms.get(theme)?.id] },
    });
    // The keyboard is on the way back.
    await until(() => library.button('Undo').evaluate((button) => button === document.activeElement));
    await library.page.keyboard.press('Enter');
    await library.told.getByText('Undone: 3 recommendations.').waitFor();
    await library.row(`${prefix}-2`).getByText('Open').waitFor();
    expect(await now(`${prefix}-2`)).toMatchObject({ disposition: 'open', phase: '', session: 'Session 2' });
    await library.button('Redo').click();
    await library.told.getByText('Done again: 3 recommendations.').waitFor();
    expect(await now(`${prefix}-2`)).toMatchObject({ disposition: 'not-reflected', phase: 'Stocktaking' });
  });

  it('says which were changed by somebody since: they are left out, or taken as they are', async () => {
    await choose(1, 2, 3, 4);
    await meanwhile(`${prefix}-2`, { title: 'Changed by Mei' });
    await edit(setSession('Session 7'));
    const notice = library.dialog().getByRole('alert');
    await notice.getByText(/Nothing was changed: R\d+X-2 was changed by somebody/).waitFor();
    expect(await problems(library.page)).toEqual([]);
    await notice.getByRole('button', { name: 'Leave it out' }).click();
    await library.told.getByText('3 recommendations changed.').waitFor();
    expect((await now(`${prefix}-2`)).session).toBe('Session 2');

    await choose(5, 6);
    await meanwhile(`${prefix}-6`, { title: 'Also changed by Mei' });
    await edit(setSession('Session 8'));
    await notice.getByRole('button', { name: 'Go on with it as it is now' }).click();
    await library.told.getByText('2 recommendations changed.').waitFor();
    expect(await now(`${prefix}-6`)).toMatchObject({ session: 'Session 8', title: 'Also changed by Mei' });
  });

  it('is undone but for what somebody changed since; nothing of theirs is lost', async () => {
    await choose(1, 2, 3);
    await edit(setSession('Session 9'));
    await library.told.getByText('3 recommendations changed.').waitFor();
    await meanwhile(`${prefix}-1`, { title: 'Better words' });
    await library.button('Undo').click();
    await library.told.getByText(`Not undone: ${prefix}-1 was changed by somebody since.`).waitFor();
    expect((await now(`${prefix}-2`)).session).toBe('Session 9');
    await library.button('Undo the other 2').click();
    await library.told
      .getByText('Undone: 2 recommendations; 1 recommendation left as others made them.')
      .waitFor();
    expect((await now(`${prefix}-2`)).session).toBe('Session 2');
    expect(await now(`${prefix}-1`)).toMatchObject({ session: 'Session 9', title: 'Better words' });

    await choose(5);
    await edit(setSession('Session 9'));
    await library.told.getByText('1 recommendation changed.').waitFor();
    await meanwhile(`${prefix}-5`, { title: 'Better words' });
    await library.button('Undo').click();
    await library.told.getByText(`Not undone: ${prefix}-5 was changed`).waitFor();
    expect(await library.button(/^Undo/).count()).toBe(0);
    await library.button('Dismiss').click();
    expect(await library.told.innerText()).toBe('');
  });

  it('is merged into the one that is to stay, and parted again', async () => {
    await choose(1, 2, 4);
    await library.button('Merge').click();
    await library
      .dialog()
      .getByRole('radio', { name: new RegExp(`${prefix}-2`) })
      .check();
    await library.dialog().getByRole('button', { name: 'Merge', exact: true }).click();
    await library.told.getByText(`2 recommendations merged into ${prefix}-2.`).waitFor();
    await library.found(4);
    await library.row(`${prefix}-2`).getByText('merged into it').waitFor({ state: 'attached' });
    expect((await now(`${prefix}-2`)).mergedIds).toHaveLength(2);
    await library.button('Undo').click();
    await library.told.getByText('Undone: 2 recommendations.').waitFor();
    await library.found(6);
  });

  it('is all that fits; terms are taken away from those that have them', async () => {
    const themes = await termsOf(amara, 'themes');
    const [label = ''] = themes.keys();
    const theme = themes.get(label)?.id;
    for (const number of [1, 2]) await meanwhile(`${prefix}-${number}`, { terms: { themes: [theme] } });
    await library.page.getByRole('checkbox', { name: 'Choose all that are found' }).click();
    await library.page.getByText('6 recommendations chosen').waitFor();
    await edit(async (dialog) => {
      await dialog.getByText('Themes').click();
      await dialog.getByRole('button', { name: `Take away ${label}`, exact: true }).click();
    });
    await library.told.getByText('2 recommendations changed.').waitFor();
    expect((await now(`${prefix}-1`)).terms.themes).toEqual([]);
  });
});

describe('views', () => {
  const view = async (screen: LibraryScreen, name: string): Promise<void> => {
    await screen.button(/^(Views|View:)/).click();
    await screen.page.getByRole('menuitemradio', { name, exact: true }).click();
  };
  const menu = async (screen: LibraryScreen, item: string): Promise<void> => {
    await screen.button(/^(Views|View:)/).click();
    await screen.page.getByRole('menuitem', { name: item }).click();
  };

  it('are shared; what two people make of one is told and neither is lost', async () => {
    await take(amara, lighthouses(4, 'VW'));
    const other = new LibraryScreen(await startAs(browser, server, 'Mei'), server);
    other.page.setDefaultTimeout(20_000);
    await library.open('?q=VW&source=%5B%22Pilots%22%5D&sort=reference&desc=true');
    await library.found(2);
    await menu(library, 'Save as a new view…');
    await library.dialog().getByRole('button', { name: 'Save' }).click();
    await library.dialog().getByText('Give the view a name.').waitFor();
    await library.dialog().getByLabel('Name').fill('What pilots say');
    await library.dialog().getByRole('button', { name: 'Save' }).click();
    await library.button('View: What pilots say').waitFor();

    await other.open();
    await view(other, 'What pilots say');
    await other.found(2);
    expect(await other.references()).toEqual(['VW-3', 'VW-2']);
    await other.box.fill('VW 3');
    await other.found(1);
    await other.button('Save in the view').click();
    await other.page.getByText('The view “What pilots say” is saved.').first().waitFor();

    // Amara has the view open as it was.
    await library.choose('Source', 'Lighthouse keepers');
    await library.found(4);
    await library.button('Save in the view').click();
    await library.dialog().getByText('Somebody else changed “What pilots say”').waitFor();
    expect(await problems(library.page)).toEqual([]);
    await library.dialog().getByRole('button', { name: 'Look at theirs' }).click();
    await library.found(1);
    await library.page.goBack();
    await library.found(4);
    await library.button('Save in the view').click();
    await library.page.getByText('The view “What pilots say” is saved.').first().waitFor();

    // A name that somebody gave meanwhile, and one that is taken.
    await menu(library, 'Rename this view…');
    await other.page.reload();
    await menu(other, 'Rename this view…');
    await other.dialog().getByLabel('Name').fill('Pilots');
    await other.dialog().getByRole('button', { name: 'Rename' }).click();
    await other.button('View: Pilots').waitFor();
    await library.dialog().getByLabel('Name').fill('Pilots and keepers');
    await library.dialog().getByRole('button', { name: 'Rename' }).click();
    await library.dialog().getByText('it is called “Pilots” now').waitFor();
    await library.dialog().getByRole('button', { name: 'Rename' }).click();
    await library.button('View: Pilots and keepers').waitFor();
    await menu(library, 'Save as a new view…');
    await library.dialog().getByLabel('Name').fill('Pilots and keepers');
    await library.dialog().getByRole('button', { name: 'Save' }).click();
    await library.dialog().getByText('There is a view of this name already.').waitFor();
    await library.page.keyboard.press('Escape');

    // Who may not change views chooses them.
    const jonas = new LibraryScreen(await startAs(browser, server, 'Jonas'), server);
    await jonas.open();
    await view(jonas, 'Pilots and keepers');
    await jonas.found(4);
    await jonas.button(/^View:/).click();
    expect(await jonas.page.getByRole('menuitem').count()).toBe(0);
    await jonas.page.context().close();

    await menu(library, 'Delete this view…');
    await library.page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
    await library.button('Views').waitFor();
    await library.found(4);
    await other.page.context().close();
  });
});

describe('files', () => {
  const save = async (screen: LibraryScreen, item: string): Promise<Uint8Array> => {
    await screen.button('Export').click();
    const [download] = await Promise.all([
      screen.page.waitForEvent('download'),
      screen.page.getByRole('menuitem', { name: item }).click(),
    ]);
    return new Uint8Array(await readFile(await download.path()));
  };
  const summary = (screen: LibraryScreen) => screen.page.getByTestId('import-summary');

  it('go out and in on the screen: JSON rehearsed first, then the same library', async () => {
    await library.open();
    const json = await save(library, 'JSON');
    const count = (await allOf(amara)).size;
    const processId = (await newProcess(amara, 'The other')).split('/').at(-1) ?? '';
    const other = new LibraryScreen(library.page, server, processId);
    await other.open();
    await other.button('Import').click();
    await dropFile(other.page.locator('.drop-zone'), 'library.json', json);
    await summary(other).getByText(`This library: ${count} new, 0 updated, 0 unchanged`).waitFor();
    expect(await problems(other.page)).toEqual([]);
    expect((await allOf(amara, `/api/processes/${processId}`)).size).toBe(0);
    await other.button(`Take in ${count} recommendations`).click();
    await summary(other).getByText(`Kept: ${count} new`).waitFor();
    await other.button('Done').click();
    await other.found(count);
    expect(bareLibrary(await save(other, 'JSON'))).toBe(bareLibrary(json));
    for (const [item, name] of [
      ['CSV', 'library.csv'],
      ['XLSX', 'library.xlsx'],
    ] as const) {
      const bytes = await save(other, item);
      await other.button('Import').click();
      await dropFile(other.page.locator('.drop-zone'), name, bytes);
      await summary(other).getByText(`0 new, 0 updated, ${count} unchanged, 0 errors`).waitFor();
      await other.button('Cancel').click();
    }
  });

  it('with terms that are new are left out, or bring their terms with them', async () => {
    const processId = (await newProcess(amara, 'New terms')).split('/').at(-1) ?? '';
    const other = new LibraryScreen(library.page, server, processId);
    await other.open();
    await other.button('Import').click();
    const csv = 'Reference,Title,Text,Source,Themes\nA-1,One,Words,Kenya,Harbours\nA-2,Two,Words,Kenya,T\n';
    await dropFile(other.page.locator('.drop-zone'), 'rows.csv', new TextEncoder().encode(csv));
    await summary(other).getByText('2 rows: 1 new, 0 updated, 0 unchanged, 1 error').waitFor();
    await other.page.getByLabel('Take terms in that are new here').check();
    await summary(other).getByText('2 rows: 2 new, 0 updated, 0 unchanged, 0 errors').waitFor();
    await other.button('Keep 2 valid rows').click();
    await summary(other).getByText('Kept: 2 new').waitFor();
    await other.button('Done').click();
    await other.found(2);
    await until(async () => (await other.values('Themes')).join() === 'Harbours 1,T 1');
    await other.button('Import').click();
    await dropFile(other.page.locator('.drop-zone'), 'broken.json', new TextEncoder().encode('{"a":'));
    await other.dialog().getByRole('alert').waitFor();
    // What had to be guessed is said before anything is kept.
    const old = new Uint8Array(Buffer.from('Reference,Text,Source\nA-3,Les États,Genève\n', 'latin1'));
    await dropFile(other.page.locator('.drop-zone'), 'old.csv', old);
    await summary(other).getByText('1 row: 1 new').waitFor();
    await other.dialog().getByText('it was read as windows-1252').waitFor();
    await other.page.keyboard.press('Escape');
    await until(() => other.button('Import').evaluate((button) => button === document.activeElement));
  });
});
