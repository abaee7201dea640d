import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { overflows, problems } from '../support/axe.ts';
import { caretAtEnd, clause, launch, openAs, saved } from '../support/browser.ts';
import { until } from '../support/client.ts';
import { allOf, PROCESS } from '../support/library.ts';
import { Person } from '../support/person.ts';
import { TestServer } from '../support/server.ts';

let server: TestServer;
let browser: Browser;
let amara: Page;
let mei: Page;
let leila: Page;
let api: Person;

beforeAll(async () => {
  server = await TestServer.start();
  browser = await launch();
  amara = (await openAs(browser, server, 'Amara')).page;
  mei = (await openAs(browser, server, 'Mei')).page;
  leila = (await openAs(browser, server, 'Leila')).page;
  for (const page of [amara, mei, leila]) page.setDefaultTimeout(6_000);
  api = await Person.demo(server, 'amara');
});
afterAll(async () => {
  await browser?.close();
  await server?.remove();
});

const card = (page: Page, reference: string): Locator => page.locator(`[data-reference="${reference}"]`);

/** Finds a recommendation's card. */
async function find(page: Page, reference: string): Promise<Locator> {
  const back = page.getByRole('button', { name: 'Library', exact: true });
  if (await back.isVisible()) await back.click();
  const { title } = (await allOf(api)).get(reference) ?? { title: '' };
  await page.getByRole('searchbox').fill(title);
  await card(page, reference).waitFor();
  return card(page, reference);
}

/** A link's own line on the card. */
const toggle = (page: Page, reference: string, citation: string): Locator =>
  page.getByRole('button', { name: new RegExp(`: the link of ${reference} to ${escaped(citation)}$`) });
const escaped = (text: string): string => text.replace(/[()]/g, '\\$&');
const editorOf = (page: Page, reference: string, citation: string): Locator =>
  page.getByRole('group', { name: `Link of ${reference} to ${citation}`, exact: true });

async function openLink(page: Page, reference: string, citation: string): Promise<Locator> {
  await find(page, reference);
  const line = toggle(page, reference, citation);
  await line.waitFor();
  if ((await line.getAttribute('aria-expanded')) === 'false') await line.click();
  return editorOf(page, reference, citation);
}

async function linkTo(page: Page, reference: string, citation: string): Promise<void> {
  const found = await find(page, reference);
  await clause(page, citation).click();
  await found.getByRole('button', { name: `Link to ${citation}`, exact: true }).click();
  await found.getByRole('button', { name: `Go to ${citation}`, exact: true }).waitFor();
}

/** Undoes the last step, in the text as people do. */
async function undo(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Undo', exact: true }).first().click();
}

/** Selects some words of a clause in the text, as a double click or Shift and arrows do. */
async function selectWords(page: Page, citation: string, words: string): Promise<void> {
  await clause(page, citation).click();
  await clause(page, citation).evaluate((block, wanted) => {
    const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const at = node.textContent?.indexOf(wanted) ?? -1;
      if (at >= 0) window.getSelection()?.setBaseAndExtent(node, at, node, at + wanted.length);
    }
  }, words);
  await until(async () => (await page.evaluate(() => String(window.getSelection()))) === words);
}

/** Has a clause say something else: what it says is not what it said. */
async function reword(page: Page, citation: string, words: string): Promise<void> {
  await caretAtEnd(page, citation);
  await page.keyboard.type(words);
  await saved(page);
}

const count = (page: Page): Locator => page.getByRole('button', { name: /^\d+ suspect links?$/ });
const suspects = (page: Page): Locator => page.locator('[data-suspect].suspect-item');
const lost = (page: Page): Locator => page.getByTestId('lost-links');

