import { readBlocks } from '@zerodraft/schema';
import type { RecommendationSummary } from '@zerodraft/trace';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { overflows, problems } from '../support/axe.ts';
import { caretAtEnd, clause, launch, openAs, saved, startAs, windowOf } from '../support/browser.ts';
import { DRAFT, TestClient, until } from '../support/client.ts';
import { Box } from '../support/deposits.ts';
import { allOf, importRows, newId, PROCESS, pageOf } from '../support/library.ts';
import { Person } from '../support/person.ts';
import { citations, schools } from '../support/reader.ts';
import { TestServer } from '../support/server.ts';

let server: TestServer;
let browser: Browser;
let amara: Person;
let mei: Person;
/** Windows of a facilitator, a drafter and a delegate. */
let amaras: Page;
let meis: Page;
let jonas: Page;

beforeAll(async () => {
  server = await TestServer.start();
  browser = await launch();
  [amara, mei] = await Promise.all([Person.demo(server, 'amara'), Person.demo(server, 'mei')]);
  const rows = Array.from({ length: 12 }, (_, n) => [
    `T-${n + 1}`,
    `Lanterns for harbour ${n + 1}`,
    `States should light harbour ${n + 1}, and keep it lit.`,
    'Harbour chaplains',
  ]);
  const report = await importRows(amara, [['Reference', 'Title', 'Text', 'Source'], ...rows]);
  expect(report.body.errors).toEqual([]);
  const clipboard = { permissions: ['clipboard-read', 'clipboard-write'] };
  amaras = await startAs(browser, server, 'Amara', clipboard);
  meis = await startAs(browser, server, 'Mei', clipboard);
  jonas = await startAs(browser, server, 'Jonas');
  for (const page of [amaras, meis, jonas]) page.setDefaultTimeout(10_000);
});
afterAll(async () => {
  await browser?.close();
  await server?.remove();
});

async function called(reference: string): Promise<RecommendationSummary> {
  const found = (await allOf(amara)).get(reference);
  if (!found) throw new Error(`there is no ${reference}`);
  return found;
}
const address = (id: string): string => `${server.url}/processes/global-compact-sample/recommendations/${id}`;
const heading = (page: Page): Locator => page.locator('#recommendation-title');
const events = (page: Page): Locator => page.getByTestId('history-event');
const comments = (page: Page): Locator => page.getByTestId('discussion-comment');
const dialog = (page: Page): Locator => page.getByRole('dialog');
const said = (page: Page): Locator => page.getByRole('textbox', { name: 'Comment for the team' });

/** Opens the page of a recommendation by its reference. @returns its id */
async function open(page: Page, reference: string): Promise<string> {
  const { id, title } = await called(reference);
  await page.goto(address(id));
  await heading(page).getByText(title, { exact: true }).waitFor();
  return id;
}
async function menu(page: Page, reference: string, item: string): Promise<void> {
  await page.getByRole('button', { name: `More for ${reference}` }).click();
  await page.getByRole('menuitem', { name: item }).click();
}

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

