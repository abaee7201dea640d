import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { caretAtEnd, clause, launch, openAs, sameText, saved } from '../support/browser.ts';
import { until } from '../support/client.ts';
import { TestServer } from '../support/server.ts';

let server: TestServer;
let browser: Browser;
let amara: Page;
let tomas: Page;
let mei: Page;

beforeAll(async () => {
  server = await TestServer.start();
  browser = await launch();
  amara = (await openAs(browser, server, 'Amara')).page;
  tomas = (await openAs(browser, server, 'Tomás')).page;
  mei = (await openAs(browser, server, 'Mei')).page;
});
afterAll(async () => {
  await browser?.close();
  await server?.remove();
});

/** A clause's text without the names at others' carets. */
const textOf = (page: Page, citation: string): Promise<string> =>
  clause(page, citation).evaluate((block) => {
    const copy = block.cloneNode(true);
    if (!(copy instanceof HTMLElement)) return '';
    for (const caret of copy.querySelectorAll('.remote-caret')) caret.remove();
    return copy.textContent;
  });
const shows = (page: Page, citation: string, text: string): Promise<void> =>
  until(async () => (await textOf(page, citation)).includes(text));
const idOf = (page: Page, citation: string) => clause(page, citation).getAttribute('data-block-id');

describe('three people in one draft', () => {
  it('see who is here, type into one paragraph at once, and end with one text', async () => {
    for (const page of [amara, tomas, mei])
      await until(
        async () => (await page.getByRole('list', { name: 'Here now' }).locator('li').count()) >= 2,
      );
    await Promise.all([amara, tomas, mei].map((page) => caretAtEnd(page, '2')));
    await Promise.all([
      amara.keyboard.type(' from Amara'),
      tomas.keyboard.type(' from Tomas'),
      mei.keyboard.type(' from Mei'),
    ]);
    for (const page of [amara, tomas, mei]) await saved(page);
    await sameText(amara, tomas, mei);
    const letters = [...(await textOf(mei, '2'))].filter((letter) => letter === 'f').length;
    expect(letters).toBeGreaterThanOrEqual(3);
  });

  it('each undoes only what they did themselves', async () => {
    await caretAtEnd(amara, '3');
    await amara.keyboard.type(' ALPHA');
    await shows(tomas, '3', 'ALPHA');
    await caretAtEnd(tomas, '3');
    await tomas.keyboard.type(' BRAVO');
    await shows(amara, '3', 'ALPHA BRAVO');
    await amara.keyboard.press('Control+z');
    await until(async () => !(await textOf(tomas, '3')).includes('ALPHA'));
    expect(await textOf(tomas, '3')).toContain('BRAVO');
    await tomas.keyboard.press('Control+z');
    await until(async () => !(await textOf(amara, '3')).includes('BRAVO'));
    await amara.keyboard.press('Control+Shift+z');
    await shows(mei, '3', 'ALPHA');
    await sameText(amara, tomas, mei);
  });

  it('a caret stays with its text while another types before it in the same clause', async () => {
    await caretAtEnd(amara, '3');
    await amara.keyboard.type('one');
    await shows(tomas, '3', 'one');
    await clause(tomas, '3').click();
    await tomas.keyboard.press('Home');
    await tomas.keyboard.type('Typed before: ');
    await shows(amara, '3', 'Typed before: ');
    await amara.keyboard.type(' two');
    await until(async () => (await textOf(tomas, '3')).endsWith('one two'));
    await sameText(amara, tomas, mei);
  });

  it('two offline edit and link the same clause; both links and both texts stand after they return', async () => {
    for (const page of [amara, tomas]) {
      await page.getByRole('searchbox').fill('hotlines');
      await page.locator('[data-reference="ST-004"]').waitFor();
      await page.context().setOffline(true);
    }
    await server.stop();
    for (const page of [amara, tomas]) await page.getByTestId('save-status').getByText('Offline').waitFor();
    const link = async (page: Page, citation: string): Promise<void> => {
      await caretAtEnd(page, citation);
      await page.keyboard.type(' offline');
      await page
        .getByRole('button', { name: `Link to ${citation}`, exact: true })
        .first()
        .click();
    };
    await link(amara, '1');
    await link(tomas, '1');
    await link(amara, '2');
    await link(tomas, '3');
    await server.run();
    for (const page of [amara, tomas]) await page.context().setOffline(false);
    await sameText(amara, tomas, mei);
    await mei.getByRole('searchbox').fill('hotlines');
    for (const page of [amara, tomas, mei]) {
      const card = page.locator('[data-reference="ST-004"]');
      for (const citation of ['1', '2', '3'])
        await card.getByRole('button', { name: `Go to ${citation}`, exact: true }).waitFor();
      await saved(page);
    }
    for (const page of [amara, tomas, mei]) await page.getByRole('searchbox').fill('');
  });
});

