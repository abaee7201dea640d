import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Source } from '@zerodraft/contract';
import { pdfOf, scannedPdf, wordDocument } from '@zerodraft/formats/documents/fixtures';
import type { Browser, FileChooser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PROCESS } from '../support/account.ts';
import { overflows, problems } from '../support/axe.ts';
import { dropFiles, launch, startAs } from '../support/browser.ts';
import { until } from '../support/client.ts';
import { newSource, readSource, SOURCES, sourceOf } from '../support/documents.ts';
import { Person } from '../support/person.ts';
import { TestServer } from '../support/server.ts';

let server: TestServer;
let browser: Browser;
let amara: Person;
let page: Page;

beforeAll(async () => {
  server = await TestServer.start();
  browser = await launch();
  amara = await Person.demo(server, 'amara');
  page = await startAs(browser, server, 'Amara');
});
afterAll(async () => {
  await browser?.close();
  await server?.remove();
});

const FIXTURES = join(import.meta.dirname, '../../packages/formats/src/documents/fixtures');
const list = (on = page): Promise<unknown> => on.goto(`${server.url}/processes/${PROCESS}/sources`);
const row = (title: string, on = page) =>
  on.locator('.source-row').filter({ has: on.getByRole('link', { name: title, exact: true }) });
const upload = (file: string) => page.locator(`.upload[data-file="${file}"]`);
const drop = () => page.locator('.source-drop');
const choose = (...files: [string, string][]): Promise<void> =>
  page
    .locator('.source-drop input')
    .setInputFiles(files.map(([name, text]) => ({ name, mimeType: '', buffer: Buffer.from(text) })));
async function menu(title: string, item: string): Promise<void> {
  await page.getByRole('button', { name: `Menu of ${title}` }).click();
  await page.getByRole('menuitem', { name: item }).click();
}
const sources = async (): Promise<Source[]> => (await amara.get(SOURCES)).body.sources;

