import { readBlocks } from '@zerodraft/schema';
import { addLink, choosePhrase, type Link, readLinks } from '@zerodraft/trace';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { caretAtEnd, clause, launch, saved, startAs } from '../support/browser.ts';
import { TestClient, until } from '../support/client.ts';
import { newProcess } from '../support/library.ts';
import { Person } from '../support/person.ts';
import { TestServer } from '../support/server.ts';

const PROCESS = 'global-compact-sample';
const TEXT = 'States commit to fair recruitment of workers in every sector';
const WORDS = 'fair recruitment';

let server: TestServer;
let browser: Browser;
let amara: Person;
let recommendationId: string;
let page: Page;
/** Reads and links as the editor's other half, over a socket of its own. */
let client: TestClient;
let draftId: string;

beforeAll(async () => {
  server = await TestServer.start();
  browser = await launch();
  amara = await Person.demo(server, 'amara');
  const { recommendations } = (await amara.get(`/api/processes/${PROCESS}/recommendations`)).body;
  recommendationId = recommendations[0].id;
});
afterAll(async () => {
  await browser?.close();
  await server?.remove();
});

async function newDraft(title: string): Promise<string> {
  return (await amara.post(`/api/processes/${PROCESS}/drafts`, { title })).body.id;
}

async function openDraft(id: string): Promise<void> {
  await page.goto(`${server.url}/drafts/${id}`);
  await page.locator('.draft-text').waitFor();
  await page.locator('.draft-text [data-citation="1"]').waitFor();
}

/** A draft whose first clause says TEXT, and a link of it to WORDS or to the whole. */
async function begin(onWords: boolean): Promise<void> {
  await clause(page, '1').click();
  await page.keyboard.type(TEXT);
  await saved(page);
  await until(() => readBlocks(client.doc).some(({ text }) => text === TEXT));
  const blocks = readBlocks(client.doc);
  const block = blocks.find(({ text }) => text === TEXT);
  if (!block) throw new Error('no clause');
  const start = { clauseId: block.id, offset: TEXT.indexOf(WORDS) };
  const words = choosePhrase(client.doc, blocks, {
    start,
    end: { ...start, offset: start.offset + WORDS.length },
  });
  addLink(client.doc, {
    ...{ clauseId: block.id, recommendationId, relation: 'adapted', note: 'From the hearing.' },
    ...(onWords && words ? { phrase: words } : {}),
  });
  await page.getByRole('tab', { name: 'Library' }).click();
  if (onWords) await page.locator('.phrase-mark').getByText(WORDS).waitFor();
  else await page.locator('.draft-margin, .margin').first().waitFor({ state: 'attached' });
}

const links = (doc = client.doc): Link[] => readLinks(doc, readBlocks(doc));
/** The text of each clause that is linked. */
const linkedTexts = (doc = client.doc): string[] => {
  const blocks = new Map(readBlocks(doc).map(({ id, text }) => [id, text]));
  return links(doc).map(({ clauseId }) => blocks.get(clauseId) ?? '');
};
const phrases = (): string[] => {
  const blocks = new Map(readBlocks(client.doc).map(({ id, text }) => [id, text]));
  return links().map(({ phraseAt }) =>
    phraseAt
      ? (blocks.get(phraseAt.start.clauseId) ?? '').slice(phraseAt.start.offset, phraseAt.end.offset)
      : '',
  );
};

beforeEach(async () => {
  draftId = await newDraft('A draft');
  page = await startAs(browser, server, 'Amara');
  await openDraft(draftId);
  client = new TestClient(server, (await Person.demo(server, 'mei')).cookie, { draftId, status: true });
  await client.synced();
});
afterEach(async () => {
  client.destroy();
  await page.context().close();
});

/** Puts the caret into the first clause at an offset of its text. */
async function caretAt(citation: string, offset: number): Promise<void> {
  await clause(page, citation).click();
  await page.keyboard.press('Home');
  for (let n = 0; n < offset; n += 1) await page.keyboard.press('ArrowRight');
}

describe('a link on words', () => {
  it('goes with them through a split, a join, a move and their undo', async () => {
    await begin(true);
    await caretAt('1', TEXT.indexOf('to'));
    await page.keyboard.press('Enter');
    await until(() => linkedTexts()[0]?.startsWith('to fair') === true);
    expect(linkedTexts()).toHaveLength(1);
    expect(phrases()).toEqual([WORDS]);
    await page.locator('.phrase-mark').getByText(WORDS).waitFor();

    await page.keyboard.press('Alt+ArrowUp');
    await until(
      () =>
        readBlocks(client.doc).findIndex(({ text }) => text.startsWith('to fair')) <
        readBlocks(client.doc).findIndex(({ text }) => text === 'States commit '),
    );
    expect(phrases()).toEqual([WORDS]);
    await page.keyboard.press('Control+z');
    await until(
      () =>
        readBlocks(client.doc).findIndex(({ text }) => text.startsWith('to fair')) >
        readBlocks(client.doc).findIndex(({ text }) => text === 'States commit '),
    );
    await until(() => phrases()[0] === WORDS);

    await clause(page, '2').click();
    await page.keyboard.press('Home');
    await page.keyboard.press('Backspace');
    await until(() => linkedTexts()[0] === TEXT);
    expect(phrases()).toEqual([WORDS]);
    await page.keyboard.press('Control+z');
    await until(() => linkedTexts()[0]?.startsWith('to fair') === true);
    await until(() => phrases()[0] === WORDS);
  });

  it('stays on them while another types before and within, and offline', async () => {
    await begin(true);
    await page.context().setOffline(true);
    await caretAt('1', TEXT.indexOf('workers'));
    await page.keyboard.press('Enter');
    const block = readBlocks(client.doc).find(({ text }) => text === TEXT);
    if (!block) throw new Error('no clause');
    addLink(client.doc, { clauseId: block.id, recommendationId: 'made-meanwhile', relation: 'inspired' });
    await page.context().setOffline(false);
    await until(() => readBlocks(client.doc).some(({ text }) => text.startsWith('workers')));
    // The words are in one half; what was linked as a whole meanwhile is in both.
    await until(() => links().length === 3);
    expect(phrases().filter((words) => words !== '')).toEqual([WORDS]);
    expect(links().filter((link) => link.recommendationId === 'made-meanwhile')).toHaveLength(2);
  });
});

