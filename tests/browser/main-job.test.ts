import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  caretAtEnd,
  clause,
  dragOnto,
  launch,
  openAs,
  openThread,
  sameText,
  saved,
  shownBlocks,
} from '../support/browser.ts';
import { TestServer } from '../support/server.ts';

let server: TestServer;
let browser: Browser;
let amara: Page;
let tomas: Page;

beforeAll(async () => {
  server = await TestServer.start();
  browser = await launch();
  amara = (await openAs(browser, server, 'Amara')).page;
  tomas = (await openAs(browser, server, 'Tomás')).page;
});
afterAll(async () => {
  await browser?.close();
  await server?.remove();
});

const same = (): Promise<void> => sameText(amara, tomas);

describe('two facilitators do the main job', () => {
  it('see each other and each other’s typing', async () => {
    await amara.getByRole('list', { name: 'Here now' }).getByText('Tomás Hellberg').waitFor();
    await caretAtEnd(amara, '2');
    await amara.keyboard.type(' Typed by Amara.');
    await clause(tomas, '2').getByText('Typed by Amara.').waitFor();
    await tomas.locator('.remote-caret-name', { hasText: 'Amara Nwosu-Lind' }).waitFor();
    await saved(amara);
  });

  it('number what they write: Enter, Tab, Shift-Tab and undo', async () => {
    await caretAtEnd(amara, '3');
    await amara.keyboard.press('Enter');
    await amara.keyboard.type('A new paragraph');
    await clause(tomas, '4').getByText('A new paragraph').waitFor();
    await amara.keyboard.press('Tab');
    await clause(tomas, '3(a)').getByText('A new paragraph').waitFor();
    await amara.keyboard.press('Shift+Tab');
    await clause(tomas, '4').getByText('A new paragraph').waitFor();
    await amara.keyboard.press('Control+z');
    await same();
  });

  it('link by dragging a card, see it from both ends, and take it back with undo', async () => {
    const card = amara.locator('[data-reference="DR-003"]');
    await amara.getByRole('searchbox').fill('district plans');
    await card.waitFor();
    await dragOnto(amara, card, clause(amara, '3'));
    await card.getByRole('button', { name: 'Go to 3', exact: true }).waitFor();
    const id = await clause(tomas, '3').getAttribute('data-block-id');
    await tomas
      .locator(`[data-margin-for="${id}"]`)
      .getByRole('button', { name: '1 recommendation of 3' })
      .waitFor();
    await clause(amara, '3').click();
    await amara.keyboard.press('Control+z');
    await card.getByRole('button', { name: 'Go to 3', exact: true }).waitFor({ state: 'detached' });
    await amara.getByRole('searchbox').fill('');
  });

  it('link from the clause’s menu and by keyboard alone', async () => {
    await clause(amara, '2').click();
    await amara.getByRole('button', { name: 'Menu of 2', exact: true }).click();
    await amara.getByRole('menuitem', { name: /Link to recommendations/ }).click();
    await amara.getByRole('searchbox').fill('hotlines');
    const card = amara.locator('[data-reference="ST-004"]');
    await card.getByRole('button', { name: 'Link to 2', exact: true }).click();
    await card.getByRole('button', { name: 'Go to 2', exact: true }).waitFor();
    await caretAtEnd(amara, '3');
    await amara.getByRole('button', { name: 'Menu of 3', exact: true }).waitFor();
    await amara.keyboard.press('Control+Alt+l');
    await amara.locator('input[type=search]:focus').waitFor();
    await card.getByRole('button', { name: 'Link to 3', exact: true }).focus();
    await amara.keyboard.press('Enter');
    await card.getByRole('button', { name: 'Go to 3', exact: true }).waitFor();
    await tomas.getByRole('searchbox').fill('hotlines');
    await tomas
      .locator('[data-reference="ST-004"]')
      .getByRole('button', { name: 'Go to 3', exact: true })
      .waitFor();
    for (const page of [amara, tomas]) await page.getByRole('searchbox').fill('');
  });

  it('a split clause has its links in both halves; the join unites them', async () => {
    await clause(amara, '1').click();
    await amara.keyboard.press('Home');
    for (let i = 0; i < 5; i += 1) await amara.keyboard.press('ArrowRight');
    await amara.keyboard.press('Enter');
    for (const half of ['1', '2']) {
      const id = await clause(amara, half).getAttribute('data-block-id');
      await amara.locator(`[data-margin-for="${id}"]`).waitFor();
    }
    await amara.keyboard.press('Backspace');
    await same();
  });

  it('comment on a selection; the other answers and resolves; the author is the session’s person', async () => {
    await clause(amara, '2').click();
    await amara.keyboard.press('Home');
    await amara.keyboard.press('Shift+End');
    await amara.getByRole('button', { name: 'Comment', exact: true }).click();
    await amara.getByRole('textbox', { name: 'Write a comment' }).fill('Is this agreed?');
    await amara.locator('form').getByRole('button', { name: 'Comment' }).click();
    await tomas.locator('.thread-mark').first().waitFor();
    await tomas.getByRole('tab', { name: 'Comments' }).click();
    const thread = tomas.getByTestId('thread').filter({ hasText: 'Is this agreed?' });
    await thread.getByText('Amara Nwosu-Lind').waitFor();
    await openThread(tomas, 'Is this agreed?');
    await thread.getByRole('textbox', { name: 'Reply' }).fill('It is.');
    await thread.getByRole('button', { name: 'Reply' }).click();
    await amara.getByTestId('thread').getByText('1 reply').waitFor();
    await (await openThread(amara, 'Is this agreed?')).getByText('It is.').waitFor();
    await thread.getByRole('button', { name: 'Resolve' }).click();
    await amara.locator('.thread-mark').first().waitFor({ state: 'detached' });
  });

  it('both offline, both edit, reconnect: one document; a reload and a restart keep it', async () => {
    for (const page of [amara, tomas]) await page.context().setOffline(true);
    await server.stop();
    await amara.getByTestId('save-status').getByText('Offline').waitFor();
    await tomas.getByTestId('save-status').getByText('Offline').waitFor();
    await caretAtEnd(amara, '3');
    await amara.keyboard.type(' Offline Amara.');
    await caretAtEnd(tomas, '3');
    await tomas.keyboard.type(' Offline Tomas.');
    await tomas
      .getByTestId('save-status')
      .getByText(/unsent/)
      .waitFor();
    await server.run();
    for (const page of [amara, tomas]) await page.context().setOffline(false);
    await clause(amara, '3').getByText('Offline Tomas.').waitFor();
    await clause(tomas, '3').getByText('Offline Amara.').waitFor();
    await same();
    await saved(amara);
    await saved(tomas);
    const before = await shownBlocks(amara);
    await amara.reload();
    await clause(amara, '3').getByText('Offline Amara.').waitFor();
    expect(await shownBlocks(amara)).toEqual(before);
  });

  it('an observer reads and cannot write; coverage counts live and opens the list', async () => {
    const { page: leila } = await openAs(browser, server, 'Leila');
    expect(await leila.locator('.draft-text').getAttribute('contenteditable')).toBe('false');
    expect(await leila.getByRole('button', { name: 'Comment', exact: true }).count()).toBe(0);
    await leila.getByRole('link', { name: 'Coverage' }).click();
    await leila.getByRole('heading', { name: 'Coverage' }).waitFor();
    expect(await leila.locator('.heat-map tbody tr').count()).toBe(7);
    await leila.locator('.heat-map tbody tr').first().getByRole('link').first().click();
    await leila.getByRole('dialog').getByRole('link', { name: 'Beside the draft' }).click();
    await leila.getByText(/of \d+ recommendations/).waitFor();
    expect(await leila.getByRole('combobox', { name: 'Theme' }).inputValue()).toContain('Human rights');
    await leila.context().close();
  });

  it('a file with an error is shown, and its valid rows kept on confirmation', async () => {
    await amara.getByRole('tab', { name: 'Library' }).click();
    await amara.getByRole('button', { name: 'Import' }).click();
    const csv = 'Code,Proposal,Submitted by\nNEW-1,A proposal from a file,A network\nNEW-2,,A network\n';
    await amara
      .locator('input[type=file]')
      .setInputFiles({ name: 'box.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });
    await amara.getByText('Row 3, Text').waitFor();
    await amara.getByRole('button', { name: 'Keep 1 valid row' }).click();
    await amara.getByTestId('import-summary').getByText('Kept: 1 new').waitFor();
    await amara.getByRole('button', { name: 'Done' }).click();
    await tomas.getByRole('tab', { name: 'Library' }).click();
    await tomas.getByRole('searchbox').fill('proposal from a file');
    await tomas.locator('[data-reference="NEW-1"]').waitFor();
  });
});