describe('what hangs on a clause follows it', () => {
  it('a card’s clause number goes there and shows it', async () => {
    await amara.locator('details.filters summary').click();
    await amara.getByRole('combobox', { name: 'Linked' }).selectOption('linked');
    const chip = amara.locator('.card .clause-chip').last();
    const citation = await chip.innerText();
    await chip.click();
    await amara.locator('.reveal-frame').waitFor();
    await until(() =>
      clause(amara, citation).evaluate((element) => {
        const { top, bottom } = element.getBoundingClientRect();
        return top >= 0 && bottom <= window.innerHeight;
      }),
    );
    await amara.getByRole('button', { name: 'Clear filters' }).click();
  });

  it('a deleted clause’s links go, and come back with undo', async () => {
    await amara.getByRole('searchbox').fill('hotlines');
    const card = amara.locator('[data-reference="ST-004"]');
    await card.getByRole('button', { name: 'Go to 3', exact: true }).waitFor();
    const id = await idOf(amara, '3');
    const chips = await card.locator('.clause-chip').count();
    await clause(amara, '3').click();
    await amara.getByRole('button', { name: 'Menu of 3', exact: true }).click();
    await amara.getByRole('menuitem', { name: 'Delete' }).click();
    await until(async () => (await card.locator('.clause-chip').count()) === chips - 1);
    expect(await amara.locator(`[data-margin-for="${id}"]`).count()).toBe(0);
    await amara.keyboard.press('Control+z');
    await until(async () => (await card.locator('.clause-chip').count()) === chips);
    expect(await idOf(amara, '3')).toBe(id);
    await amara.getByRole('searchbox').fill('');
    await sameText(amara, tomas, mei);
  });

  it('a delegate, who may not edit, comments; the mark follows typing, a split, a move and undo', async () => {
    const { page: jonas } = await openAs(browser, server, 'Jonas');
    expect(await jonas.locator('.draft-text').getAttribute('contenteditable')).toBe('false');
    await caretAtEnd(amara, '4');
    await amara.keyboard.press('Enter');
    await amara.keyboard.type('Before the NEEDLE after');
    await shows(jonas, '5', 'Before the NEEDLE after');
    await clause(jonas, '5').evaluate((element) => {
      const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const at = node.textContent?.indexOf('NEEDLE') ?? -1;
        if (at >= 0) window.getSelection()?.setBaseAndExtent(node, at, node, at + 6);
      }
    });
    await jonas.getByRole('button', { name: 'Comment', exact: true }).click();
    await jonas.getByRole('textbox', { name: 'Write a comment' }).fill('Which needle?');
    await jonas.locator('form').getByRole('button', { name: 'Comment' }).click();

    const mark = (page: Page) => page.locator('.draft-text .thread-mark');
    const marked = (page: Page, text: string, citation: string) =>
      expect
        .poll(
          async () => ({
            all: (await mark(page).allTextContents()).join(''),
            here: await clause(page, citation).locator('.thread-mark').count(),
          }),
          { timeout: 10_000, message: `${text} in ${citation}` },
        )
        .toMatchObject({ all: text, here: 1 });
    for (const page of [amara, tomas, mei, jonas]) await marked(page, 'NEEDLE', '5');

    await clause(tomas, '5').click();
    await tomas.keyboard.press('Home');
    await tomas.keyboard.type('Long ');
    await shows(amara, '5', 'Long Before');
    for (const page of [amara, tomas, jonas]) await marked(page, 'NEEDLE', '5');

    // Split before the needle: it stands in the new clause 6.
    await clause(amara, '5').click();
    await amara.keyboard.press('Home');
    for (let i = 0; i < 'Long Before'.length; i += 1) await amara.keyboard.press('ArrowRight');
    await amara.keyboard.press('Enter');
    for (const page of [amara, tomas, jonas]) await marked(page, 'NEEDLE', '6');
    await jonas
      .getByTestId('thread')
      .filter({ hasText: 'Which needle?' })
      .getByText('6', { exact: true })
      .waitFor();

    // Moved up, it takes the thread along for everybody, and undo brings both back.
    await amara.keyboard.press('Alt+ArrowUp');
    for (const page of [amara, tomas, jonas]) await marked(page, 'NEEDLE', '5');
    await clause(tomas, '5').click();
    await tomas.keyboard.press('Home');
    await tomas.keyboard.type('X');
    for (const page of [amara, tomas, jonas]) await marked(page, 'NEEDLE', '5');
    await amara.keyboard.press('Control+z');
    for (const page of [amara, tomas, jonas]) await marked(page, 'NEEDLE', '6');
    await sameText(amara, tomas, mei, jonas);
    await jonas.context().close();
  });
});