describe('the page', () => {
  it('says what it proposes, from where, and quotes its passage, which opens in the source', async () => {
    const source = await schools(amara);
    const quote = 'Cities need funds for it';
    const { paragraphs } = (await amara.get(`${PROCESS}/sources/${source.id}/paragraphs?from=2&to=2`)).body;
    const offset = paragraphs[0].text.indexOf(quote);
    const id = newId();
    const made = await amara.post(`${PROCESS}/recommendations`, {
      id,
      sourceId: source.id,
      passage: { from: { n: 2, offset }, to: { n: 2, offset: offset + quote.length }, quote },
      title: 'Funds for cities',
    });
    expect(made.status).toBe(201);
    expect(await citations(amara, source)).toHaveLength(1);
    const { version } = await pageOf(amara, id);
    const fields = { version, session: 'Third thematic session', phase: 'Consultations', language: 'en' };
    expect((await amara.patch(`${PROCESS}/recommendations/${id}`, fields)).status).toBe(200);

    await jonas.goto(address(id));
    await heading(jonas).getByText('Funds for cities').waitFor();
    const facts = jonas.getByRole('region', { name: 'Where it comes from' });
    for (const text of ['Cities Network', 'Third thematic session', 'Consultations', 'English'])
      await facts.getByText(text, { exact: true }).waitFor();
    await facts.getByRole('link', { name: 'On schools' }).waitFor();
    await jonas.locator('.passage blockquote').getByText(quote).waitFor();
    await jonas.getByRole('link', { name: 'Open the source at this passage' }).click();
    await jonas.locator('.para .mark-target').first().waitFor();
    expect(await jonas.locator('.para .mark-target').allInnerTexts()).toEqual([quote]);
    expect(new URL(jonas.url()).searchParams.get('r')).toBe(id);
  });

  it('shows text that is read from the right as such', async () => {
    const { id, version } = await called('T-12');
    const fields = { version, title: 'مدارس للجميع', text: 'ينبغي للدول أن تفتح المدارس.', language: 'ar' };
    expect((await amara.patch(`${PROCESS}/recommendations/${id}`, fields)).status).toBe(200);
    await open(jonas, 'T-12');
    for (const part of [heading(jonas), jonas.getByTestId('text')]) {
      expect(await part.getAttribute('lang')).toBe('ar');
      expect(await part.evaluate((element) => getComputedStyle(element).direction)).toBe('rtl');
    }
  });

  it('copies its address, which holds after the reference has changed', async () => {
    const id = await open(amaras, 'T-1');
    await amaras.getByRole('button', { name: 'Copy link' }).click();
    await amaras.getByText('The address of T-1 was copied.').first().waitFor();
    expect(await amaras.evaluate(() => navigator.clipboard.readText())).toBe(address(id));
    const { version } = await called('T-1');
    await amara.patch(`${PROCESS}/recommendations/${id}`, { version, reference: 'T-1a', title: 'Renamed' });
    await meis.goto(address(id));
    await heading(meis).getByText('Renamed').waitFor();
    // Whoever has it open sees the change by itself.
    await heading(amaras).getByText('Renamed').waitFor();
  });

  it('tells of the deposit it was made from, to the team alone', async () => {
    const box = await Box.open(server);
    const { id: deposit } = await box.deposit({ title: 'A bell in each port' });
    const one = `${PROCESS}/deposits/${deposit}`;
    expect((await amara.put(`${one}/claim`, { takeOver: false })).status).toBe(200);
    const accepted = await amara.post(`${one}/accept`, { version: (await amara.get(one)).body.version });
    expect(accepted.status).toBe(200);
    const [made] = accepted.body.recommendations;
    await jonas.goto(address(made.id));
    await heading(jonas).waitFor();
    await amaras.goto(address(made.id));
    const link = amaras.getByRole('link', { name: 'A bell in each port' });
    await link.waitFor();
    expect(await jonas.getByText('From the box').count()).toBe(0);
    await link.click();
    await amaras.getByRole('article', { name: 'A bell in each port' }).waitFor();
  });

  it('says so when there is no such recommendation', async () => {
    await jonas.goto(address('missing'));
    await jonas.getByRole('heading', { name: 'There is no such recommendation' }).waitFor();
  });
});

