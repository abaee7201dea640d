import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { caretAtEnd, clause, launch, saved, startAs } from '../support/browser.ts';
import { until } from '../support/client.ts';
import { TestServer } from '../support/server.ts';

let server: TestServer;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  server = await TestServer.start();
  browser = await launch();
  page = await startAs(browser, server, 'Amara');
});
afterAll(async () => {
  await browser?.close();
  await server?.remove();
});

const home = (): Promise<void> => page.getByRole('link', { name: 'Zerodraft: all processes' }).click();
const card = (name: string) => page.getByTestId('process').filter({ hasText: name });

async function choose(menuOf: string, item: string): Promise<void> {
  await page
    .getByRole('button', { name: `Menu of ${menuOf}`, exact: true })
    .first()
    .click();
  await page.getByRole('menuitem', { name: item }).click();
}

it('a process is made with themes, dimensions and sections of its own', async () => {
  await page.getByRole('button', { name: 'New process' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('Ocean floor treaty');
  await dialog.getByRole('button', { name: 'Make the process' }).click();
  await dialog.getByText('Give at least one theme.').waitFor();
  await dialog.getByLabel('Themes').fill('Mining\nMining');
  await dialog.getByLabel('Dimensions').fill('National\n\n  Global ');
  await dialog.getByRole('button', { name: 'Make the process' }).click();
  await dialog.getByText('Entries must differ from each other.').waitFor();
  await dialog.getByLabel('Themes').fill('Mining\nConservation');
  await dialog.getByLabel('Sections of a blank draft').fill('Preamble\nUse of terms');
  await dialog.getByRole('button', { name: 'Make the process' }).click();
  await page.getByRole('heading', { name: 'Ocean floor treaty' }).waitFor();
  await page.getByText('No draft yet. Make one').waitFor();
  await page.getByRole('link', { name: 'Settings' }).click();
  await page.getByRole('link', { name: 'the page of taxonomies' }).click();
  await page.getByRole('link', { name: 'Dimensions (2)' }).click();
  expect(await page.getByRole('list', { name: 'Dimensions' }).locator('.term-name').allInnerTexts()).toEqual([
    'National',
    'Global',
  ]);
});

it('drafts are made blank with the sections, and as a copy with text of its own', async () => {
  await page.getByRole('link', { name: 'Drafts' }).click();
  await page.getByRole('button', { name: 'New draft' }).click();
  await page.getByRole('dialog').getByLabel('Name').fill('First reading');
  await page.getByRole('button', { name: 'Make the draft' }).click();
  await page.getByRole('heading', { name: 'Use of terms' }).waitFor();
  await caretAtEnd(page, '1');
  await page.keyboard.type('The floor is common heritage.');
  await saved(page);
  await page.getByRole('link', { name: 'Ocean floor treaty' }).click();
  await page.getByRole('button', { name: 'New draft' }).click();
  await page.getByRole('dialog').getByLabel('Name').fill('Second reading');
  await page.getByLabel('Begin with').selectOption({ label: 'A copy of “First reading”' });
  await page.getByRole('button', { name: 'Make the draft' }).click();
  await clause(page, '1').getByText('The floor is common heritage.').waitFor();
  await caretAtEnd(page, '1');
  await page.keyboard.type(' Only here.');
  await saved(page);
  await home();
  await card('Ocean floor treaty').getByRole('link', { name: 'First reading' }).click();
  await clause(page, '1').getByText('The floor is common heritage.').waitFor();
  expect(await clause(page, '1').innerText()).not.toContain('Only here.');
});

it('the start page shows recent drafts of all processes, the one just opened first', async () => {
  await home();
  const recent = page.getByRole('region', { name: 'Recent drafts' }).getByRole('link');
  // Visits are noted a moment after they happen.
  await until(async () => {
    await page.reload();
    await recent.nth(2).waitFor();
    return (await recent.nth(0).innerText()).includes('First reading');
  });
  expect(await recent.nth(1).innerText()).toContain('Second reading');
  expect(await recent.nth(2).innerText()).toContain('Global Compact');
});

it('a draft is renamed, archived to read only, and restored', async () => {
  await choose('Second reading', 'Rename');
  await page.getByRole('dialog').getByLabel('Name').fill('Third reading');
  await page.getByRole('dialog').getByRole('button', { name: 'Rename' }).click();
  await choose('Third reading', 'Archive');
  await page.getByRole('alertdialog').getByRole('button', { name: 'Archive' }).click();
  await page.getByText('Archived drafts (1)').click();
  await card('Ocean floor treaty').getByRole('link', { name: 'Third reading' }).click();
  await page.locator('.draft-text[contenteditable=false]').waitFor();
  await page.getByText('This draft has been archived since').waitFor();
  await home();
  await page.getByText('Archived drafts (1)').click();
  await choose('Third reading', 'Restore');
  await page.getByText('Archived drafts (1)').waitFor({ state: 'detached' });
});

it('a deleted draft lies in the bin, which says until when, and comes back from there', async () => {
  await choose('Third reading', 'Delete');
  await page.getByRole('alertdialog').getByText('after that it is gone for good').waitFor();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Move to the bin' }).click();
  await page.getByRole('link', { name: 'Bin (1)' }).click();
  const row = page.getByRole('list', { name: 'Deleted' }).getByRole('listitem');
  await row.getByText('Draft of Ocean floor treaty.').waitFor();
  await row.getByText(/^Gone for good in 30 days: \d+ \w+ \d{4}, \d\d:\d\d/).waitFor();
  await row.getByRole('button', { name: 'Restore Third reading' }).click();
  await page.getByText('The bin is empty.').waitFor();
  await home();
  await card('Ocean floor treaty').getByRole('link', { name: 'Third reading' }).waitFor();
});

it('a deleted process takes its drafts along and brings them back', async () => {
  await choose('Ocean floor treaty', 'Delete');
  await page.getByRole('alertdialog').getByRole('button', { name: 'Move to the bin' }).click();
  await card('Ocean floor treaty').waitFor({ state: 'detached' });
  expect(await page.getByRole('link', { name: 'First reading' }).count()).toBe(0);
  await page.getByRole('link', { name: 'Bin (1)' }).click();
  await page.getByText('Process, with its drafts.').waitFor();
  await page.getByRole('button', { name: 'Restore Ocean floor treaty' }).click();
  await home();
  await card('Ocean floor treaty').getByRole('link', { name: 'First reading' }).waitFor();
});

it('works by keyboard alone: menu, dialog, focus back where it was', async () => {
  const menu = page.getByRole('button', { name: 'Menu of First reading' });
  await menu.focus();
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem', { name: 'Rename' }).waitFor();
  await page.keyboard.press('Enter');
  const field = page.getByRole('dialog').getByLabel('Name');
  await field.waitFor();
  await expect.poll(() => field.evaluate((element) => element === document.activeElement)).toBe(true);
  await page.keyboard.type('First reading, revised');
  await page.keyboard.press('Enter');
  await page.getByRole('link', { name: 'First reading, revised' }).first().waitFor();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  const back = page.getByRole('button', { name: 'Menu of First reading, revised' });
  await expect.poll(() => back.evaluate((element) => element === document.activeElement)).toBe(true);
});
