import { join } from 'node:path';
import BetterSqlite from 'better-sqlite3';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PROCESS } from '../support/account.ts';
import { problems } from '../support/axe.ts';
import { caretAtEnd, chooseRole, clause, launch, openAs, saved } from '../support/browser.ts';
import { DRAFT } from '../support/client.ts';
import { Person } from '../support/person.ts';
import { TestServer } from '../support/server.ts';

let server: TestServer;
let browser: Browser;
let amara: Person;

beforeAll(async () => {
  server = await TestServer.start();
  browser = await launch();
  amara = await Person.demo(server, 'amara');
});
afterAll(async () => {
  await browser?.close();
  await server?.remove();
});

const setRole = (userId: string, change: object) =>
  amara.patch(`/api/processes/${PROCESS}/members/${userId}`, change);

/** Begins a comment on a clause and leaves it unsent. */
async function beginComment(page: Page, text: string): Promise<void> {
  await clause(page, '2').click();
  await page.getByRole('button', { name: 'Comment', exact: true }).click();
  await page.getByRole('textbox', { name: 'Write a comment' }).fill(text);
}

const notice = (page: Page) => page.getByTestId('rights-notice');
const written = (page: Page): Promise<string> =>
  page.getByRole('textbox', { name: 'Write a comment' }).innerText();

describe('a role changed while the draft is open', () => {
  it('is told, and the page goes on under the new rights with what was typed', async () => {
    const { page: mei } = await openAs(browser, server, 'Mei');
    await caretAtEnd(mei, '3');
    await mei.keyboard.type(' Typed as drafter.');
    await saved(mei);
    await beginComment(mei, 'Half a thought');
    await setRole('mei', { role: 'observer' });
    await notice(mei).getByText('Your role in this draft is now observer.').waitFor();
    await mei.locator('.draft-text[contenteditable=false]').waitFor();
    expect(await mei.getByRole('button', { name: 'Bold', exact: true }).count()).toBe(0);
    expect(await clause(mei, '3').innerText()).toContain('Typed as drafter.');
    expect(await written(mei)).toBe('Half a thought');
    await mei.locator('form').getByText('What you typed is kept on this device.').waitFor();
    expect(await mei.locator('form').getByRole('button', { name: 'Comment' }).isDisabled()).toBe(true);

    await setRole('mei', { role: 'drafter' });
    await notice(mei).getByText('Your role in this draft is now drafter.').waitFor();
    await mei.locator('.draft-text[contenteditable=true]').waitFor();
    await mei.locator('form').getByRole('button', { name: 'Comment' }).click();
    await mei.getByTestId('thread').getByText('Half a thought').waitFor();
    await caretAtEnd(mei, '3');
    await mei.keyboard.type(' And again.');
    await saved(mei);
    await notice(mei).getByRole('button', { name: 'Dismiss' }).click();
    await notice(mei).getByText('is now drafter').waitFor({ state: 'detached' });
    await mei.context().close();
  });

  it('in this draft alone, is set on the members page and seen at once', async () => {
    const { page: facilitator } = await openAs(browser, server, 'Amara');
    const { page: jonas } = await openAs(browser, server, 'Jonas');
    await facilitator.goto(`${server.url}/processes/${PROCESS}/members`);
    await facilitator.getByLabel('Roles in').selectOption({ index: 1 });
    await chooseRole(facilitator, 'Jonas Okwuosa in ', 'Drafter');
    await notice(jonas).getByText('Your role in this draft is now drafter.').waitFor();
    await jonas.locator('.draft-text[contenteditable=true]').waitFor();
    await chooseRole(facilitator, 'Jonas Okwuosa in ', 'No access');
    await jonas.getByRole('heading', { name: 'Your access to this draft has ended' }).waitFor();
    await jonas.getByRole('main').getByRole('link', { name: 'All processes' }).click();
    await jonas.getByText('No draft is open to you here yet.').waitFor();
    await chooseRole(facilitator, 'Jonas Okwuosa in ', 'As in the process');
    await facilitator.getByRole('button', { name: /^Role of Jonas .*: As in the process$/ }).waitFor();
    await jonas.reload();
    await jonas
      .getByRole('link', { name: /^Zero draft/ })
      .first()
      .waitFor();
    await jonas.context().close();
    await facilitator.context().close();
  });

  it('that ends all access is told, with what was typed and not sent', async () => {
    const { page: leila } = await openAs(browser, server, 'Leila');
    await setRole('leila', { role: 'delegate' });
    await notice(leila).getByText('is now delegate').waitFor();
    await beginComment(leila, 'A thought to keep');
    await amara.delete(`/api/processes/${PROCESS}/members/leila`);
    await leila.getByRole('heading', { name: 'Your access to this draft has ended' }).waitFor();
    expect(await leila.locator('blockquote').innerText()).toBe('A thought to keep');
    expect(await problems(leila)).toEqual([]);
    expect(await leila.locator('.draft-text').count()).toBe(0);
    await leila.getByRole('main').getByRole('link', { name: 'All processes' }).click();
    await leila.getByRole('heading', { name: 'No process yet' }).waitFor();
    await leila.context().close();
  });
});

it('access that ended while the server was away is told when it is back', async () => {
  const { page: tomas } = await openAs(browser, server, 'Tomás');
  await server.stop();
  await tomas.getByTestId('save-status').getByText('Offline').waitFor();
  const db = new BetterSqlite(join(server.dataDir, 'zerodraft.db'));
  db.prepare("delete from member where userId = 'tomas'").run();
  db.close();
  await server.run();
  await tomas.getByRole('heading', { name: 'Your access to this draft has ended' }).waitFor();
  await tomas.context().close();
});