describe('one link', () => {
  it('says how, why and on which words, for everybody; each change is one step of undo', async () => {
    await linkTo(amara, 'HR-107', '2');
    const hers = await openLink(amara, 'HR-107', '2');
    await hers.getByRole('combobox', { name: 'Relation of HR-107 to 2' }).selectOption('inspired');
    await hers.getByRole('textbox', { name: 'Note on the link to 2' }).fill('Heard in Geneva.');
    await hers.getByRole('textbox', { name: 'Note on the link to 2' }).press('Control+Enter');
    await hers.getByText('The note is kept.').waitFor();
    await selectWords(amara, '2', 'how it is governed');
    await hers.getByRole('button', { name: 'Use the selected words' }).click();
    await hers.locator('blockquote').getByText('how it is governed', { exact: true }).waitFor();

    const text = hers.getByRole('textbox', { name: 'Text of HR-107' });
    await until(async () => (await text.inputValue()).startsWith('Two households'));
    await text.focus();
    await amara.keyboard.press('Control+Home');
    for (let i = 0; i < 'Two households'.length; i += 1) await amara.keyboard.press('Shift+ArrowRight');
    await hers.getByRole('button', { name: 'Use the selected passage' }).focus();
    await amara.keyboard.press('Enter');
    await hers.locator('blockquote').getByText('Two households', { exact: true }).waitFor();

    const theirs = await openLink(leila, 'HR-107', '2');
    await toggle(leila, 'HR-107', '2').getByText('Inspired by').waitFor();
    for (const words of ['Heard in Geneva.', 'how it is governed', 'Two households'])
      await theirs.getByText(words, { exact: true }).waitFor();
    await theirs.getByText(/Linked by Amara Nwosu-Lind, today/).waitFor();
    expect(await theirs.getByRole('button').count()).toBe(0);
    expect(await theirs.getByRole('combobox').count()).toBe(0);

    // Passage, phrase, note and relation go one by one.
    await undo(amara);
    await theirs.getByText('Two households', { exact: true }).waitFor({ state: 'detached' });
    await theirs.getByText('how it is governed', { exact: true }).waitFor();
    await undo(amara);
    await theirs.getByText('how it is governed', { exact: true }).waitFor({ state: 'detached' });
    await theirs.getByText('Heard in Geneva.', { exact: true }).waitFor();
    await undo(amara);
    await theirs.getByText('Heard in Geneva.', { exact: true }).waitFor({ state: 'detached' });
    await toggle(leila, 'HR-107', '2').getByText('Inspired by').waitFor();
    await undo(amara);
    await toggle(leila, 'HR-107', '2').getByText('Adapted').waitFor();
  });

  it('takes words and a passage away again, and names who changed it last', async () => {
    const hers = await openLink(mei, 'HR-107', '2');
    const words = hers.getByRole('button', { name: 'Use the selected words' });
    await clause(mei, '3').click();
    expect(await words.getAttribute('aria-disabled')).toBe('true');
    await selectWords(mei, '2', 'a choice');
    await until(async () => (await words.getAttribute('aria-disabled')) === 'false');
    await words.click();
    await hers.locator('blockquote').getByText('a choice', { exact: true }).waitFor();
    await hers.getByRole('button', { name: 'Take the words away' }).click();
    await hers.getByText('The whole clause.', { exact: true }).waitFor();
    await openLink(amara, 'HR-107', '2');
    await editorOf(amara, 'HR-107', '2')
      .getByText(/Linked by you, today.*last changed by Mei Castellanos/)
      .waitFor();
  });

  it('is removed in its editor, and comes back by undo', async () => {
    const hers = await openLink(mei, 'HR-107', '2');
    await hers.getByRole('button', { name: 'Unlink from 2' }).click();
    await toggle(amara, 'HR-107', '2').waitFor({ state: 'detached' });
    await lost(mei).getByText('HR-107 is linked nowhere any more in this draft: it is open again.').waitFor();
    await lost(mei).getByRole('button', { name: 'Undo' }).click();
    await toggle(amara, 'HR-107', '2').waitFor();
    await until(async () => (await lost(mei).innerText()) === '');
  });
});

