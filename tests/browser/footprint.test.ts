import { readFile } from 'node:fs/promises';
import { readDocument } from '@zerodraft/formats/documents';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { overflows, problems } from '../support/axe.ts';
import { launch, openAs, windowOf } from '../support/browser.ts';
import { TestServer } from '../support/server.ts';

let server: TestServer;
let browser: Browser;
let mei: Page;
beforeAll(async () => {
  server = await TestServer.start();
  browser = await launch();
  mei = (await openAs(browser, server, 'Mei')).page;
});
afterAll(async () => {
  await browser?.close();
  await server?.remove();
});

const dialog = () => mei.getByRole('dialog', { name: 'Export the footprint' });
async function openDialog(): Promise<void> {
  await mei.getByRole('link', { name: 'Coverage' }).click();
  await mei.getByRole('button', { name: 'Export the footprint' }).click();
  await dialog().waitFor();
}

/** Presses Export and reads what is saved. */
async function exported(): Promise<{ name: string; text: string }> {
  const [download] = await Promise.all([
    mei.waitForEvent('download'),
    dialog().getByRole('button', { name: 'Export', exact: true }).click(),
  ]);
  const name = download.suggestedFilename();
  const { paragraphs } = await readDocument(new Uint8Array(await readFile(await download.path())), name);
  await mei.getByText(`Saved as ${name}.`).first().waitFor();
  return { name, text: paragraphs.map(({ text }) => text).join('\n') };
}

it('the team exports the footprint, by keyboard too, and hears what was saved', async () => {
  await openDialog();
  expect(await problems(mei)).toEqual([]);
  // The first choice has the focus; arrows choose, the Tab key leads on.
  await mei.keyboard.press('ArrowDown');
  expect(await dialog().getByLabel('Recommendation by recommendation').isChecked()).toBe(true);
  await dialog().getByLabel('PDF', { exact: true }).check();
  const { name, text } = await exported();
  expect(name).toMatch(/^footprint-recommendations-\d{4}-\d\d-\d\d\.pdf$/);
  expect(text).toContain('What became of the recommendations');
  expect(await dialog().count()).toBe(0);
  expect(
    await mei
      .getByRole('button', { name: 'Export the footprint' })
      .evaluate((it) => it === document.activeElement),
  ).toBe(true);
});

it('a letter goes to an organisation that is found by its name; another name is refused', async () => {
  await openDialog();
  await dialog().getByLabel('What became of your proposals').check();
  expect(await dialog().getByLabel('With the notes of the team').count()).toBe(0);
  const names = await dialog()
    .locator('datalist option')
    .evaluateAll((all) => all.map((option) => option.getAttribute('value')));
  expect(names).toContain('Network of mayors');
  await dialog().getByLabel('Organisation').fill('Nobody at all');
  await dialog().getByRole('button', { name: 'Export', exact: true }).click();
  await dialog().getByRole('alert').getByText('Nobody of this name proposed anything').waitFor();
  await dialog().getByLabel('Organisation').fill('Network of mayors');
  const { name, text } = await exported();
  expect(name).toMatch(/^footprint-proposals-Network-of-mayors-.*\.docx$/);
  expect(text).toContain('Thank you for the');
});

it('who is not of the team is not offered it', async () => {
  const { page: leila } = await openAs(browser, server, 'Leila');
  await leila.getByRole('link', { name: 'Coverage' }).click();
  await leila.getByRole('heading', { name: 'Coverage', level: 1 }).waitFor();
  expect(await leila.getByRole('button', { name: 'Export the footprint' }).count()).toBe(0);
  await leila.context().close();
});

/** A public link with sources, as a facilitator makes it. */
async function linkWithSources(): Promise<string> {
  const { page: amara } = await openAs(browser, server, 'Amara');
  await amara.getByRole('button', { name: 'Share' }).click();
  expect(await amara.getByLabel('With sources').isChecked()).toBe(false);
  await amara.getByLabel('With sources').check();
  await amara.getByRole('button', { name: 'Make a link' }).click();
  const link = await amara.getByRole('textbox', { name: 'Public link' }).inputValue();
  await amara
    .getByText(/, with sources$/)
    .first()
    .waitFor();
  await amara.context().close();
  return link;
}

it.each([
  ['a phone in the light', { viewport: { width: 390, height: 800 }, colorScheme: 'light' }],
  ['a phone in the dark', { viewport: { width: 390, height: 800 }, colorScheme: 'dark' }],
  ['a desk', { viewport: { width: 1400, height: 900 }, colorScheme: 'light' }],
] as const)('a public link opens the sources beside each clause: %s', async (_name, options) => {
  const link = await linkWithSources();
  const reader = await windowOf(browser, options);
  const asked: string[] = [];
  reader.on('request', (request) => asked.push(request.url()));
  await reader.goto(link);
  const counts = reader.getByRole('button', { name: /^\d+ sources? of (paragraph|Objective)/ });
  await counts.first().waitFor();
  expect(await overflows(reader)).toBe(false);
  expect(await problems(reader)).toEqual([]);

  const words = await counts.first().innerText();
  await counts.first().focus();
  await reader.keyboard.press('Enter');
  const panel = reader.getByRole('region', { name: /^Sources of / });
  await panel.getByRole('listitem').first().waitFor();
  expect(await panel.getByRole('listitem').count()).toBe(Number(words.split(' ')[0]));
  await panel
    .getByText(/Reflected$/)
    .first()
    .waitFor();
  expect(await overflows(reader)).toBe(false);
  expect(await problems(reader)).toEqual([]);
  // Another one takes its place; Escape closes it and gives the focus back.
  const second = counts.nth(1);
  await second.focus();
  await reader.keyboard.press('Enter');
  expect(await panel.count()).toBe(1);
  await panel.getByRole('listitem').first().waitFor();
  await reader.keyboard.press('Escape');
  expect(await panel.count()).toBe(0);
  expect(await second.evaluate((it) => it === document.activeElement)).toBe(true);

  // No more than what the page is for was asked for, and the editor is none of it.
  expect(await reader.context().cookies()).toEqual([]);
  const paths = asked.map((address) => new URL(address).pathname);
  expect(paths.filter((path) => path.startsWith('/api') && !path.startsWith('/api/public/'))).toEqual([]);
  for (const address of asked.filter((one) => one.endsWith('.js')))
    expect(await (await fetch(address)).text()).not.toContain('ProseMirror');
  for (const name of ['Amara', 'Mei']) expect(await reader.getByText(name).count()).toBe(0);
  await reader.context().close();
});

it('each clause has an address of its own, which opens its sources', async () => {
  const link = await linkWithSources();
  const reader = await windowOf(browser, { viewport: { width: 390, height: 800 } });
  await reader.goto(link);
  const clauses = reader.locator('.public-clause');
  await clauses.first().waitFor();
  const last = clauses.last();
  const id = await last.locator('> [id]').first().getAttribute('id');
  await last.getByRole('link', { name: /address of this clause$/ }).click();
  await last.getByRole('region', { name: /^Sources of / }).waitFor();
  expect(reader.url()).toBe(`${link}#${id}`);
  const other = await reader.context().newPage();
  await other.goto(`${link}#${id}`);
  await other.getByRole('region', { name: /^Sources of / }).waitFor();
  expect(
    await other.locator(`[id="${id}"]`).evaluate((it) => {
      const { top, bottom } = it.getBoundingClientRect();
      return top >= 0 && bottom <= window.innerHeight;
    }),
  ).toBe(true);
  await reader.context().close();
});
