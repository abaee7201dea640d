import { readBlocks } from '@zerodraft/schema';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { problems } from '../support/axe.ts';
import { caretAtEnd, clause, openAs, saved, windowOf } from '../support/browser.ts';
import { DRAFT, TestClient, until } from '../support/client.ts';
import type { Person } from '../support/person.ts';
import { menu, RecommendationPages } from '../support/recommendation-page.ts';
import type { TestServer } from '../support/server.ts';

let pages: RecommendationPages;
let server: TestServer;
let browser: Browser;
let amara: Person;
let jonas: Page;
let draft: Page;
beforeAll(async () => {
  pages = await RecommendationPages.start();
  ({ server, browser, amara, jonas } = pages);
  draft = (await openAs(browser, server, 'Mei', { permissions: ['clipboard-read', 'clipboard-write'] })).page;
  draft.setDefaultTimeout(10_000);
});
afterAll(() => pages?.end());

/** The ids of the sample draft's clauses by number, as a reader of the document finds them. */
async function blockOf(citation: string, page: Page): Promise<string> {
  return (await clause(page, citation).getAttribute('data-block-id')) ?? '';
}
/** Whether the caret stands in a clause that is in sight. */
async function arrivedAt(page: Page, id: string): Promise<void> {
  await until(() =>
    page.evaluate((block) => {
      const element = document.querySelector(`.draft-text [data-block-id="${block}"]`);
      const box = element?.getBoundingClientRect();
      const caret = window.getSelection()?.anchorNode;
      return !!box && box.top > 0 && box.bottom < window.innerHeight && !!caret && !!element?.contains(caret);
    }, id),
  );
}

describe('links to clauses', () => {
  it('go from a card to the page, and from the page to the clause and back to the card', async () => {
    await caretAtEnd(draft, '5(b)');
    const clauseId = await blockOf('5(b)', draft);
    await draft.getByRole('searchbox', { name: 'Search recommendations' }).fill('T-10');
    const card = draft.locator('.card[data-reference="T-10"]');
    await card.getByRole('button', { name: /^Link to/ }).click();
    await saved(draft);
    await card.getByRole('link', { name: 'Page of T-10' }).click();
    const linked = draft.getByRole('region', { name: /^Linked clauses/ });
    await linked.getByText('adapted').waitFor();
    await draft
      .getByRole('region', { name: 'What became of it' })
      .getByText('Reflected', { exact: true })
      .waitFor();
    // What is linked is not deleted, and the refusal says where.
    await menu(draft, 'T-10', 'Delete…');
    const remove = draft.getByRole('alertdialog').getByRole('button', { name: 'Delete' });
    await remove.press('Enter');
    await draft.getByText(/^It is linked to 5\(b\) of/).waitFor();
    await until(() => remove.evaluate((button) => button === document.activeElement));
    await draft.getByRole('button', { name: 'Cancel' }).click();
    await linked.getByRole('link', { name: /at 5\(b\)$/ }).click();
    await arrivedAt(draft, clauseId);
    await draft.goBack();
    await linked
      .getByRole('link', { name: /^Show it in the library/ })
      .first()
      .click();
    await draft.locator('.card[data-reference="T-10"]').waitFor();
    expect(await draft.locator('.card').count()).toBe(1);
  });

  it('hold when the clause is numbered anew, for whoever may read, and say so when it is gone', async () => {
    await draft.goto(`${server.url}/drafts/${DRAFT}`);
    await clause(draft, '7').waitFor();
    await caretAtEnd(draft, '7');
    const id = await blockOf('7', draft);
    await draft.getByRole('button', { name: 'Menu of 7' }).click();
    await draft.getByRole('menuitem', { name: 'Copy link to this clause' }).click();
    await draft.getByText('The address of 7 was copied.').first().waitFor();
    const link = await draft.evaluate(() => navigator.clipboard.readText());
    expect(link).toBe(`${server.url}/drafts/${DRAFT}?clause=${id}`);
    await draft.keyboard.press('Escape');
    await caretAtEnd(draft, '7');
    await draft.keyboard.press('Alt+ArrowUp');
    await until(async () => (await blockOf('6', draft)) === id);
    await saved(draft);

    await jonas.goto(link);
    await arrivedAt(jonas, id);
    expect(await jonas.getByRole('button', { name: 'Menu of 6' }).count()).toBe(1);
    await jonas.getByRole('button', { name: 'Menu of 6' }).click();
    await jonas.getByRole('menuitem', { name: 'Copy link to this clause' }).waitFor();
    await jonas.keyboard.press('Escape');

    await caretAtEnd(draft, '6');
    await draft.getByRole('button', { name: 'Menu of 6' }).click();
    await draft.getByRole('menuitem', { name: 'Delete', exact: true }).click();
    await saved(draft);
    await jonas.goto(link);
    await jonas.getByText('The clause that this link leads to is no longer in the text.').waitFor();
    expect(await problems(jonas)).toEqual([]);
    await jonas.getByRole('button', { name: 'Dismiss' }).click();
    await jonas.getByText('The clause that this link leads to').waitFor({ state: 'detached' });
    expect(new URL(jonas.url()).searchParams.has('clause')).toBe(false);
  });

  it('stand on the public page too', async () => {
    const made = await amara.post(`/api/drafts/${DRAFT}/links`, { expiresAt: null });
    const reader = new TestClient(server, amara.cookie);
    await reader.synced();
    const block = readBlocks(reader.doc).findLast(({ kind, text }) => kind === 'item' && text.length > 20);
    reader.destroy();
    if (!block) throw new Error('the sample has no items');
    const page = await windowOf(browser, { viewport: { width: 390, height: 800 } });
    await page.goto(`${made.body.link}#${block.id}`);
    const addressed = page.locator('[data-here]');
    await addressed.getByText(block.text.slice(0, 20)).waitFor();
    await until(async () => ((await addressed.boundingBox())?.y ?? 9_999) < 800);
    expect(await problems(page)).toEqual([]);
    const third = page.locator('.public-text p').nth(2);
    await third.getByRole('link').click();
    await until(async () => (await third.getAttribute('data-here')) !== null);
    await page.goto(`${made.body.link}#missing`);
    await page.reload();
    await page.getByText('The clause that this link leads to is no longer in the text.').waitFor();
    await page.context().close();
  });
});
