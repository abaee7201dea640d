import { join } from 'node:path';
import BetterSqlite from 'better-sqlite3';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { caretAtEnd, clause, launch, openAs, saved } from '../support/browser.ts';
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

it('RGT-2 what a person without the right wrote is refused, told, given back, and the draft is the server’s again', async () => {
  const { page: mei } = await openAs(browser, server, 'Mei');
  const { page: amara } = await openAs(browser, server, 'Amara');
  const before = await clause(amara, '2').textContent();
  await server.stop();
  await mei.getByTestId('save-status').getByText('Offline').waitFor();
  await caretAtEnd(mei, '2');
  await mei.keyboard.type(' and what Mei thinks');
  const db = new BetterSqlite(join(server.dataDir, 'zerodraft.db'));
  db.prepare("update member set role = 'observer' where userId = 'mei'").run();
  db.close();
  await server.run();
  const banner = mei.getByRole('alert');
  await banner.getByText('You may read this draft now, and not change its text.').waitFor();
  const download = mei.waitForEvent('download');
  await banner.getByRole('link', { name: 'Save my text' }).click();
  const stream = await (await download).createReadStream();
  const text = (await stream.toArray()).join('');
  expect(text).toContain('and what Mei thinks');
  await expect.poll(() => clause(mei, '2').textContent()).toBe(before);
  await saved(mei);
  await mei.locator('.draft-text[contenteditable=false]').waitFor();
  expect(await clause(amara, '2').textContent()).toBe(before);
  await banner.getByRole('button', { name: 'Close' }).click();
  await banner.waitFor({ state: 'detached' });
});
