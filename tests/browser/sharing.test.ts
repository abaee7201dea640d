import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { overflows, problems } from '../support/axe.ts';
import { launch, openAs, windowOf } from '../support/browser.ts';
import { TestServer } from '../support/server.ts';

let server: TestServer;
let browser: Browser;
let amara: Page;

beforeAll(async () => {
  server = await TestServer.start();
  browser = await launch();
  amara = (await openAs(browser, server, 'Amara')).page;
});
afterAll(async () => {
  await browser?.close();
  await server?.remove();
});

async function makeLink(ends: string): Promise<string> {
  await amara.getByRole('button', { name: 'Share' }).click();
  await amara.getByLabel('The new link ends').selectOption({ label: ends });
  await amara.getByRole('button', { name: 'Make a link' }).click();
  return amara.getByRole('textbox', { name: 'Public link' }).inputValue();
}

it('a public link shows the numbered text to anybody, on a phone, until it is revoked', async () => {
  const link = await makeLink('Never');
  await amara.getByText('does not expire').waitFor();
  const reader = await windowOf(browser, { viewport: { width: 390, height: 800 } });
  const asked: string[] = [];
  reader.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await reader.goto(link);
  await reader.getByRole('heading', { level: 1, name: /^Zero draft/ }).waitFor();
  const third = reader.locator('.public-text p').nth(2);
  expect(await third.locator('.public-number').innerText()).toBe('3.');
  await reader.getByText('Illustrative.').waitFor();
  expect(await overflows(reader)).toBe(false);
  expect(await problems(reader)).toEqual([]);
  expect(await reader.locator('[contenteditable], input, textarea, select').count()).toBe(0);
  expect(await reader.getByText('Amara').count()).toBe(0);
  expect(asked.filter((path) => path.startsWith('/api') && !path.startsWith('/api/public/'))).toEqual([]);
  expect(await reader.context().cookies()).toEqual([]);
  await reader.emulateMedia({ media: 'print' });
  expect(await reader.getByRole('button', { name: 'Print' }).count()).toBe(0);
  await reader.emulateMedia({ media: 'screen' });

  await amara.getByRole('button', { name: /^Revoke the link of/ }).click();
  await amara.getByText(/revoked \d+ \w+ \d{4}/).waitFor();
  await reader.reload();
  await reader.getByRole('heading', { name: 'Nothing to read here' }).waitFor();
  await reader.getByText('This link has ended or never was.').waitFor();
  expect(await problems(reader)).toEqual([]);
  await reader.context().close();
  await amara.keyboard.press('Escape');
});

it('a link can end at a chosen time that is still to come; only facilitators share', async () => {
  await amara.getByRole('button', { name: 'Share' }).click();
  await amara.getByLabel('The new link ends').selectOption({ label: 'At a time I choose' });
  await amara.getByLabel(/^Time \(/).fill('2020-01-01T10:00');
  await amara.getByRole('button', { name: 'Make a link' }).click();
  await amara.getByText('Choose a time that is still to come.').waitFor();
  await amara.getByLabel(/^Time \(/).fill('2031-01-01T10:00');
  await amara.getByRole('button', { name: 'Make a link' }).click();
  await amara.getByText('open until 1 January 2031, 10:00').waitFor();
  const { page: mei } = await openAs(browser, server, 'Mei');
  expect(await mei.getByRole('button', { name: 'Share' }).count()).toBe(0);
  await mei.context().close();
});