describe('ten files dropped at once', () => {
  it('go each its own way: what cannot be read says why and how to mend it', async () => {
    const word = await wordDocument();
    const secret = await pdfOf((pdf) => void pdf.text('Secret'), { userPassword: 'x', ownerPassword: 'y' });
    const text = new TextEncoder();
    await list();
    await page.getByText('There are no sources yet.').waitFor();
    await dropFiles(drop(), [
      ['Cities Network - written input 3 October 2017.docx', word],
      ['broken.docx', word.subarray(0, 3_000)],
      ['scan.pdf', await scannedPdf()],
      ['secret.pdf', secret],
      ['arabic.pdf', await readFile(join(FIXTURES, 'right-to-left.pdf'))],
      ['A_RES_71_1_fr.html', text.encode('<!doctype html><h1>Résolution</h1><p>Les États.')],
      ['notes.md', text.encode('# Notes\n\n* one\n* two')],
      ['again.docx', word],
      ['setup.exe', new Uint8Array([0x4d, 0x5a, 0x90, 0, 3, 0, 0, 0, 4, 0])],
      ['nothing.txt', new Uint8Array()],
    ]);
    await page.getByText('9 files ready to be uploaded, 1 failed').waitFor();
    await upload('nothing.txt').getByText('The file is empty').waitFor();
    await upload('A_RES_71_1_fr.html').getByText('French · A/RES/71/1').waitFor();
    await upload('Cities Network - written input 3 October 2017.docx')
      .getByText('Written input · Cities Network · local authority · 3 October 2017')
      .waitFor();

    // Changed before: one alone, then all.
    await upload('notes.md').getByRole('button', { name: 'Details' }).click();
    await page.getByRole('dialog').getByLabel('Title').fill('Notes of the chair');
    await page.getByRole('dialog').getByRole('button', { name: 'Keep' }).click();
    await upload('notes.md').getByText('Notes of the chair').waitFor();
    await page.getByRole('button', { name: 'Details for all' }).click();
    const all = page.getByRole('dialog');
    await all.getByLabel('Session').fill('Session 2');
    await all.getByLabel('Language').fill('not a language');
    await all.getByRole('button', { name: 'Take for all' }).click();
    await all.getByText('Give the language as a tag').waitFor();
    await all.getByLabel('Language').fill('');
    await all.getByRole('button', { name: 'Take for all' }).click();
    await upload('A_RES_71_1_fr.html').getByText('Session 2 · French · A/RES/71/1').waitFor();

    await page.getByRole('button', { name: 'Upload 9 files' }).click();
    await page.getByText('9 uploaded, 4 without a text to read, 1 failed').waitFor();
    await upload('scan.pdf').getByText('Run text recognition (OCR) on it and upload it again').waitFor();
    await upload('broken.docx').getByText('broken.docx is damaged').waitFor();
    await upload('secret.pdf').getByText('secret.pdf is encrypted').waitFor();
    await upload('setup.exe').getByText('setup.exe is no document').waitFor();
    await upload('notes.md').getByText('Uploaded and read: 3 paragraphs.').waitFor();
    const twins = [upload('again.docx'), upload('Cities Network - written input 3 October 2017.docx')];
    await until(async () =>
      (await Promise.all(twins.map((twin) => twin.getByText('The very same file').count()))).includes(1),
    );
    await page.getByRole('button', { name: 'Clear finished' }).click();
    await page.getByText(/^1 failed$/).waitFor();
    await upload('nothing.txt').getByRole('button', { name: 'Remove' }).click();
    await page.getByRole('region', { name: 'Uploads' }).waitFor({ state: 'hidden' });
    const kept = (await sources()).map(({ title, session, state }) => `${title}: ${session}, ${state}`);
    expect(kept.sort()).toEqual([
      'Notes of the chair: Session 2, read',
      'Résolution: Session 2, read',
      'Written input of the Cities Network: Session 2, read',
      'Written input of the Cities Network: Session 2, read',
      'broken: Session 2, failed',
      'scan: Session 2, no-text',
      'secret: Session 2, failed',
      'setup: Session 2, failed',
      'ورقة مساهمة: Session 2, read',
    ]);
  });

  it('are found by words, kinds and state; the address keeps what is looked for', async () => {
    await page.getByLabel('State').selectOption({ label: 'No text' });
    await page.getByText('1 of 9 sources').waitFor();
    await row('scan').getByText('Run text recognition').waitFor();
    await page.getByLabel('State').selectOption('');
    await page.getByLabel('Stakeholder').selectOption({ label: 'Local authority' });
    await page.getByText('1 of 9 sources').waitFor();
    await page.getByLabel('Stakeholder').selectOption('');
    await page.getByRole('searchbox', { name: 'Search sources' }).fill('resolution a/res french');
    await page.getByText('0 of 9 sources').waitFor();
    await page.getByRole('searchbox', { name: 'Search sources' }).fill('resolution a/res');
    await page.getByText('1 of 9 sources').waitFor();
    await page.reload();
    await row('Résolution').waitFor();
    await page.getByText('1 of 9 sources').waitFor();
    const [download] = await Promise.all([page.waitForEvent('download'), menu('Résolution', 'Download')]);
    expect(download.suggestedFilename()).toBe('A_RES_71_1_fr.html');
    expect(await readFile(await download.path(), 'utf8')).toContain('<p>Les États.');
  });
});

