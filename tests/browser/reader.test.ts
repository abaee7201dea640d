import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Source } from '@zerodraft/contract';
import { pdfOf } from '@zerodraft/formats/documents/fixtures';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { problems } from '../support/axe.ts';
import { launch, startAs } from '../support/browser.ts';
import { until } from '../support/client.ts';
import { readSource, SOURCES } from '../support/documents.ts';
import { Person } from '../support/person.ts';
import { address, inSight, LONG, longDocument, number, para, schools, text } from '../support/reader.ts';
import { TestServer } from '../support/server.ts';

const FIXTURES = join(import.meta.dirname, '../../packages/formats/src/documents/fixtures');

let server: TestServer;
let browser: Browser;
let amara: Person;
let jonas: Page;
let chapters: Source;
let long: Source;

beforeAll(async () => {
  server = await TestServer.start();
  browser = await launch();
  amara = await Person.demo(server, 'amara');
  chapters = await schools(amara);
  long = await longDocument(amara);
  jonas = await startAs(browser, server, 'Jonas', { permissions: ['clipboard-read', 'clipboard-write'] });
});
afterAll(async () => {
  await browser?.close();
  await server?.remove();
});

describe('a document', () => {
  it('opens at a paragraph by its address, which a click on its number copies', async () => {
    await jonas.goto(address(server, chapters, '?p=150'));
    await inSight(text(150, jonas));
    expect(await number(150, jonas).getAttribute('aria-current')).toBe('location');
    await number(152, jonas).click();
    await jonas.getByText('The address of paragraph 152 was copied.').first().waitFor();
    const copied = await jonas.evaluate(() => navigator.clipboard.readText());
    expect(copied).toBe(address(server, chapters, '?p=152'));
    await jonas.goto(copied);
    await inSight(text(152, jonas));
  });

  it('has an outline of its headings, and search that goes from place to place', async () => {
    await jonas.goto(address(server, chapters));
    await jonas
      .getByRole('navigation', { name: 'Outline' })
      .getByRole('button', { name: 'Chapter 31' })
      .click();
    await inSight(text(181, jonas));
    expect(await text(181, jonas).innerText()).toBe('Chapter 31');
    const search = jonas.getByRole('searchbox', { name: 'Search in the document' });
    // From where one reads, on.
    await search.fill('school fund');
    const status = jonas.locator('.find-bar [role=status]');
    await status.getByText(/^1\d\d of 200$/).waitFor();
    const at = Number.parseInt(await status.innerText(), 10);
    const now = jonas.locator('.para[data-now] [data-text]');
    await inSight(now.locator('.mark-hit'));
    expect(await now.locator('.mark-hit').allInnerTexts()).toEqual(['schools', 'funds']);
    const found = Number(await now.getAttribute('data-text'));
    await search.press('Enter');
    await status.getByText(`${at + 1} of 200`).waitFor();
    await search.press('Shift+Enter');
    await status.getByText(`${at} of 200`).waitFor();
    expect(await now.getAttribute('data-text')).toBe(String(found));
    await jonas.getByRole('button', { name: 'Previous place' }).click();
    await status.getByText(`${at - 1} of 200`).waitFor();
    await inSight(now);
    await search.fill('kelpwood');
    await inSight(text(241, jonas).locator('.mark-now'));
    await jonas.getByRole('button', { name: 'Next place' }).click();
    await jonas.getByText('1 of 1').waitFor();
    await search.fill('nowhere at all');
    await jonas.getByText('Not found').waitFor();
  });

  it('of twenty thousand paragraphs draws those in sight, at each end and between', async () => {
    await jonas.goto(address(server, long, '?p=19990'));
    await inSight(text(19_990, jonas));
    expect(await jonas.locator('[data-row]').count()).toBeLessThan(80);
    await jonas.getByTestId('reader').evaluate((element) => element.scrollTo(0, element.scrollHeight));
    await text(LONG, jonas).getByText(`Line ${LONG}.`).waitFor();
    for (const n of [9_001, 500, 501, 12_345]) {
      await jonas.getByRole('searchbox').fill(`"line ${n}"`);
      await inSight(text(n, jonas).locator('.mark-now'));
      expect(await jonas.locator('[data-row]').count()).toBeLessThan(80);
    }
    // Up from a place that was jumped to, nothing jumps.
    const reader = jonas.getByTestId('reader');
    await reader.hover();
    for (let step = 0; step < 8; step++) {
      const seen = await jonas.evaluate(() => {
        const frame = document.querySelector('[data-testid=reader]')?.getBoundingClientRect();
        const inside = [...document.querySelectorAll('[data-row]:has([data-text])')].find(
          (row) => frame && row.getBoundingClientRect().top > frame.top + 150,
        );
        return { n: Number(inside?.getAttribute('data-row')), y: inside?.getBoundingClientRect().top ?? 0 };
      });
      await jonas.mouse.wheel(0, -120);
      await until(
        async () => Math.abs(((await para(seen.n, jonas).boundingBox())?.y ?? 0) - seen.y - 120) < 2,
      );
    }
  });

  it('shows pages, and text that is read from the right as such', async () => {
    const pages = await readSource(
      amara,
      await pdfOf((pdf) => void pdf.text('A point about work.').addPage().text('Another.')),
      'pages.pdf',
    );
    await jonas.goto(address(server, pages));
    await para(2, jonas).getByText('Page 2').waitFor();
    const arabic = await readSource(amara, await readFile(join(FIXTURES, 'right-to-left.pdf')), 'arabic.pdf');
    await jonas.goto(address(server, arabic));
    await text(2, jonas).waitFor();
    expect(await text(2, jonas).evaluate((element) => getComputedStyle(element).direction)).toBe('rtl');
    expect(await problems(jonas)).toEqual([]);
  });

  it('that has no text says why; one that is gone too', async () => {
    const broken = await readSource(
      amara,
      new Uint8Array([0x4d, 0x5a, 0x90, 0, 3, 0, 0, 0, 4, 0]),
      'setup.exe',
    );
    await jonas.goto(address(server, broken));
    await jonas.getByText('setup.exe is no document').waitFor();
    expect(await jonas.getByRole('button', { name: 'Replace the document' }).count()).toBe(0);
    await amara.delete(`${SOURCES}/${broken.id}`);
    await jonas.reload();
    await jonas.getByRole('heading', { name: 'There is no such source' }).waitFor();
  });
});
