import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { overflows, problems } from '../support/axe.ts';
import { clause, launch, openAs } from '../support/browser.ts';
import { TestServer } from '../support/server.ts';

let server: TestServer;
let browser: Browser;

beforeAll(async () => {
  server = await TestServer.start();
  browser = await launch();
});
afterAll(async () => {
  await browser?.close();
  await server?.remove();
});

describe.each(['light', 'dark'] as const)('every screen in %s', (colorScheme) => {
  it('of a draft meets WCAG 2.2 AA as far as axe can tell', async () => {
    const context = await browser.newContext({ colorScheme });
    const page = await context.newPage();
    await page.goto(server.url);
    await page.getByRole('button', { name: 'Amara' }).waitFor();
    expect(await problems(page)).toEqual([]);
    await context.close();

    const { page: amara } = await openAs(browser, server, 'Amara', { colorScheme });
    await amara.locator('.card').first().waitFor();
    await clause(amara, '2').click();
    await amara.getByRole('tab', { name: 'Library' }).click();
    await amara.locator('details.filters summary').click();
    expect(await problems(amara)).toEqual([]);
    await amara.getByRole('button', { name: 'Comment', exact: true }).click();
    await amara.getByRole('textbox', { name: 'Write a comment' }).fill('Looks right.');
    await amara.locator('form').getByRole('button', { name: 'Comment' }).click();
    await amara.getByTestId('thread').first().waitFor();
    expect(await problems(amara)).toEqual([]);
    await amara.getByRole('tab', { name: 'Library' }).click();
    await amara.getByRole('button', { name: 'Import' }).click();
    expect(await problems(amara)).toEqual([]);
    await amara.keyboard.press('Escape');
    await amara.getByRole('link', { name: 'Coverage' }).click();
    await amara.locator('.heat-map').waitFor();
    expect(await problems(amara)).toEqual([]);
    await amara.context().close();
  });
});

describe('on a phone', () => {
  it('every screen fits the width and the draft can be read', async () => {
    const { page } = await openAs(browser, server, 'Leila', { viewport: { width: 390, height: 800 } });
    await clause(page, '1').waitFor();
    expect(await overflows(page)).toBe(false);
    const width = await clause(page, '1').evaluate((element) => element.getBoundingClientRect().width);
    expect(width).toBeGreaterThan(260);
    await page.getByRole('link', { name: 'Coverage' }).click();
    await page.locator('.heat-map').waitFor();
    expect(await overflows(page)).toBe(false);
    await page.context().close();
  });
});