describe('a last link', () => {
  const sentence = (reference: string) =>
    `${reference} is linked nowhere any more in this draft: it is open again.`;

  it('lost with its clause is told to who did it, with the way back; to nobody else', async () => {
    await linkTo(amara, 'HR-109', '3');
    await clause(amara, '3').click();
    await amara.getByRole('button', { name: 'Menu of 3', exact: true }).click();
    await amara.getByRole('menuitem', { name: 'Delete' }).click();
    await lost(amara).getByText(sentence('HR-109')).waitFor();
    await find(mei, 'HR-109');
    await toggle(mei, 'HR-109', '3').waitFor({ state: 'detached' });
    expect(await lost(mei).innerText()).toBe('');
    await lost(amara).getByRole('button', { name: 'Undo' }).click();
    await toggle(mei, 'HR-109', '3').waitFor();
    await until(async () => (await lost(amara).innerText()) === '');
  });

  it('lost by undo, or by a relation that reflects nothing, is told as well; what was typed since is not undone', async () => {
    await linkTo(amara, 'HR-116', '3');
    await undo(amara);
    await lost(amara).getByText(sentence('HR-116')).waitFor();
    await lost(amara).getByRole('button', { name: 'Undo' }).click();
    const hers = await openLink(amara, 'HR-116', '3');
    await hers.getByRole('combobox').selectOption('contrary');
    await lost(amara)
      .getByText('HR-116 is reflected nowhere any more in this draft: it is open again.')
      .waitFor();
    await caretAtEnd(amara, '2');
    await amara.keyboard.type('!');
    await lost(amara).getByRole('button', { name: 'Undo' }).waitFor({ state: 'detached' });
    await amara.keyboard.press('Backspace');
    await lost(amara).getByRole('button', { name: 'Dismiss' }).click();
    await until(async () => (await lost(amara).innerText()) === '');
    await hers.getByRole('combobox').selectOption('adapted');
  });

  it('lost with several others is counted; one that is linked elsewhere is none of them', async () => {
    await linkTo(amara, 'HR-121', '3');
    await linkTo(amara, 'HR-001', '3');
    await clause(amara, '3').click();
    await amara.getByRole('button', { name: 'Menu of 3', exact: true }).click();
    await amara.getByRole('menuitem', { name: 'Delete' }).click();
    const told = lost(amara).getByText('(3) are linked nowhere any more in this draft: they are open again.');
    await told.waitFor();
    for (const reference of ['HR-109', 'HR-116', 'HR-121'])
      expect(await told.innerText()).toContain(reference);
    expect(await told.innerText()).not.toContain('HR-001');
    await clause(amara, '2').click();
    await amara.keyboard.press('Control+z');
    await until(async () => (await lost(amara).innerText()) === '');
  });
});