describe('an upload', () => {
  it('that breaks off is tried again, one that is cancelled leaves nothing; leaving the page is warned of', async () => {
    await list();
    let broken = 0;
    let release = (): void => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    await page.route('**/file?name=breaks.txt', (route) =>
      broken++ === 0 ? route.abort('connectionreset') : route.continue(),
    );
    await page.route('**/file?name=slow.txt', async (route) => {
      await held;
      await route.continue();
    });
    await page.route('**/file?name=unwanted.txt', () => {});
    await choose(['breaks.txt', 'Breaks off.'], ['slow.txt', 'Slow.'], ['unwanted.txt', 'Not wanted.']);
    await page.getByRole('button', { name: 'Upload 3 files' }).click();
    await upload('breaks.txt').getByText('was not sent. Try again.').waitFor();
    await upload('unwanted.txt').getByRole('progressbar').waitFor();
    await upload('unwanted.txt').getByRole('button', { name: 'Cancel' }).click();
    await upload('unwanted.txt').getByText('Cancelled; nothing of it was kept.').waitFor();
    await until(async () => !(await sources()).some(({ title }) => title === 'unwanted'));

    const warned = page.waitForEvent('dialog');
    void page.evaluate(() => window.location.reload());
    const warning = await warned;
    expect(warning.type()).toBe('beforeunload');
    await warning.dismiss();
    // Within the app they go on.
    await page.getByRole('link', { name: 'Rounds' }).click();
    await page.getByRole('heading', { name: 'Rounds' }).waitFor();
    release();
    await page.getByRole('link', { name: 'Sources' }).click();
    await upload('slow.txt').getByText('Uploaded and read: 1 paragraph.').waitFor();
    await upload('breaks.txt').getByRole('button', { name: 'Try again' }).click();
    await upload('breaks.txt').getByText('Uploaded and read: 1 paragraph.').waitFor();
    await upload('unwanted.txt').getByRole('button', { name: 'Remove' }).click();
    await page.getByRole('button', { name: 'Clear finished' }).click();
    const kept = (await sources()).filter(({ state }) => state === 'no-file' || state === 'reading');
    expect(kept).toEqual([]);
    await page.unrouteAll();
  });

  it('works by keyboard alone', async () => {
    await page.getByRole('button', { name: 'Add a source' }).focus();
    await page.keyboard.press('Tab');
    await page.locator('input[type=file]:focus').waitFor({ state: 'attached' });
    let opened: FileChooser | null = null;
    page.on('filechooser', (dialog) => {
      opened = dialog;
    });
    // A key in the frame in which the list is drawn anew can be lost to the browser.
    await until(async () => {
      await page.keyboard.press('Enter');
      return opened !== null;
    });
    const chooser = await (opened ?? page.waitForEvent('filechooser'));
    page.removeAllListeners('filechooser');
    expect(chooser.isMultiple()).toBe(true);
    await chooser.setFiles({ name: 'keys.txt', mimeType: '', buffer: Buffer.from('By keyboard.') });
    const send = page.getByRole('button', { name: 'Upload 1 file' });
    await send.waitFor();
    // Where the focus stands after the browser's own dialog is the browser's to say; from there Tab leads on.
    await until(async () => {
      await page.keyboard.press('Tab');
      return send.evaluate((button) => button === document.activeElement);
    });
    await page.keyboard.press('Enter');
    await upload('keys.txt').getByText('Uploaded and read').waitFor();
    await row('keys').waitFor();
  });
});

