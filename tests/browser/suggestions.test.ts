import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { problems } from '../support/axe.ts';
import { caretAtEnd, clause, launch, openAs, saved } from '../support/browser.ts';
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

const CITATION = '2';
const list = () => page.getByRole('list', { name: `Likely recommendations for ${CITATION}` });
const suggested = () =>
  list()
    .locator('li')
    .evaluateAll((rows) => rows.map((row) => row.querySelector('.reference')?.textContent ?? ''));
const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? '');

describe('likely recommendations', () => {
  it('follow what is typed, say why, and are linked and dismissed with the keyboard alone', async () => {
    await caretAtEnd(page, CITATION);
    await page.keyboard.type(' Remittances cost under three per cent.');
    await list().getByText('CO-001', { exact: true }).waitFor();
    const before = await suggested();
    const row = list().locator('li', { hasText: 'CO-001' });
    expect(await row.locator('.shared-word').allInnerTexts()).toContain('remittances');
    await page.getByText(`${before.length} likely for ${CITATION}.`).waitFor({ state: 'attached' });

    await page.keyboard.type(' Portable pensions for people who worked abroad.');
    await list().getByText('CO-004', { exact: true }).waitFor();
    expect(await problems(page)).toEqual([]);

    // From the text to the library, past its tools, to the list.
    await page.keyboard.press('Control+Alt+l');
    await until(async () => {
      await page.keyboard.press('Tab');
      return (await focused()).startsWith('Link ');
    });
    const [first, second, third] = await suggested();
    expect(await focused()).toBe(`Link ${first} to ${CITATION}`);
    await page.keyboard.press('Enter');
    await until(async () => (await focused()) === `Link ${second} to ${CITATION}`);
    await page.getByText(`${first} is linked to ${CITATION} as adapted.`).waitFor({ state: 'attached' });
    expect(await suggested()).not.toContain(first);
    await page
      .locator(`[data-reference="${first}"]`)
      .getByRole('button', { name: `Adapted: the link of ${first} to ${CITATION}` })
      .waitFor();

    await page.keyboard.press('Tab');
    expect(await focused()).toBe(`Dismiss ${second} for now`);
    await page.keyboard.press('Enter');
    await until(async () => (await focused()) === `Link ${third} to ${CITATION}`);
    expect(await suggested()).not.toContain(second);

    // Linked for all: the server leaves it out from now on.
    await saved(page);
    await page.reload();
    await clause(page, CITATION).click();
    await until(async () => (await suggested())[0] === second);
    expect(await suggested()).not.toContain(first);
  });

  it('are of the clause under the cursor, and none while nothing is likely', async () => {
    await clause(page, '1').click();
    await list().waitFor({ state: 'detached' });
    await page.locator('.draft-text [data-kind="section"]').first().click();
    await until(async () => (await page.locator('.likely').count()) === 0);
  });

  it('are not shown to who may not link', async () => {
    const { page: observer, context } = await openAs(browser, server, 'Leila');
    await clause(observer, CITATION).click();
    await observer.getByText(/of \d+ recommendations/).waitFor();
    expect(await observer.locator('.likely').count()).toBe(0);
    await context.close();
  });
});
