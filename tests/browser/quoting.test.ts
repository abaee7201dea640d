import { recommendationView, type Source } from '@zerodraft/contract';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PROCESS } from '../support/account.ts';
import { overflows, problems } from '../support/axe.ts';
import { caretAtEnd, launch, openAs, startAs } from '../support/browser.ts';
import { until } from '../support/client.ts';
import { Person } from '../support/person.ts';
import {
  address,
  bar,
  citations,
  drag,
  inSight,
  letters,
  longDocument,
  number,
  para,
  schools,
  text,
} from '../support/reader.ts';
import { TestServer } from '../support/server.ts';

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
  chapters = await schools(amara);
  long = await longDocument(amara);
  // A kind of the process's own.
  const pledge = { id: crypto.randomUUID(), label: 'Pledge' };
  await amara.post(`/api/processes/${PROCESS}/taxonomies/kinds/terms`, pledge);
  page = await startAs(browser, server, 'Amara');
  jonas = await startAs(browser, server, 'Jonas');
});
afterAll(async () => {
  await browser?.close();
  await server?.remove();
});

const recommendation = async (id: string) =>
  recommendationView.parse((await amara.get(`/api/processes/${PROCESS}/recommendations/${id}`)).body);

describe('a recommendation', () => {
  it('is made of a passage that the mouse chose across paragraphs, and points back to it', async () => {
    await page.goto(address(server, chapters, '?p=2'));
    await inSight(text(2, page));
    const [begin, end] = [22, 'Point 2 of chapter 1: States should ensure access to schools.'.length];
    await drag(page, [2, begin], [3, end]);
    await bar(page).getByText('Paragraphs 2–3 chosen').waitFor();
    await bar(page).getByRole('button', { name: 'Make a recommendation' }).click();
    const dialog = page.getByRole('dialog', { name: 'Make a recommendation' });
    expect(await dialog.getByLabel('Title').inputValue()).toBe('States should ensure access to schools');
    await dialog.getByLabel('Title').fill('Schools for all');
    await dialog.getByLabel('Kind').selectOption({ label: 'Pledge' });
    await dialog.getByRole('group', { name: 'Themes' }).getByLabel('Drivers of migration').check();
    await dialog.getByRole('group', { name: 'Dimensions' }).getByLabel('Global').check();
    await dialog.getByRole('button', { name: 'Make the recommendation' }).click();
    await dialog.waitFor({ state: 'detached' });
    await text(2, page).locator('.mark-target').waitFor();
    const [made] = await citations(amara, chapters);
    const quote =
      'States should ensure access to schools. Cities need funds for it, and say so.\nPoint 2 of chapter 1: States should ensure access to schools.';
    expect(await recommendation(made?.id ?? '')).toMatchObject({
      title: 'Schools for all',
      text: quote,
      passage: { from: { n: 2, offset: begin }, to: { n: 3, offset: end }, quote },
      kind: 'Pledge',
      themes: ['Drivers of migration'],
      dimensions: ['Global'],
      source: 'Cities Network',
      sourceKind: 'Local authority',
    });
    expect(new URL(page.url()).searchParams.get('r')).toBe(made?.id);
    // The keyboard goes on at the place; the recommendation is one step away.
    await until(() => para(2, page).locator('.para-number:focus').count().then(Boolean));
    await para(2, page)
      .getByRole('link', { name: `Open ${made?.reference}` })
      .click();
    await page.getByRole('heading', { name: 'Schools for all' }).waitFor();
    expect(new URL(page.url()).pathname).toContain(`/recommendations/${made?.id}`);
  });

  it('is chosen over more than the window shows', async () => {
    await page.goto(address(server, long, '?p=3'));
    await inSight(text(3, page));
    const { from } = await letters(text(3, page), 0, 1);
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    await page.mouse.move(from.x + 40, from.y, { steps: 4 });
    await bar(page).getByText('Paragraph 3 chosen').waitFor();
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
    const end = (await letters(text(far, page), 0, 8)).to;
    await page.mouse.move(end.x, end.y);
    await page.mouse.up();
    await bar(page).getByText(`Paragraphs 3–${far} chosen`).waitFor();
    await bar(page).getByRole('button', { name: 'Make a recommendation' }).click();
    await page.getByText('A recommendation holds at most 20,000 characters.').first().waitFor();
    expect(await page.getByRole('dialog').count()).toBe(0);
    await bar(page).getByRole('button', { name: 'Let go of the passage' }).click();
    await bar(page).getByText('Select a passage').waitFor();
  });

  it('is made by keyboard: paragraphs whole, words more or less', async () => {
    await page.goto(address(server, chapters, '?p=8'));
    await inSight(text(8, page));
    await number(8, page).focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Shift+ArrowDown');
    await bar(page).getByText('Paragraph 9 chosen').waitFor();
    await page.keyboard.press('Shift+ArrowDown');
    await bar(page).getByText('Paragraphs 9–10 chosen').waitFor();
    await page.keyboard.press('Shift+ArrowUp');
    await bar(page).getByText('Paragraph 9 chosen').waitFor();
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
    await bar(page).getByText('Paragraph 9 chosen').waitFor();
    await until(async () => /^should ensure.*and say$/.test((await selected()) ?? ''));
    await bar(page).getByRole('button', { name: 'Make a recommendation' }).press('Enter');
    await dialog.getByLabel('Title').press('Enter');
    await dialog.waitFor({ state: 'detached' });
    const made = (await citations(amara, chapters)).find(({ passage }) => passage?.from.n === 9);
    expect(made?.passage?.quote).toMatch(
      /^should ensure access to schools\. Cities need funds for it, and say$/,
    );
  });

  it('shows where it is from to delegates, who make none', async () => {
    const [made] = await citations(amara, chapters);
    await jonas.goto(address(server, chapters, '?p=60'));
    await inSight(text(60, jonas));
    expect(await bar(jonas).count()).toBe(0);
    const contents = jonas.getByRole('navigation', { name: 'Recommendations of this source' });
    await contents.getByRole('button', { name: 'Schools for all' }).click();
    await inSight(text(2, jonas).locator('.mark-target'));
    expect(await text(3, jonas).locator('.mark-target').innerText()).toBe(
      'Point 2 of chapter 1: States should ensure access to schools.',
    );
    // A click in the text tells, also at another's place.
    await text(9, jonas).locator('.mark-cited').first().click();
    await para(9, jonas).locator('.para-citation').waitFor();
    expect(await text(2, jonas).locator('.mark-target').count()).toBe(0);
    await jonas.goto(address(server, chapters, `?r=${made?.id}`));
    await para(2, jonas)
      .getByRole('button', { name: made?.reference ?? '' })
      .and(jonas.locator('[aria-expanded=true]'))
      .waitFor();
    expect(await problems(jonas)).toEqual([]);
  });
});