describe('a source', () => {
  it('without a document is added, changed beside somebody else, given its document, and deleted', async () => {
    await list();
    await page.getByRole('button', { name: 'Add a source' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Add the source' }).click();
    await dialog.getByText('Give the source a title, or choose its document.').waitFor();
    await dialog.getByLabel('Title').fill('Hearing of May');
    await dialog.getByLabel('Kind', { exact: true }).selectOption({ label: 'Summary of a session' });
    await dialog.getByRole('button', { name: 'Add the source' }).click();
    await row('Hearing of May').getByText('No document').waitFor();

    await menu('Hearing of May', 'Details');
    await dialog.getByLabel('Region').fill('Pacific');
    await dialog.getByLabel('Title').fill('Hearing of 3 May');
    const [made] = (await sources()).filter(({ title }) => title === 'Hearing of May');
    if (!made) throw new Error('the source is not there');
    const theirs = { version: made.version, title: 'The hearing', phase: 'Stocktaking' };
    expect((await amara.patch(`${SOURCES}/${made.id}`, theirs)).status).toBe(200);
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.getByText('Title is now “The hearing”. Save again to keep yours.').waitFor();
    await dialog.getByRole('button', { name: 'Save' }).click();
    await row('Hearing of 3 May').waitFor();
    const saved = { title: 'Hearing of 3 May', region: 'Pacific', phase: 'Stocktaking' };
    expect(await sourceOf(amara, made.id)).toMatchObject(saved);

    await menu('Hearing of 3 May', 'Upload the document');
    const file = (name: string, text: string) => ({ name, mimeType: '', buffer: Buffer.from(text) });
    await dialog.getByLabel('Document').setInputFiles(file('may.txt', 'One point.'));
    await dialog.getByRole('button', { name: 'Upload' }).click();
    await row('Hearing of 3 May').getByText('Read', { exact: true }).waitFor();
    await menu('Hearing of 3 May', 'Replace the document');
    await dialog.getByText('may.txt and its text are then gone from here.').waitFor();
    await dialog.getByLabel('Document').setInputFiles(file('june.txt', 'One point.\n\nAnother.'));
    await dialog.getByRole('button', { name: 'Upload' }).click();
    await until(async () => (await sourceOf(amara, made.id)).paragraphs === 2);
    await menu('Hearing of 3 May', 'Delete');
    await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
    await row('Hearing of 3 May').waitFor({ state: 'detached' });
  });

  it('that recommendations point into says why it is neither deleted nor exchanged', async () => {
    const { id } = await readSource(amara, 'Cities need funds.', 'cited.txt');
    const cite = async (): Promise<void> => {
      const passage = { from: { n: 1, offset: 0 }, to: { n: 1, offset: 6 }, quote: 'Cities' };
      const body = { id: crypto.randomUUID(), sourceId: id, passage };
      expect((await amara.post(`/api/processes/${PROCESS}/recommendations`, body)).status).toBe(201);
    };
    await list();
    // Somebody takes one while the question is open.
    await menu('cited', 'Delete');
    await cite();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
    await page.getByText('1 recommendation was taken from this source').waitFor();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.reload();
    await row('cited').getByText('1 recommendation').waitFor();
    await menu('cited', 'Delete');
    await page.getByRole('dialog', { name: 'This source cannot be deleted' }).waitFor();
    await page.keyboard.press('Escape');
    await menu('cited', 'Replace the document');
    await page.getByRole('dialog', { name: 'This document cannot be replaced' }).waitFor();
    await page.keyboard.press('Escape');
  });
});

describe('two thousand sources', () => {
  it('are drawn as far as they are in sight, to the last one', async () => {
    const before = (await sources()).length;
    for (let from = before; from < 2_000; from += 50)
      await Promise.all(
        Array.from({ length: Math.min(50, 2_000 - from) }, (_, n) =>
          newSource(amara, { title: `Input ${from + n}`, who: `Group ${(from + n) % 7}` }),
        ),
      );
    await list();
    await page.getByText('2,000 sources').waitFor();
    await page.locator('.source-row').first().waitFor();
    expect(await page.locator('.source-row').count()).toBeLessThan(60);
    await until(async () => {
      await page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight));
      return (await page.locator('.source-list > li').last().getAttribute('aria-posinset')) === '2000';
    });
    expect(await page.locator('.source-row').count()).toBeLessThan(60);
    await page.getByRole('searchbox', { name: 'Search sources' }).fill('input 1999');
    await page.getByText('1 of 2,000 sources').waitFor();
  });
});

it('delegates read sources and change nothing; the list has no barriers, in dark and on a phone', async () => {
  const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
  for (const options of [{}, { colorScheme: 'dark' as const }, phone]) {
    const jonas = await startAs(browser, server, 'Jonas', options);
    await jonas.goto(`${server.url}/processes/${PROCESS}/sources?find=cited`);
    await row('cited', jonas).waitFor();
    expect(await jonas.locator('.source-drop').count()).toBe(0);
    expect(await jonas.getByRole('button', { name: 'Add a source' }).count()).toBe(0);
    await jonas.getByRole('button', { name: 'Menu of cited' }).click();
    expect(await jonas.getByRole('menuitem').allInnerTexts()).toEqual(['Download as uploaded']);
    await jonas.keyboard.press('Escape');
    expect(await overflows(jonas)).toBe(false);
    expect(await problems(jonas)).toEqual([]);
    await jonas.context().close();
    const team = await startAs(browser, server, 'Amara', options);
    await list(team);
    await team.locator('.source-drop input').setInputFiles([
      { name: 'a.txt', mimeType: '', buffer: Buffer.from('A') },
      { name: 'b.txt', mimeType: '', buffer: Buffer.from('') },
    ]);
    await team.getByText('1 file ready to be uploaded, 1 failed').waitFor();
    expect(await problems(team)).toEqual([]);
    expect(await overflows(team)).toBe(false);
    await team.locator('.upload').first().getByRole('button', { name: 'Details' }).click();
    await team.getByRole('dialog').waitFor();
    expect(await problems(team)).toEqual([]);
    await team.context().close();
  }
});