describe('links on the clipboard', () => {
  /** Chooses the whole text of a clause with the keyboard. */
  async function choose(citation: string): Promise<void> {
    await clause(page, citation).click();
    await page.keyboard.press('Home');
    await caretAtEnd(page, citation);
    await clause(page, citation).evaluate((block) => {
      const range = document.createRange();
      range.selectNodeContents(block);
      const selection = window.getSelection();
      selection?.removeAllRanges();
      selection?.addRange(range);
    });
    await until(() => page.evaluate(() => (window.getSelection()?.toString().length ?? 0) > 20));
  }
  /** What a copy put on the clipboard, caught by a listener after the editor's own. */
  async function copied(key: 'c' | 'x'): Promise<{ html: string; text: string }> {
    await page.evaluate(() => {
      const catchIt = (event: ClipboardEvent): void => {
        const { clipboardData } = event;
        Object.assign(window, {
          caught: { html: clipboardData?.getData('text/html'), text: clipboardData?.getData('text/plain') },
        });
      };
      for (const type of ['copy', 'cut'] as const) document.addEventListener(type, catchIt, { once: true });
    });
    await page.keyboard.press(`Control+${key}`);
    await until(() => page.evaluate(() => 'caught' in window));
    return page.evaluate(() => {
      const { caught } = window as unknown as { caught: { html: string; text: string } };
      Reflect.deleteProperty(window, 'caught');
      return caught;
    });
  }
  async function paste({ html, text }: { html: string; text: string }): Promise<void> {
    await page.locator('.draft-text').evaluate(
      (element, data) => {
        const clipboardData = new DataTransfer();
        clipboardData.setData('text/html', data.html);
        clipboardData.setData('text/plain', data.text);
        element.dispatchEvent(
          new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
        );
      },
      { html, text },
    );
  }

  it('a copy in the draft is linked as well, with note and words; undo takes both away', async () => {
    await begin(true);
    await choose('1');
    const data = await copied('c');
    await caretAtEnd(page, '1');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.querySelectorAll('.draft-text [data-citation="2"]').length > 0);
    await paste(data);
    await until(() => linkedTexts().length === 2);
    expect(linkedTexts()).toEqual([TEXT, TEXT]);
    expect(links().map(({ note }) => note)).toEqual(['From the hearing.', 'From the hearing.']);
    expect(phrases()).toEqual([WORDS, WORDS]);
    await page.keyboard.press('Control+z');
    await until(() => linkedTexts().length === 1);
  });

  it('goes to another draft of the process, and to no other process', async () => {
    await begin(false);
    await choose('1');
    const data = await copied('c');
    const other = await newDraft('Another draft');
    await openDraft(other);
    await clause(page, '1').click();
    await paste(data);
    const there = new TestClient(server, amara.cookie, { draftId: other, status: true });
    await there.synced();
    await until(() => linkedTexts(there.doc).length === 1);
    expect(linkedTexts(there.doc)).toEqual([TEXT]);
    there.destroy();

    const address = await newProcess(amara, 'Elsewhere');
    const foreign = (await amara.post(`${address}/drafts`, { title: 'Elsewhere' })).body.id;
    await openDraft(foreign);
    await clause(page, '1').click();
    await paste(data);
    await page.locator('.draft-text').getByText(TEXT).waitFor();
    await saved(page);
    const elsewhere = new TestClient(server, amara.cookie, { draftId: foreign, status: true });
    await elsewhere.synced();
    await until(() => readBlocks(elsewhere.doc).some(({ text }) => text === TEXT));
    expect(links(elsewhere.doc)).toEqual([]);
    elsewhere.destroy();
  });

  it('is text only where it is malformed, or only part of a clause', async () => {
    await begin(false);
    await choose('1');
    const { html, text } = await copied('c');
    await caretAtEnd(page, '1');
    await page.keyboard.press('Enter');
    await paste({
      html: html.replace(/data-zerodraft-links="[^"]*"/, 'data-zerodraft-links="{&quot;version&quot;:9}"'),
      text,
    });
    await until(() => readBlocks(client.doc).filter((block) => block.text === TEXT).length === 2);
    expect(links()).toHaveLength(1);
  });
});