describe('suspect links', () => {
  it('are marked in the margin and on the card, and counted, once a clause says something else', async () => {
    await reword(mei, '2', ' No State shall be bound by what it has not agreed to.');
    for (const page of [amara, mei, leila]) await count(page).getByText('1 suspect link').waitFor();
    const id = await clause(amara, '2').getAttribute('data-block-id');
    await amara
      .locator(`[data-margin-for="${id}"]`)
      .getByRole('button', { name: '1 recommendation of 2, 1 suspect' })
      .waitFor();
    await find(amara, 'HR-107');
    await amara
      .getByRole('button', { name: 'Adapted, suspect: the link of HR-107 to 2', exact: true })
      .waitFor();
    await find(amara, 'HR-109');
    expect(await toggle(amara, 'HR-109', '3').innerText()).not.toContain('suspect');
  });

  it('show then and now, in words too, and are confirmed by keys alone; undo makes them suspect again', async () => {
    await count(amara).focus();
    await amara.keyboard.press('Enter');
    const item = suspects(amara).first();
    await until(() => item.evaluate((element) => element === document.activeElement));
    // All that was typed: what came after the list was drawn would have to be read first.
    await item.locator('ins').getByText('what it has not agreed to.').waitFor();
    expect(await item.locator('ins').textContent()).toContain('[is now: ');
    await amara.keyboard.press('c');
    await amara.getByText('1 link confirmed.').waitFor();
    await amara.getByText('No link is suspect').waitFor();
    for (const page of [mei, leila]) await count(page).waitFor({ state: 'detached' });
    await amara.locator('.suspect-status').getByRole('button', { name: 'Undo' }).click();
    await count(mei).getByText('1 suspect link').waitFor();
    await until(async () => (await suspects(amara).count()) === 1);
  });

  it('come of recommendations that are worded anew, title and text apart', async () => {
    const one = (await allOf(api)).get('IC-120');
    const address = `${PROCESS}/recommendations/${one?.id}`;
    const { body } = await api.get(address);
    await api.patch(address, {
      version: body.version,
      title: 'A register of regular pathways',
      text: 'A register that nobody need keep.',
    });
    await count(mei).getByText('2 suspect links').waitFor();
    await until(async () => (await suspects(amara).count()) === 2);
    const item = suspects(amara).filter({ hasText: 'IC-120' });
    const [title, text] = [item.locator('.compared').first(), item.locator('.compared').last()];
    expect(await title.locator('del').innerText()).toContain('compact is not legally');
    expect(await title.locator('ins').innerText()).toContain('register of regular pathways');
    expect(await text.locator('ins').first().innerText()).toContain('register');
  });

  it('are adjusted in the panel, with the text beside it', async () => {
    const item = suspects(amara).filter({ hasText: 'HR-107' });
    await item.focus();
    await amara.keyboard.press('a');
    const hers = editorOf(amara, 'HR-107', '2');
    await until(() => hers.getByRole('combobox').evaluate((element) => element === document.activeElement));
    await selectWords(amara, '2', 'a choice');
    await hers.getByRole('button', { name: 'Use the selected words' }).click();
    await count(mei).getByText('1 suspect link').waitFor();
    await until(async () => (await suspects(amara).count()) === 1);
    await undo(amara);
    await until(async () => (await suspects(amara).count()) === 2);
  });

  it('are not confirmed for words that nobody has read yet; then they are, ticked, in one step of undo', async () => {
    await amara.getByRole('checkbox', { name: 'All' }).check();
    await caretAtEnd(amara, '2');
    // Typed and confirmed before the list can show what was typed.
    await amara.evaluate(async () => {
      document.execCommand('insertText', false, ' It may leave.');
      await new Promise((resolve) => setTimeout(resolve));
      const confirm = [...document.querySelectorAll('button')].find(({ innerText }) =>
        innerText.startsWith('Confirm ticked'),
      );
      confirm?.click();
    });
    await amara.getByText('1 link confirmed. 1 link changed just now: look again.').waitFor();
    await suspects(amara).getByText('It may leave.').waitFor();
    await amara.getByRole('button', { name: 'Confirm ticked (1)' }).click();
    await amara.getByText('No link is suspect').waitFor();
    await count(mei).waitFor({ state: 'detached' });
    for (const n of ['1 suspect link', '2 suspect links']) {
      await undo(amara);
      await count(mei).getByText(n).waitFor();
    }
    await until(async () => (await suspects(amara).count()) === 2);
    await amara.getByRole('checkbox', { name: 'All' }).check();
    await amara.getByRole('button', { name: 'Confirm ticked (2)' }).click();
    await amara.getByText('2 links confirmed.').waitFor();
    await count(mei).waitFor({ state: 'detached' });
    await amara.locator('.suspect-status').getByRole('button', { name: 'Undo' }).click();
    await count(mei).getByText('2 suspect links').waitFor();
    await until(async () => (await suspects(amara).count()) === 2);
    await amara.getByRole('checkbox', { name: 'All' }).check();
    await amara.getByRole('button', { name: 'Confirm ticked (2)' }).click();
    await count(mei).waitFor({ state: 'detached' });
  });

  it('are removed, and a last one that goes is told', async () => {
    await reword(mei, '2', ' It must come back.');
    await until(async () => (await suspects(amara).count()) === 1);
    await suspects(amara).first().focus();
    await amara.keyboard.press('Delete');
    await lost(amara).getByText('HR-107 is linked nowhere').waitFor();
    await amara.getByText('1 link removed.').waitFor();
    await amara.locator('.suspect-status').getByRole('button', { name: 'Undo' }).click();
    await until(async () => (await suspects(amara).count()) === 1);
    await until(async () => (await lost(amara).innerText()) === '');
    await amara.keyboard.press('Escape');
    await until(() => count(amara).evaluate((element) => element === document.activeElement));
  });

  it('are read by who may not edit, without what changes them', async () => {
    await count(leila).click();
    await suspects(leila).first().waitFor();
    expect(
      await suspects(leila)
        .getByRole('button', { name: /Confirm|Adjust|Remove/ })
        .count(),
    ).toBe(0);
    expect(await leila.getByRole('checkbox', { name: 'All' }).count()).toBe(0);
    await leila.getByRole('button', { name: 'Library', exact: true }).click();
  });
});