describe('editing', () => {
  it('changes fields and terms by keyboard; the history shows each before and after, and undoes it', async () => {
    const id = await open(amaras, 'T-2');
    await amaras.getByRole('button', { name: 'Edit', exact: true }).focus();
    await amaras.keyboard.press('Enter');
    await dialog(amaras).getByLabel('Reference').waitFor();
    await dialog(amaras).getByRole('textbox', { name: 'Title', exact: true }).fill('Lamps for harbour 2');
    await dialog(amaras)
      .getByLabel('Text', { exact: true })
      .fill('States must light harbour 2, and keep it lit.');
    const theme = dialog(amaras).getByRole('group', { name: 'Themes' }).getByRole('checkbox').first();
    await theme.focus();
    await amaras.keyboard.press('Space');
    await dialog(amaras).getByLabel('Date').fill('2017-05-31');
    await dialog(amaras).getByRole('textbox', { name: 'Title', exact: true }).press('Enter');
    await dialog(amaras).waitFor({ state: 'detached' });
    await heading(amaras).getByText('Lamps for harbour 2').waitFor();
    const edit = events(amaras).first();
    await edit.getByText('Amara Nwosu-Lind changed it').waitFor();
    expect(await edit.locator('del').allTextContents()).toEqual([
      'before: Lanterns for harbour 2',
      'before: should ',
    ]);
    expect(await edit.locator('ins').allTextContents()).toEqual([
      'now: Lamps for harbour 2',
      'now: must ',
      'now: 31 May 2017',
      expect.stringMatching(/^now: ./),
    ]);
    expect((await pageOf(amara, id)).themes).toHaveLength(1);
    await edit.getByRole('button', { name: /^Undo/ }).click();
    await amaras.getByRole('alertdialog').getByRole('button', { name: 'Undo' }).click();
    await heading(amaras).getByText('Lanterns for harbour 2').waitFor();
    await events(amaras).first().getByText('undid a change of it').waitFor();
    expect(await pageOf(amara, id)).toMatchObject({ date: null, themes: [] });
  });

  it('explains each field that does not fit, at the field', async () => {
    await open(amaras, 'T-3');
    await amaras.getByRole('button', { name: 'Edit', exact: true }).click();
    await dialog(amaras).getByRole('textbox', { name: 'Title', exact: true }).fill(' ');
    await dialog(amaras).getByRole('button', { name: 'Save' }).click();
    await dialog(amaras).getByText('Give it a title.').waitFor();
    expect(
      await dialog(amaras).getByRole('textbox', { name: 'Title', exact: true }).getAttribute('aria-invalid'),
    ).toBe('true');
    await dialog(amaras).getByRole('textbox', { name: 'Title', exact: true }).fill('Still T-3');
    await dialog(amaras).getByLabel('Reference').fill('T-4');
    await dialog(amaras).getByRole('button', { name: 'Save' }).click();
    await dialog(amaras).getByText('The reference "T-4" is in use. Choose another.').waitFor();
    await amaras.keyboard.press('Escape');
  });

  it('of two people at once loses nothing: the second sees what changed, and saves again', async () => {
    const id = await open(amaras, 'T-3');
    await open(meis, 'T-3');
    for (const page of [amaras, meis]) {
      await page.getByRole('button', { name: 'Edit', exact: true }).click();
      await dialog(page).getByRole('textbox', { name: 'Title', exact: true }).waitFor();
    }
    await dialog(amaras).getByRole('textbox', { name: 'Title', exact: true }).fill('The title of Amara');
    await dialog(amaras).getByLabel('Session').fill('First');
    await dialog(amaras).getByRole('button', { name: 'Save' }).click();
    await dialog(amaras).waitFor({ state: 'detached' });

    await dialog(meis).getByRole('textbox', { name: 'Title', exact: true }).fill('The title of Mei');
    await dialog(meis).getByLabel('Phase').fill('Stocktaking');
    await dialog(meis).getByRole('button', { name: 'Save' }).click();
    await dialog(meis)
      .getByText(/^Amara Nwosu-Lind changed this recommendation meanwhile/)
      .waitFor();
    await dialog(meis).getByText('now shows the new state: session.').waitFor();
    expect(await dialog(meis).getByRole('textbox', { name: 'Title', exact: true }).inputValue()).toBe(
      'The title of Mei',
    );
    expect(await dialog(meis).getByLabel('Session').inputValue()).toBe('First');
    expect(await problems(meis)).toEqual([]);
    // What is typed also survives a reload.
    await meis.reload();
    await dialog(meis).getByRole('textbox', { name: 'Title', exact: true }).waitFor();
    expect(await dialog(meis).getByRole('textbox', { name: 'Title', exact: true }).inputValue()).toBe(
      'The title of Mei',
    );
    expect(await dialog(meis).getByLabel('Phase').inputValue()).toBe('Stocktaking');
    await dialog(meis).getByRole('button', { name: 'Save' }).click();
    await dialog(meis).waitFor({ state: 'detached' });
    expect(await pageOf(amara, id)).toMatchObject({
      title: 'The title of Mei',
      session: 'First',
      phase: 'Stocktaking',
    });
  });

  it('takes what the other wrote when one says so', async () => {
    const id = await open(meis, 'T-3');
    await meis.getByRole('button', { name: 'Edit', exact: true }).click();
    await dialog(meis).getByRole('textbox', { name: 'Title', exact: true }).fill('Mine');
    const { version } = await pageOf(amara, id);
    await amara.patch(`${PROCESS}/recommendations/${id}`, { version, title: 'Theirs' });
    await dialog(meis).getByRole('button', { name: 'Save' }).click();
    await dialog(meis).getByRole('button', { name: 'Take what Amara Nwosu-Lind wrote as title' }).click();
    expect(await dialog(meis).getByRole('textbox', { name: 'Title', exact: true }).inputValue()).toBe(
      'Theirs',
    );
    await dialog(meis).getByRole('button', { name: 'Save' }).click();
    await dialog(meis).waitFor({ state: 'detached' });
    expect(await pageOf(amara, id)).toMatchObject({ title: 'Theirs', version: version + 1 });
  });

  it('says what became of it, with the reason where it is not reflected', async () => {
    await open(amaras, 'T-4');
    await amaras.getByRole('button', { name: 'Change what became of it' }).click();
    await dialog(amaras).getByLabel('Disposition').selectOption({ label: 'Not reflected' });
    await dialog(amaras).getByRole('button', { name: 'Save' }).click();
    await dialog(amaras).getByText('Say why it is not reflected.').waitFor();
    await dialog(amaras).getByLabel('Reason').fill('Lamps are for the ports to pay.');
    await dialog(amaras).getByRole('button', { name: 'Save' }).click();
    await dialog(amaras).waitFor({ state: 'detached' });
    const became = amaras.getByRole('region', { name: 'What became of it' });
    await became.getByText('Not reflected', { exact: true }).waitFor();
    await became.getByText('Lamps are for the ports to pay.').waitFor();
    await open(jonas, 'T-4');
    await jonas.getByText('Lamps are for the ports to pay.').first().waitFor();
    for (const name of ['Edit', 'Change what became of it', 'More for T-4'])
      expect(await jonas.getByRole('button', { name, exact: true }).count()).toBe(0);
    expect(await jonas.getByRole('button', { name: /^Undo/ }).count()).toBe(0);
  });
});

