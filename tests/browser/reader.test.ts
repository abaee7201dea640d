import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Citation, recommendationView, type Source } from '@zerodraft/contract';
import { pdfOf } from '@zerodraft/formats/documents/fixtures';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PROCESS } from '../support/account.ts';
import { overflows, problems } from '../support/axe.ts';
import { caretAtEnd, launch, openAs, startAs } from '../support/browser.ts';
import { until } from '../support/client.ts';
import { readSource, SOURCES } from '../support/documents.ts';
import { Person } from '../support/person.ts';
import { TestServer } from '../support/server.ts';

const FIXTURES = join(import.meta.dirname, '../../packages/formats/src/documents/fixtures');
const LONG = 20_000;

let server: TestServer;
let browser: Browser;
let amara: Person;
let page: Page;
let jonas: Page;
let chapters: Source;
let long: Source;

beforeAll(async () => {
  server = await TestServer.start();
  browser = await launch();
  amara = await Person.demo(server, 'amara');
  const text = Array.from({ length: 40 }, (_, chapter) => {
    const points = Array.from(
      { length: 5 },
      (_, point) =>
        `Point ${point + 1} of chapter ${chapter + 1}: States should ensure access to schools. Cities need funds for it, and say so.`,
    );
    return `# Chapter ${chapter + 1}\n\n${points.join('\n\n')}`;
  });
  text.push('A last word on kelpwood.');
  const who = { who: 'Cities Network', stakeholderKind: 'local-authority', title: 'On schools' };
  chapters = await readSource(amara, text.join('\n\n'), 'schools.md', who);
  const lines = Array.from({ length: LONG }, (_, n) =>
    n % 7 === 0
      ? `Line ${n + 1}. ${'Words upon words, and more words of all lengths. '.repeat(6)}`
      : `Line ${n + 1}.`,
  );
  long = await readSource(amara, lines.join('\n\n'), 'long.txt');
  page = await startAs(browser, server, 'Amara');
  jonas = await startAs(browser, server, 'Jonas', { permissions: ['clipboard-read', 'clipboard-write'] });
});
afterAll(async () => {
  await browser?.close();
  await server?.remove();
});

const address = ({ id }: Source, search = ''): string =>
  `${server.url}/processes/${PROCESS}/sources/${id}${search}`;
const para = (n: number, on = page): Locator => on.locator(`[data-row="${n}"]`);
const text = (n: number, on = page): Locator => on.locator(`[data-text="${n}"]`);
const number = (n: number, on = page): Locator => para(n, on).locator('.para-number');

/** Waits until something stands in the window of the document, and stays there. */
async function inSight(what: Locator, on = page): Promise<void> {
  let before = Number.NaN;
  await until(async () => {
    const [box, frame] = await Promise.all([
      what.first().boundingBox(),
      on.getByTestId('reader').boundingBox(),
    ]);
    const still = box?.y === before;
    before = box?.y ?? Number.NaN;
    return still && !!box && !!frame && box.y >= frame.y && box.y + box.height <= frame.y + frame.height;
  });
}
/** Where some letters of a paragraph are on the screen. */
async function letters(n: number, from: number, to: number, on = page) {
  return text(n, on).evaluate(
    (element, [start, end]) => {
      const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
      const range = document.createRange();
      let at = 0;
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const { length } = node.nodeValue ?? '';
        if (start >= at && start < at + length) range.setStart(node, start - at);
        if (end > at && end <= at + length) range.setEnd(node, end - at);
        at += length;
      }
      const first = range.getClientRects()[0];
      const last = [...range.getClientRects()].at(-1);
      if (!first || !last) throw new Error('nothing is there');
      return {
        from: { x: first.left + 0.5, y: first.top + first.height / 2 },
        to: { x: last.right - 0.5, y: last.top + last.height / 2 },
      };
    },
    [from, to] as const,
  );
}
/** Selects with the mouse, from a letter of one paragraph to one of another. */
async function drag(
  from: readonly [n: number, at: number],
  to: readonly [n: number, at: number],
): Promise<void> {
  const start = (await letters(from[0], from[1], from[1] + 1)).from;
  const end = (await letters(to[0], to[1] - 1, to[1])).to;
  await page.mouse.move(start.x, start.y);
  await page.mouse.down();
  await page.mouse.move((start.x + end.x) / 2, (start.y + end.y) / 2, { steps: 4 });
  await page.mouse.move(end.x, end.y, { steps: 4 });
  await page.mouse.up();
}
const citations = async (source: Source): Promise<Citation[]> =>
  (await amara.get(`${SOURCES}/${source.id}`)).body.citations;
const recommendation = async (id: string) =>
  recommendationView.parse((await amara.get(`/api/processes/${PROCESS}/recommendations/${id}`)).body);