describe('the integrity of links', () => {
  it('has a page that names what is wrong and what is open, and leads there', async () => {
    await leila.getByRole('link', { name: 'Coverage' }).click();
    await leila.getByRole('link', { name: 'Check the links' }).click();
    await leila.getByRole('heading', { name: 'Integrity of the links' }).waitFor();
    const suspect = leila.getByRole('region', { name: /^Suspect links \(1\)/ });
    await suspect.getByText(/2 and HR-107: the clause reads otherwise/).waitFor();
    await leila.getByRole('region', { name: /^Clauses without a source/ }).waitFor();
    await suspect.getByRole('link', { name: 'Open HR-107' }).click();
    await leila.waitForURL(/\/recommendations\//);
    await leila.goBack();
    await suspect.getByRole('link', { name: 'Open 2', exact: true }).click();
    await clause(leila, '2').waitFor();
    await leila.goBack();
    await suspect.waitFor();
    await count(mei).click();
    await suspects(mei)
      .first()
      .getByRole('button', { name: /^Confirm/ })
      .click();
    await mei.getByText('No link is suspect').waitFor();
    await saved(mei);
    await leila.getByRole('button', { name: 'Check again' }).click();
    await suspect.waitFor({ state: 'detached' });
    await leila.getByText(/Nothing is wrong;/).waitFor();
  });
});

describe('a draft in which nothing is wrong and nothing open', () => {
  it('is told so, also to who has only a phone', async () => {
    const made = await api.post('/api/processes', { name: 'New', themes: ['T'], dimensions: ['D'] });
    const { body } = await api.post(`/api/processes/${made.body.id}/drafts`, { title: 'Empty' });
    const { page } = await openAs(browser, server, 'Amara', { viewport: { width: 390, height: 800 } });
    await page.goto(`${server.url}/drafts/${body.id}/integrity`);
    await page.getByText('Nothing is wrong, and nothing is open.').waitFor();
    expect(await overflows(page)).toBe(false);
    await page.context().close();
  });
});

describe.each(['light', 'dark'] as const)('in %s', (colorScheme) => {
  it('all of it meets WCAG 2.2 AA as far as axe can tell', async () => {
    const { page } = await openAs(browser, server, 'Tomás', { colorScheme });
    await linkTo(page, 'CO-104', '2');
    await reword(page, '2', ` In ${colorScheme} this must not be so, and all know it.`);
    await count(page).waitFor();
    const hers = await openLink(page, 'CO-104', '2');
    await selectWords(page, '2', 'a choice');
    await hers.getByRole('button', { name: 'Use the selected words' }).click();
    await hers.locator('blockquote').first().waitFor();
    expect(await problems(page)).toEqual([]);
    await count(page).click();
    await suspects(page).first().waitFor();
    await suspects(page)
      .first()
      .getByRole('button', { name: /^Adjust/ })
      .click();
    expect(await problems(page)).toEqual([]);
    await page.getByRole('button', { name: 'Library', exact: true }).click();
    await (await openLink(page, 'CO-104', '2')).getByRole('button', { name: 'Unlink from 2' }).click();
    await lost(page).getByText('CO-104 is linked nowhere').waitFor();
    expect(await problems(page)).toEqual([]);
    await page.getByRole('link', { name: 'Coverage' }).click();
    await page.getByRole('link', { name: 'Check the links' }).click();
    await page.getByRole('region', { name: /^Suspect links/ }).waitFor();
    expect(await problems(page)).toEqual([]);
    await page.context().close();
  });
});

describe('on a phone', () => {
  it('the panel and the page fit the width, and a link is confirmed', async () => {
    const { page } = await openAs(browser, server, 'Mei', { viewport: { width: 390, height: 800 } });
    await count(page).click();
    await suspects(page).first().waitFor();
    expect(await overflows(page)).toBe(false);
    await suspects(page)
      .first()
      .getByRole('button', { name: /^Adjust/ })
      .click();
    expect(await overflows(page)).toBe(false);
    await suspects(page)
      .first()
      .getByRole('button', { name: /^Confirm/ })
      .click();
    await page.getByText('1 link confirmed.').waitFor();
    await page.goto(`${page.url().split('#')[0]}/integrity`);
    await page.getByRole('heading', { name: 'Integrity of the links' }).waitFor();
    await page.getByText(/Checked/).waitFor();
    expect(await overflows(page)).toBe(false);
    await page.context().close();
  });
});