describe('merging and deleting', () => {
  it('merges what is found by its words; the merged one leads here, and can be parted', async () => {
    const kept = await open(amaras, 'T-5');
    await menu(amaras, 'T-5', 'Merge others into it…');
    await dialog(amaras).getByLabel('Look for what says the same').fill('lit harbour 6');
    await dialog(amaras).getByRole('checkbox', { name: /T-6/ }).check();
    await dialog(amaras).getByLabel('Look for what says the same').fill('lanterns harbour 7');
    await dialog(amaras).getByRole('checkbox', { name: /T-7/ }).check();
    expect(await dialog(amaras).getByRole('list').getByRole('listitem').count()).toBe(2);
    expect(await problems(amaras)).toEqual([]);
    // Somebody changes one of them meanwhile.
    const other = await called('T-7');
    await mei.patch(`${PROCESS}/recommendations/${other.id}`, { version: other.version, session: 'Fifth' });
    await dialog(amaras).getByRole('button', { name: 'Merge' }).click();
    await dialog(amaras)
      .getByText(/^Somebody changed T-7 meanwhile/)
      .waitFor();
    await dialog(amaras).getByRole('button', { name: 'Merge' }).click();
    await dialog(amaras).waitFor({ state: 'detached' });
    await amaras.getByText('T-6 and T-7 are part of this now.').first().waitFor();
    const merged = amaras.getByRole('region', { name: /^Merged into it/ });
    await until(async () => (await merged.getByRole('link').count()) === 2);
    await events(amaras).getByText('merged T-6 into T-5').waitFor();

    await merged.getByRole('link', { name: /^T-6/ }).click();
    await amaras.getByText(/^T-6 was merged into T-5 by Amara Nwosu-Lind/).waitFor();
    expect(await amaras.getByRole('button', { name: 'Edit', exact: true }).count()).toBe(0);
    await amaras.getByRole('button', { name: 'Part it from T-5' }).click();
    await amaras.getByRole('alertdialog').getByRole('button', { name: 'Part them' }).click();
    await amaras.getByRole('button', { name: 'Edit', exact: true }).waitFor();
    expect((await pageOf(amara, kept)).merged.map(({ reference }) => reference)).toEqual(['T-7']);
  });

  it('undoes a merge at once', async () => {
    const kept = await open(amaras, 'T-6');
    await menu(amaras, 'T-6', 'Merge others into it…');
    await dialog(amaras).getByLabel('Look for what says the same').fill('T-8');
    await dialog(amaras).getByRole('checkbox', { name: /T-8/ }).check();
    await dialog(amaras).getByRole('button', { name: 'Merge' }).click();
    await amaras.locator('.done-bar').getByRole('button', { name: 'Undo' }).click();
    await amaras.getByRole('alertdialog').getByRole('button', { name: 'Undo' }).click();
    await amaras.getByRole('alertdialog').waitFor({ state: 'detached' });
    await amaras.getByRole('region', { name: /^Merged into it/ }).waitFor({ state: 'detached' });
    expect((await pageOf(amara, kept)).merged).toEqual([]);
  });

  it('is deleted, says so at its address, and comes back', async () => {
    await open(amaras, 'T-9');
    await open(jonas, 'T-9');
    await menu(amaras, 'T-9', 'Delete…');
    await amaras.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
    await amaras.getByText(/^T-9 was deleted by Amara Nwosu-Lind/).waitFor();
    await jonas.getByText(/^T-9 was deleted by Amara Nwosu-Lind/).waitFor();
    expect((await allOf(amara)).has('T-9')).toBe(false);
    expect(await jonas.getByRole('button', { name: 'Bring it back' }).count()).toBe(0);
    await amaras.getByRole('button', { name: 'Bring it back' }).click();
    await amaras.getByRole('alertdialog').getByRole('button', { name: 'Undo' }).click();
    await amaras.getByRole('button', { name: 'Edit', exact: true }).waitFor();
    await events(amaras).first().getByText('brought it back').waitFor();
  });
});