describe('a round', () => {
  it('closed by a facilitator tells a delegate who is writing why; reopened, the comment goes out', async () => {
    const { page: jonas } = await openAs(browser, server, 'Jonas');
    const { page: facilitator } = await openAs(browser, server, 'Amara');
    await beginComment(jonas, 'In the middle of a sentence');
    await facilitator.goto(`${server.url}/processes/${PROCESS}/rounds`);
    const round = facilitator.getByTestId('round').filter({ hasText: 'Open for trying out' });
    await round.getByRole('button', { name: /Close now/ }).click();
    await facilitator.getByRole('button', { name: 'Close the round' }).click();
    await round.getByText('closed', { exact: true }).waitFor();

    await jonas.getByRole('button', { name: 'Comments are closed' }).waitFor();
    const reason = jonas.locator('.comment-window');
    await reason.getByText(/^Comments have been closed since \d+ \w+ \d{4}, \d\d:\d\d/).waitFor();
    expect(await reason.innerText()).toContain('(Open for trying out)');
    expect(await written(jonas)).toBe('In the middle of a sentence');
    expect(await problems(jonas)).toEqual([]);
    expect(await jonas.locator('form').getByRole('button', { name: 'Comment' }).isDisabled()).toBe(true);
    await jonas.reload();
    await jonas.getByRole('textbox', { name: 'Write a comment' }).waitFor();
    expect(await written(jonas)).toBe('In the middle of a sentence');

    await round.getByRole('button', { name: /Reopen/ }).click();
    await facilitator.getByRole('button', { name: 'Reopen', exact: true }).click();
    await round.getByText('open', { exact: true }).waitFor();
    await jonas.locator('form').getByRole('button', { name: 'Comment' }).click();
    await jonas.getByTestId('thread').getByText('In the middle of a sentence').waitFor();
    await jonas.getByTestId('thread').getByText('A delegation from the Pacific').waitFor();
    await jonas.context().close();
    await facilitator.context().close();
  });

  it('that ends by its own clock closes comments on the screen at that moment', async () => {
    const { page: jonas } = await openAs(browser, server, 'Jonas');
    await jonas.getByRole('tab', { name: 'Comments' }).click();
    const { body } = await amara.get(`/api/processes/${PROCESS}/rounds`);
    const open = body.rounds.find(({ name }: { name: string }) => name === 'Open for trying out');
    const closesAt = new Date(Date.now() + 8_000).toISOString();
    await amara.patch(`/api/processes/${PROCESS}/rounds/${open.id}`, { closesAt });
    await jonas.getByText(/^Comments are open until/).waitFor();
    await jonas.getByText(/^Comments have been closed since/).waitFor();
    expect(Date.now()).toBeGreaterThan(Date.parse(closesAt));
    await amara.patch(`/api/processes/${PROCESS}/rounds/${open.id}`, { closesAt: null });
    await jonas.getByRole('button', { name: 'Comment', exact: true }).waitFor();
    await jonas.context().close();
  });

  it('is made with times in its own zone and shown in the viewer’s too', async () => {
    const { page } = await openAs(browser, server, 'Amara', { timezoneId: 'Asia/Tokyo' });
    await page.goto(`${server.url}/processes/${PROCESS}/rounds`);
    await page.getByRole('button', { name: 'New round' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill('Seventh round');
    await dialog.getByLabel('Time zone').fill('Geneva');
    await dialog.getByLabel('Opens', { exact: true }).fill('2031-05-31T09:00');
    await dialog.getByLabel('Closes').fill('2031-05-30T09:00');
    await dialog.getByRole('button', { name: 'Make the round' }).click();
    await dialog.getByText('this one is not known').waitFor();
    await dialog.getByLabel('Time zone').fill('Europe/Zurich');
    await dialog.getByRole('button', { name: 'Make the round' }).click();
    await dialog.getByText('A round closes after it opens.').waitFor();
    await dialog.getByLabel('Closes').fill('2031-06-02T18:30');
    await dialog.getByRole('button', { name: 'Make the round' }).click();
    const round = page.getByTestId('round').filter({ hasText: 'Seventh round' });
    await round.getByText('not open yet').waitFor();
    const text = await round.innerText();
    expect(text).toContain('31 May 2031, 09:00 CEST');
    expect(text).toContain('16:00 GMT+9 for you');
    expect(text).toContain('2 June 2031, 18:30 CEST');
    expect(text).toContain('3 June 2031, 01:30 GMT+9 for you');
    await round.getByRole('button', { name: /Open now/ }).click();
    await round.getByText('open', { exact: true }).waitFor();
    await round.getByRole('button', { name: 'Menu of Seventh round' }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await page.getByRole('button', { name: 'Delete the round' }).click();
    await round.waitFor({ state: 'detached' });
    await page.context().close();
  });
});

it('an archived draft says so in the open page, and goes on when it is restored', async () => {
  const { page: mei } = await openAs(browser, server, 'Mei');
  await amara.put(`/api/drafts/${DRAFT}/state`, { state: 'archived' });
  await notice(mei).getByText('This draft has been archived since').waitFor();
  await mei.locator('.draft-text[contenteditable=false]').waitFor();
  await amara.put(`/api/drafts/${DRAFT}/state`, { state: 'active' });
  await notice(mei).getByText('This draft was restored').waitFor();
  await mei.locator('.draft-text[contenteditable=true]').waitFor();
  await caretAtEnd(mei, '3');
  await mei.keyboard.type(' After the archive.');
  await saved(mei);
  await mei.context().close();
});