const bar = (on = page) => on.getByRole('region', { name: 'Chosen passage' });

describe('a document', () => {
  it('opens at a paragraph by its address, which a click on its number copies', async () => {
    await jonas.goto(address(chapters, '?p=150'));
    await inSight(text(150, jonas), jonas);
    expect(await number(150, jonas).getAttribute('aria-current')).toBe('location');
    await number(152, jonas).click();
    await jonas.getByText('The address of paragraph 152 was copied.').first().waitFor();
    const copied = await jonas.evaluate(() => navigator.clipboard.readText());
    expect(copied).toBe(address(chapters, '?p=152'));
    await jonas.goto(copied);
    await inSight(text(152, jonas), jonas);
  });

  it('has an outline of its headings, and search that goes from place to place', async () => {
    await jonas.goto(address(chapters));
    await jonas
      .getByRole('navigation', { name: 'Outline' })
      .getByRole('button', { name: 'Chapter 31' })
      .click();
    await inSight(text(181, jonas), jonas);
    expect(await text(181, jonas).innerText()).toBe('Chapter 31');
    const search = jonas.getByRole('searchbox', { name: 'Search in the document' });
    // From where one reads, on.
    await search.fill('school fund');
    const status = jonas.locator('.find-bar [role=status]');
    await status.getByText(/^1\d\d of 200$/).waitFor();
    const at = Number.parseInt(await status.innerText(), 10);
    const now = jonas.locator('.para[data-now] [data-text]');
    await inSight(now.locator('.mark-hit'), jonas);
    expect(await now.locator('.mark-hit').allInnerTexts()).toEqual(['schools', 'funds']);
    const found = Number(await now.getAttribute('data-text'));
    await search.press('Enter');
    await status.getByText(`${at + 1} of 200`).waitFor();
    await search.press('Shift+Enter');
    await status.getByText(`${at} of 200`).waitFor();
    expect(await now.getAttribute('data-text')).toBe(String(found));
    await jonas.getByRole('button', { name: 'Previous place' }).click();
    await status.getByText(`${at - 1} of 200`).waitFor();
    await inSight(now, jonas);
    await search.fill('kelpwood');
    await inSight(text(241, jonas).locator('.mark-now'), jonas);
    await jonas.getByRole('button', { name: 'Next place' }).click();
    await jonas.getByText('1 of 1').waitFor();
    await search.fill('nowhere at all');
    await jonas.getByText('Not found').waitFor();
  });

  it('of twenty thousand paragraphs draws those in sight, at each end and between', async () => {
    await jonas.goto(address(long, '?p=19990'));
    await inSight(text(19_990, jonas), jonas);
    expect(await jonas.locator('[data-row]').count()).toBeLessThan(80);
    await jonas.getByTestId('reader').evaluate((element) => element.scrollTo(0, element.scrollHeight));
    await text(LONG, jonas).getByText(`Line ${LONG}.`).waitFor();
    for (const n of [9_001, 500, 501, 12_345]) {
      await jonas.getByRole('searchbox').fill(`"line ${n}"`);
      await inSight(text(n, jonas).locator('.mark-now'), jonas);
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
    await jonas.goto(address(pages));
    await para(2, jonas).getByText('Page 2').waitFor();
    const arabic = await readSource(amara, await readFile(join(FIXTURES, 'right-to-left.pdf')), 'arabic.pdf');
    await jonas.goto(address(arabic));
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
    await jonas.goto(address(broken));
    await jonas.getByText('setup.exe is no document').waitFor();
    await amara.delete(`${SOURCES}/${broken.id}`);
    await jonas.reload();
    await jonas.getByRole('heading', { name: 'There is no such source' }).waitFor();
  });
});

describe('a recommendation', () => {
  it('is made of a passage that the mouse chose across paragraphs, and points back to it', async () => {
    await page.goto(address(chapters, '?p=2'));
    await inSight(text(2));
    const [begin, end] = [22, 'Point 2 of chapter 1: States should ensure access to schools.'.length];
    await drag([2, begin], [3, end]);
    await bar().getByText('Paragraphs 2–3 chosen').waitFor();
    await bar().getByRole('button', { name: 'Make a recommendation' }).click();
    const dialog = page.getByRole('dialog', { name: 'Make a recommendation' });
    expect(await dialog.getByLabel('Title').inputValue()).toBe('States should ensure access to schools');
    await dialog.getByLabel('Title').fill('Schools for all');
    await dialog.getByLabel('Kind').selectOption({ label: 'Partnership' });
    await dialog.getByRole('group', { name: 'Themes' }).getByLabel('Drivers of migration').check();
    await dialog.getByRole('group', { name: 'Dimensions' }).getByLabel('Global').check();
    await dialog.getByRole('button', { name: 'Make the recommendation' }).click();
    await dialog.waitFor({ state: 'detached' });
    await text(2).locator('.mark-target').waitFor();
    const [made] = await citations(chapters);
    const quote =
      'States should ensure access to schools. Cities need funds for it, and say so.\nPoint 2 of chapter 1: States should ensure access to schools.';
    expect(await recommendation(made?.id ?? '')).toMatchObject({
      title: 'Schools for all',
      text: quote,
      passage: { from: { n: 2, offset: begin }, to: { n: 3, offset: end }, quote },
      kind: 'partnership',
      themes: ['Drivers of migration'],
      dimensions: ['Global'],
      source: 'Cities Network',
      sourceKind: 'local-authority',
    });
    expect(new URL(page.url()).searchParams.get('r')).toBe(made?.id);
  });

  it('is chosen over more than the window shows', async () => {
    await page.goto(address(long, '?p=3'));
    await inSight(text(3));
    const { from } = await letters(3, 0, 1);
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    await page.mouse.move(from.x + 40, from.y, { steps: 4 });
    await bar().getByText('Paragraph 3 chosen').waitFor();
    await page.mouse.wheel(0, 100_000);
    let far = 0;
    await until(async () => {
      const place = await page.getByTestId('reader').boundingBox();
      const seen = await page.evaluate(
        ([x, y]) => document.elementFromPoint(x, y)?.closest('[data-text]')?.getAttribute('data-text'),
        [from.x, (place?.y ?? 0) + (place?.height ?? 0) / 2] as const,
      );
      far = Number(seen ?? 0);
      return far > 600;
    });
    const end = (await letters(far, 0, 8)).to;
    await page.mouse.move(end.x, end.y);
    await page.mouse.up();
    await bar().getByText(`Paragraphs 3–${far} chosen`).waitFor();
    await bar().getByRole('button', { name: 'Make a recommendation' }).click();
    await page.getByText('A recommendation holds at most 20,000 characters.').first().waitFor();
    expect(await page.getByRole('dialog').count()).toBe(0);
    await bar().getByRole('button', { name: 'Let go of the passage' }).click();
    await bar().getByText('Select a passage').waitFor();
  });

  it('is made by keyboard: paragraphs whole, words more or less', async () => {
    await page.goto(address(chapters, '?p=8'));
    await inSight(text(8));
    await number(8).focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Shift+ArrowDown');
    await bar().getByText('Paragraph 9 chosen').waitFor();
    await page.keyboard.press('Shift+ArrowDown');
    await bar().getByText('Paragraphs 9–10 chosen').waitFor();
    await page.keyboard.press('Shift+ArrowUp');
    await bar().getByText('Paragraph 9 chosen').waitFor();
    for (let word = 0; word < 6; word++) await page.keyboard.press('Alt+Shift+ArrowRight');
    // First without the full stop.
    for (let word = 0; word < 2; word++) await page.keyboard.press('Shift+ArrowLeft');
    const selected = () => page.evaluate(() => document.getSelection()?.toString());
    await until(async () => /^should ensure.*and say$/.test((await selected()) ?? ''));
    await page.keyboard.press('Control+Enter');
    const dialog = page.getByRole('dialog', { name: 'Make a recommendation' });
    await dialog.waitFor();
    // Let go, the passage stays chosen.
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await bar().getByText('Paragraph 9 chosen').waitFor();
    await until(async () => /^should ensure.*and say$/.test((await selected()) ?? ''));
    await bar().getByRole('button', { name: 'Make a recommendation' }).press('Enter');
    await dialog.getByLabel('Title').press('Enter');
    await dialog.waitFor({ state: 'detached' });
    const made = (await citations(chapters)).find(({ passage }) => passage?.from.n === 9);
    expect(made?.passage?.quote).toMatch(
      /^should ensure access to schools\. Cities need funds for it, and say$/,
    );
  });

  it('shows where it is from to delegates, who make none', async () => {
    const [made] = await citations(chapters);
    await jonas.goto(address(chapters, '?p=60'));
    await inSight(text(60, jonas));
    expect(await bar(jonas).count()).toBe(0);
    const contents = jonas.getByRole('navigation', { name: 'Recommendations of this source' });
    await contents.getByRole('button', { name: 'Schools for all' }).click();
    await inSight(text(2, jonas).locator('.mark-target'), jonas);
    expect(await text(3, jonas).locator('.mark-target').innerText()).toBe(
      'Point 2 of chapter 1: States should ensure access to schools.',
    );
    // A click in the text tells, also at another's place.
    await text(9, jonas).locator('.mark-cited').first().click();
    await para(9, jonas).locator('.para-citation').waitFor();
    expect(await text(2, jonas).locator('.mark-target').count()).toBe(0);
    await jonas.goto(address(chapters, `?r=${made?.id}`));
    await para(2, jonas)
      .getByRole('button', { name: made?.reference ?? '' })
      .and(jonas.locator('[aria-expanded=true]'))
      .waitFor();
    expect(await problems(jonas)).toEqual([]);
  });
});

describe('beside a draft', () => {
  it('the source of a recommendation opens at its passage; another is made and linked to the clause', async () => {
    const [first] = await citations(chapters);
    const { page: draft } = await openAs(browser, server, 'Amara');
    await caretAtEnd(draft, '3');
    const library = draft.getByRole('region', { name: 'Recommendations', exact: true });
    await library.getByRole('searchbox').fill('schools for all');
    const opener = draft.getByRole('button', {
      name: `Cities Network: open the source of ${first?.reference}`,
    });
    await opener.click();
    const panel = draft.getByRole('region', { name: 'Source', exact: true });
    await inSight(text(2, draft).locator('.mark-target'), draft);
    await panel.getByRole('button', { name: 'Link to 3' }).click();
    await panel.getByText('Linked to 3').waitFor();

    await panel.getByRole('searchbox').fill('"point 4 of chapter 2"');
    await inSight(text(11, draft), draft);
    await text(11, draft).click({ clickCount: 3 });
    await panel.getByRole('button', { name: 'Make a recommendation' }).click();
    const dialog = draft.getByRole('dialog', { name: 'Make a recommendation' });
    expect(await dialog.getByLabel('Link it to 3').isChecked()).toBe(true);
    expect(await problems(draft)).toEqual([]);
    await dialog.getByLabel('Title').fill('Funds for cities');
    await dialog.getByRole('button', { name: 'Make the recommendation' }).click();
    await para(11, draft).getByText('Linked to 3').waitFor();
    expect(await problems(draft)).toEqual([]);

    // Back as it was, and to the new one.
    await panel.getByRole('button', { name: 'Library', exact: true }).click();
    expect(await library.getByRole('searchbox').inputValue()).toBe('schools for all');
    await until(() => opener.evaluate((button) => button === document.activeElement));
    await opener.press('Enter');
    await panel.getByRole('searchbox').fill('"point 4 of chapter 2"');
    await inSight(text(11, draft), draft);
    const made = (await citations(chapters)).find(({ title }) => title === 'Funds for cities');
    await para(11, draft)
      .getByRole('button', { name: made?.reference ?? '' })
      .click();
    await panel.getByRole('button', { name: 'Show in the library' }).click();
    // Any source can be read there, also one that nothing was taken from.
    await draft.getByRole('button', { name: 'Read a source' }).press('Enter');
    await draft.getByRole('searchbox', { name: 'Search sources' }).fill('long');
    await draft.getByText('1 source with a text').waitFor();
    await draft.getByRole('button', { name: 'long', exact: true }).click();
    await text(1, draft).waitFor();
    expect(await problems(draft)).toEqual([]);
    await panel.getByRole('button', { name: 'Library', exact: true }).press('Enter');
    const card = draft.locator(`[data-reference="${made?.reference}"]`);
    await card.getByRole('button', { name: 'Go to 3' }).waitFor();
    expect(await draft.locator('[data-reference]').count()).toBe(1);
    await draft.context().close();
  });

  it('delegates read it there; on a phone and in dark it has no barriers', async () => {
    const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
    for (const options of [{ colorScheme: 'dark' as const }, phone]) {
      const { page: draft, context } = await openAs(browser, server, 'Jonas', options);
      await draft.getByRole('searchbox', { name: 'Search recommendations' }).fill('funds for cities');
      await draft.getByRole('button', { name: 'open the source of' }).first().click();
      await inSight(text(11, draft).locator('.mark-target'), draft);
      await para(11, draft).getByText('Linked to 3').waitFor();
      expect(await bar(draft).count()).toBe(0);
      expect(await draft.getByRole('button', { name: 'Link to' }).count()).toBe(0);
      expect(await problems(draft)).toEqual([]);
      expect(await overflows(draft)).toBe(false);
      await context.close();
      const reader = await startAs(browser, server, 'Amara', options);
      await reader.goto(address(chapters, '?p=9'));
      await inSight(text(9, reader), reader);
      await text(8, reader).evaluate((element) => document.getSelection()?.selectAllChildren(element));
      await bar(reader).getByText('Paragraph 8 chosen').waitFor();
      expect(await problems(reader)).toEqual([]);
      expect(await overflows(reader)).toBe(false);
      await bar(reader).getByRole('button', { name: 'Make a recommendation' }).click();
      await reader.getByRole('dialog').waitFor();
      expect(await problems(reader)).toEqual([]);
      await reader.context().close();
    }
  });
});
