import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import writeXlsxFile from 'write-excel-file/node';
import { dropFile, launch, openAs } from '../support/browser.ts';
import { until } from '../support/client.ts';
import { TestServer } from '../support/server.ts';

let server: TestServer;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  server = await TestServer.start();
  browser = await launch();
  page = (await openAs(browser, server, 'Amara')).page;
  page.setDefaultTimeout(30_000);
});
afterAll(async () => {
  await browser?.close();
  await server?.remove();
});

const summary = () => page.getByTestId('import-summary');

async function openImport(name: string, bytes: Uint8Array): Promise<void> {
  await page.getByRole('button', { name: 'Import' }).click();
  await dropFile(page.locator('.drop-zone'), name, bytes);
  await summary().waitFor();
}

async function total(): Promise<number> {
  const status = await page.getByText(/of \d+ recommendations/).innerText();
  return Number(/of (\d+)/.exec(status)?.[1]);
}

describe('the library', () => {
  it('takes a dropped XLSX file, its columns corrected by hand; the same file again changes nothing', async () => {
    const before = await total();
    const sheet = [
      ['Nr', 'Wording', 'Heading', 'Who'],
      ['X-1', 'Seasonal workers choose their employer after a month.', 'Free choice', 'A union'],
      ['X-2', 'Publish recruitment fees in every language spoken.', 'Open fees', 'A union'],
    ].map((row) => row.map((value) => ({ value })));
    const bytes = new Uint8Array(await writeXlsxFile(sheet).toBuffer());
    await openImport('proposals.xlsx', bytes);
    const column = (label: string) => page.getByRole('group', { name: 'Columns' }).getByLabel(label);
    await column('Reference').selectOption({ label: 'Nr' });
    await column('Text (required)').selectOption({ label: 'Wording' });
    await column('Title').selectOption({ label: 'Heading' });
    await column('Source (required)').selectOption({ label: 'Who' });
    await page.getByRole('cell', { name: 'Free choice' }).waitFor();
    await page.getByRole('button', { name: 'Keep 2 valid rows' }).click();
    await summary().getByText('Kept: 2 new').waitFor();
    await page.getByRole('button', { name: 'Done' }).click();
    await until(async () => (await total()) === before + 2);

    await openImport('proposals.xlsx', bytes);
    await column('Text (required)').selectOption({ label: 'Wording' });
    await column('Source (required)').selectOption({ label: 'Who' });
    await column('Title').selectOption({ label: 'Heading' });
    await column('Reference').selectOption({ label: 'Nr' });
    await summary().getByText('0 new, 0 updated, 2 unchanged').waitFor();
    await page.getByRole('button', { name: 'Cancel' }).click();
  });

  it('keeps nothing of a file that was only looked at', async () => {
    const before = await total();
    await openImport('looked.csv', Buffer.from('Reference,Text,Source\nL-1,Only looked at,A union\n'));
    await page.keyboard.press('Escape');
    await page.reload();
    await until(async () => (await total()) === before);
  });

  it('with 5,000 more it draws only the cards in sight, to the last one, and finds one of them', async () => {
    const before = await total();
    const rows = Array.from(
      { length: 5_000 },
      (_, index) =>
        `BIG-${String(index).padStart(4, '0')},"Proposal ${index} about tide tables${index === 4_321 ? ' and kelpwood' : ''}",A network`,
    );
    await openImport('big.csv', Buffer.from(`Reference,Text,Source\n${rows.join('\n')}\n`));
    await page.getByRole('button', { name: 'Keep 5000 valid rows' }).click();
    await summary().getByText('Kept: 5000 new').waitFor();
    await page.getByRole('button', { name: 'Done' }).click();
    await until(async () => (await total()) === before + 5_000);
    expect(await page.locator('.card').count()).toBeLessThan(40);
    const list = page.getByTestId('library-list');
    await until(async () => {
      await list.evaluate((element) => element.scrollTo(0, element.scrollHeight));
      return (
        (await page.locator('li[data-index]').last().getAttribute('data-index')) === String(before + 4_999)
      );
    });
    expect(await page.locator('.card').count()).toBeLessThan(40);
    await page.getByRole('searchbox').fill('kelpwood');
    await page.locator('[data-reference="BIG-4321"] mark').first().waitFor();
    await page.getByRole('link', { name: 'Coverage' }).click();
    await page.locator('.every-list li[data-index]').first().waitFor();
    expect(await page.locator('.every-list li').count()).toBeLessThan(60);
  });
});