describe('links to clauses', () => {
  let draft: Page;
  beforeAll(async () => {
    draft = (await openAs(browser, server, 'Mei', { permissions: ['clipboard-read', 'clipboard-write'] }))
      .page;
    draft.setDefaultTimeout(10_000);
  });

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

describe('the discussion', () => {
  it('is the team’s: both see what the other says, a mention leads from the inbox here', async () => {
    await open(meis, 'T-11');
    await amara.put('/api/notifications/read', { ids: null });
    await open(amaras, 'T-11');
    await said(meis).click();
    await meis.keyboard.type('Is this covered? @Ama');
    await meis.getByRole('option', { name: /^@Amara/ }).waitFor();
    expect(await meis.getByRole('option', { name: /^@Jonas/ }).count()).toBe(0);
    await meis.keyboard.press('Enter');
    await meis.keyboard.type('see @T-10');
    await meis.getByRole('option', { name: /T-10/ }).waitFor();
    await meis.keyboard.press('Enter');
    await meis.keyboard.press('Control+Enter');
    await comments(meis).getByText('Is this covered?').waitFor();
    await comments(amaras).getByText('Is this covered?').waitFor();
    await comments(amaras).locator('.reference-chip').getByText('@T-10').waitFor();
    expect(await amaras.getByTestId('comment-count').innerText()).toMatch(/^1\b/);

    // Read where it stands, it is no news in the inbox.
    await until(async () => (await amara.get('/api/notifications/unread')).body.unread === 0);
    await open(amaras, 'T-10');
    await said(meis).click();
    await meis.keyboard.type('@Ama');
    await meis.getByRole('option', { name: /^@Amara/ }).waitFor();
    await meis.keyboard.press('Enter');
    await meis.keyboard.type('again');
    await meis.getByRole('button', { name: 'Comment', exact: true }).click();
    await comments(meis).nth(1).waitFor();
    await amaras.goto(`${server.url}/inbox`);
    const told = amaras.getByTestId('notification').first();
    await told.getByText('mentioned you on T-11').waitFor();
    await told.getByText('private to the team').waitFor();
    expect(await problems(amaras)).toEqual([]);
    await told.getByRole('link').click();
    await comments(amaras).nth(1).waitFor();
    expect(new URL(amaras.url()).hash).toBe('#discussion');
    await until(() => amaras.evaluate(() => document.activeElement?.id === 'discussion-title'));
  });

  it('is not there for others', async () => {
    const asked: string[] = [];
    jonas.on('request', (request) => asked.push(new URL(request.url()).pathname));
    await open(jonas, 'T-11');
    await events(jonas).first().waitFor();
    expect(await jonas.getByText('Discussion').count()).toBe(0);
    expect(await jonas.getByText('Is this covered?').count()).toBe(0);
    expect(asked.filter((path) => path.includes('/comments'))).toEqual([]);
    jonas.removeAllListeners('request');
  });

  it('keeps what is typed over a reload, is changed with a trace and deleted with one', async () => {
    await open(meis, 'T-11');
    await said(meis).click();
    await meis.keyboard.type('Half a thought');
    await meis.reload();
    await said(meis).getByText('Half a thought').waitFor();
    await meis.getByRole('button', { name: 'Comment', exact: true }).click();
    const mine = comments(meis).filter({ hasText: 'Half a thought' });
    await mine.waitFor();
    await mine.getByRole('button', { name: /^Comment of Mei/ }).click();
    await meis.getByRole('menuitem', { name: 'Edit' }).click();
    await meis.getByRole('textbox', { name: 'Edit the comment' }).click();
    await meis.keyboard.press('Control+End');
    await meis.keyboard.type(', and the other half');
    await meis.getByRole('button', { name: 'Save' }).click();
    const whole = comments(amaras).filter({ hasText: 'and the other half' });
    await whole.getByText(/edited$/).waitFor();
    await whole.getByRole('button', { name: /^Comment of Mei/ }).click();
    await amaras.getByRole('menuitem', { name: 'Earlier versions' }).click();
    await dialog(amaras).getByText('Half a thought', { exact: true }).waitFor();
    await amaras.keyboard.press('Escape');
    await meis
      .getByRole('button', { name: /^Comment of Mei/ })
      .last()
      .click();
    await meis.getByRole('menuitem', { name: 'Delete' }).click();
    await meis.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
    await comments(amaras)
      .last()
      .getByText(/^Deleted by Mei/)
      .waitFor();
  });
});

describe('for everybody', () => {
  it('is without flaws in light and dark and narrow enough for a phone', async () => {
    const id = await open(amaras, 'T-11');
    await events(amaras).first().waitFor();
    await comments(amaras).first().waitFor();
    for (const colorScheme of ['light', 'dark'] as const) {
      await amaras.emulateMedia({ colorScheme });
      expect(await problems(amaras)).toEqual([]);
    }
    await amaras.getByRole('button', { name: 'Edit', exact: true }).click();
    await dialog(amaras).getByRole('textbox', { name: 'Title', exact: true }).waitFor();
    expect(await problems(amaras)).toEqual([]);
    await amaras.keyboard.press('Escape');
    await amaras.emulateMedia({ colorScheme: 'light' });
    await amaras.setViewportSize({ width: 390, height: 800 });
    for (const one of [id, (await called('T-4')).id]) {
      await amaras.goto(address(one));
      await events(amaras).first().waitFor();
      expect(await overflows(amaras)).toBe(false);
      expect(await problems(amaras)).toEqual([]);
    }
    await amaras.getByRole('button', { name: 'Edit', exact: true }).click();
    await dialog(amaras).getByRole('textbox', { name: 'Title', exact: true }).waitFor();
    expect(await overflows(amaras)).toBe(false);
    await amaras.keyboard.press('Escape');
    await amaras.setViewportSize({ width: 1400, height: 900 });
  });

  it('works by keyboard alone, with the focus back where it was', async () => {
    await open(amaras, 'T-2');
    const more = amaras.getByRole('button', { name: 'More for T-2' });
    await more.focus();
    await amaras.keyboard.press('Enter');
    await amaras.keyboard.press('Enter');
    const search = dialog(amaras).getByLabel('Look for what says the same');
    await until(() => search.evaluate((field) => document.activeElement === field));
    await amaras.keyboard.press('Escape');
    await until(() => more.evaluate((button) => document.activeElement === button));
    const change = amaras.getByRole('button', { name: 'Change what became of it' });
    await change.focus();
    await amaras.keyboard.press('Enter');
    await dialog(amaras).getByLabel('Disposition').waitFor();
    await amaras.keyboard.press('Escape');
    await until(() => change.evaluate((button) => document.activeElement === button));
  });
});