describe('beside a draft', () => {
  it('the source of a recommendation opens at its passage; another is made and linked to the clause', async () => {
    const [first] = await citations(amara, chapters);
    const { page: draft } = await openAs(browser, server, 'Amara');
    await caretAtEnd(draft, '3');
    const library = draft.getByRole('region', { name: 'Recommendations', exact: true });
    await library.getByRole('searchbox').fill('schools for all');
    const opener = draft.getByRole('button', {
      name: `Cities Network: open the source of ${first?.reference}`,
    });
    await opener.click();
    const panel = draft.getByRole('region', { name: 'Source', exact: true });
    await inSight(text(2, draft).locator('.mark-target'));
    await panel.getByRole('button', { name: 'Link to 3' }).click();
    await panel.getByText('Linked to 3').waitFor();

    await panel.getByRole('searchbox').fill('"point 4 of chapter 2"');
    await inSight(text(11, draft));
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
    await inSight(text(11, draft));
    const made = (await citations(amara, chapters)).find(({ title }) => title === 'Funds for cities');
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
      await inSight(text(11, draft).locator('.mark-target'));
      await para(11, draft).getByText('Linked to 3').waitFor();
      expect(await bar(draft).count()).toBe(0);
      expect(await draft.getByRole('button', { name: 'Link to' }).count()).toBe(0);
      expect(await problems(draft)).toEqual([]);
      expect(await overflows(draft)).toBe(false);
      await context.close();
      const reader = await startAs(browser, server, 'Amara', options);
      await reader.goto(address(server, chapters, '?p=9'));
      await inSight(text(9, reader));
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
