import { randomUUID } from 'node:crypto';
import { contentOf, readBlocks } from '@zerodraft/schema';
import { addLink, type RecommendationSummary, readLinks, removeLink } from '@zerodraft/trace';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { PROCESS } from '../support/account.ts';
import { overflows, problems } from '../support/axe.ts';
import { clause, launch, openAs } from '../support/browser.ts';
import { DRAFT, TestClient, until } from '../support/client.ts';
import { Person } from '../support/person.ts';
import { TestServer } from '../support/server.ts';

let server: TestServer;
let browser: Browser;
let amara: Person;
let editor: TestClient;
let page: Page;
let library: RecommendationSummary[];
let saves = 0;
let tabled = '';

const paragraphs = () =>
  readBlocks(editor.doc).filter(({ kind, text }) => kind === 'paragraph' && text !== '');
const at = <T>(list: readonly T[], index: number): T => {
  const found = list[index];
  if (found === undefined) throw new Error(`there is no ${index}`);
  return found;
};
async function saved(): Promise<void> {
  await editor.saved(++saves);
}
async function keep(name: string): Promise<string> {
  const id = randomUUID();
  expect((await amara.post(`/api/drafts/${DRAFT}/versions`, { id, name })).status).toBe(201);
  return id;
}

beforeAll(async () => {
  server = await TestServer.start();
  browser = await launch();
  amara = await Person.demo(server, 'amara');
  library = (await amara.get(`/api/processes/${PROCESS}/recommendations`)).body.recommendations;
  editor = new TestClient(server, amara.cookie, { status: true });
  await editor.synced();
  // A known start: no links but these.
  for (const link of readLinks(editor.doc, readBlocks(editor.doc))) removeLink(editor.doc, link);
  for (let nth = 0; nth < 12; nth += 1)
    addLink(editor.doc, {
      clauseId: at(paragraphs(), (nth * 5) % paragraphs().length).id,
      recommendationId: at(library, nth).id,
      relation: nth === 11 ? 'contrary' : 'adapted',
    });
  const bold = contentOf(editor.doc).get(
    readBlocks(editor.doc).findIndex(({ id }) => id === at(paragraphs(), 3).id),
  );
  const words = bold instanceof Y.XmlElement && bold.get(0);
  if (words instanceof Y.XmlText) words.format(0, 6, { bold: {} });
  await saved();
  tabled = await keep('As tabled');
  // Since then: one fell out, one entered.
  const first = at(library, 0);
  const link = readLinks(editor.doc, readBlocks(editor.doc)).find((one) => one.recommendationId === first.id);
  if (link) removeLink(editor.doc, link);
  addLink(editor.doc, {
    clauseId: at(paragraphs(), 2).id,
    recommendationId: at(library, 12).id,
    relation: 'verbatim',
  });
  await saved();
  page = (await openAs(browser, server, 'Amara')).page;
  await page.getByRole('link', { name: 'Coverage' }).click();
  await page.locator('.heat-map').waitFor();
});
afterAll(async () => {
  editor?.destroy();
  await browser?.close();
  await server?.remove();
});

const view = async (name: string, on = page): Promise<void> => {
  await on.getByRole('navigation', { name: 'Coverage' }).getByRole('link', { name }).click();
};
const dialog = (on = page) => on.getByRole('dialog');
/** How many rows the open list says it has. */
async function listed(on = page): Promise<number> {
  await dialog(on).waitFor();
  const lead = await dialog(on).locator('.dialog-lead').innerText();
  return Number(lead.split(' ')[0]);
}
async function closed(on = page): Promise<void> {
  await on.keyboard.press('Escape');
  await dialog(on).waitFor({ state: 'detached' });
}

describe('the heat map', () => {
  it('crosses any two taxonomies, says it in the address, and opens the list behind each number', async () => {
    expect(await page.locator('.coverage-lead').innerText()).toContain(
      `11 of ${library.length} recommendations`,
    );
    await page.getByLabel('Rows', { exact: true }).selectOption('stakeholderKinds');
    await page.getByLabel('Columns', { exact: true }).selectOption('kinds');
    await page.getByText('by kind of stakeholder and kind').waitFor();
    await until(() => page.url().includes('rows=stakeholderKinds') && page.url().includes('columns=kinds'));
    await page.reload();
    const rows = page.locator('.heat-map tbody tr');
    await rows.first().waitFor();
    const total = await rows.last().locator('td').last().locator('.cell-count').innerText();
    expect(total).toBe(`11 / ${library.length}`);
    const cell = rows.first().getByRole('link').first();
    const [, all = ''] = (await cell.locator('.cell-count').innerText()).split(' / ');
    await cell.click();
    expect(await listed()).toBe(Number(all));
    await dialog().getByRole('link').first().click({ trial: true });
    expect(await dialog().locator('li[data-index]').count()).toBe(Number(all));
    await closed();
    expect(page.url()).not.toContain('list=');
    await page.getByRole('button', { name: 'Swap rows and columns' }).click();
    await page.getByText('by kind and kind of stakeholder').waitFor();
  });

  it('its lists lead on: to the library with the same filter, to each recommendation and to each clause', async () => {
    await page.goto(`${server.url}/drafts/${DRAFT}/coverage?view=uptake`);
    const row = page.getByRole('row', { name: at(library, 1).sourceKind });
    const linked = row.getByRole('link').first();
    const number = Number(await linked.innerText());
    await linked.click();
    expect(await listed()).toBe(number);
    const here = page.url();
    const item = dialog().locator('li[data-index]').first();
    const reference = await item.locator('.reference').innerText();
    const citation = await item.locator('.every-places a').first().innerText();
    await item.getByRole('link', { name: citation, exact: true }).click();
    await until(() => /#./.test(page.url()));
    await clause(page, citation).waitFor();
    await page.goto(here);
    await dialog().locator('li[data-index]').first().getByRole('link').first().click();
    await page.waitForURL(/\/recommendations\//);
    await page.getByText(reference).first().waitFor();
    await page.goto(here);
    await dialog().getByRole('link', { name: 'This list in the library' }).click();
    await page.getByText(new RegExp(`^${number} recommendations?$`)).waitFor();
    // What the library cannot ask for is not offered there.
    await page.goto(`${server.url}/drafts/${DRAFT}/coverage?view=clauses`);
    await page
      .getByRole('link', { name: /^\d+ clauses with a source: / })
      .first()
      .click();
    const sourced = await listed();
    expect(await dialog().locator('.clause-list li').count()).toBe(sourced);
    expect(await dialog().getByRole('link', { name: 'This list in the library' }).count()).toBe(0);
    await closed();
    await page.goto(`${server.url}/drafts/${DRAFT}/coverage`);
    await page.locator('.heat-map').waitFor();
  });

  it('does not count the contrary as linked, and shows it', async () => {
    await page.getByRole('link', { name: '1 that were considered' }).click();
    expect(await listed()).toBe(1);
    expect(await dialog().innerText()).toContain('contrary in');
    await closed();
  });
});

describe('uptake', () => {
  it('is told by who proposed, and each number opens its list', async () => {
    await view('Uptake');
    for (const by of ['kind of stakeholder', 'region', 'session', 'source'])
      await page.getByRole('heading', { name: `By ${by}` }).waitFor();
    const row = page.getByRole('region', { name: 'By source' }).locator('tbody tr').first();
    const cells = await row.locator('td').allInnerTexts();
    const [linked, open, , all] = cells.map(Number);
    expect((linked ?? 0) + (open ?? 0)).toBe(all);
    await row.getByRole('link').nth(1).click();
    expect(await listed()).toBe(open);
    await closed();
    expect(await problems(page)).toEqual([]);
  });
});

describe('clauses', () => {
  it('are told by density, and those without a source lead to their place', async () => {
    await view('Clauses');
    await page.getByRole('heading', { name: 'Sections by density' }).waitFor();
    expect(await problems(page)).toEqual([]);
    const sourceless = page.getByRole('region', { name: /Clauses without a source/ });
    const first = sourceless.getByRole('link').first();
    const text = (await first.innerText()).replace(/^\S+\s/, '');
    await first.click();
    await page.locator('.draft-text').getByText(text.slice(0, 60)).first().waitFor();
    await page.getByRole('link', { name: 'Coverage' }).click();
  });
});

describe('as of a version', () => {
  it('text and links are as they were', async () => {
    await page.locator('.heat-map').waitFor();
    await page.getByLabel('As of').selectOption({ label: await optionOf('As tabled') });
    await page.getByText('text and links as they were').waitFor();
    const first = at(library, 0);
    await page.getByRole('link', { name: '11 linked recommendations' }).click();
    expect(await listed()).toBe(11);
    expect(await dialog().innerText()).toContain(first.reference);
    await closed();
    await page.getByLabel('As of').selectOption('');
    await page.getByText('text and links as they were').waitFor({ state: 'detached' });
    await page.getByRole('link', { name: '11 linked recommendations' }).click();
    expect(await listed()).toBe(11);
    expect(await dialog().innerText()).not.toContain(first.reference);
    await closed();
  });
});

const optionOf = async (name: string): Promise<string> => {
  const options = await page.getByLabel('As of').locator('option').allInnerTexts();
  return options.find((option) => option.startsWith(name)) ?? '';
};

describe('the comparison', () => {
  it('tells what entered, what fell out, whose it was and in which clauses', async () => {
    await view('Compare versions');
    await page.getByText('1 entered, 1 fell out').waitFor();
    const [fell, entered] = [at(library, 0), at(library, 12)];
    expect(await page.getByRole('region', { name: 'Entered (1)' }).innerText()).toContain(entered.reference);
    const gone = await page.getByRole('region', { name: 'Fell out (1)' }).innerText();
    for (const part of [fell.reference, fell.source, fell.sourceKind]) expect(gone).toContain(part);
    const whose = await page.getByRole('region', { name: 'By organisation' }).innerText();
    expect(whose).toContain(fell.source);
    await page.getByRole('link', { name: `1 fell out: ${fell.source}` }).click();
    await page.getByText(`is of ${fell.source} alone`).waitFor();
    await page.getByRole('region', { name: 'Fell out (1)' }).waitFor();
    expect(await page.getByRole('region', { name: 'Entered (1)' }).count()).toBe(
      entered.source === fell.source ? 1 : 0,
    );
    await page.getByRole('link', { name: 'Show everybody’s' }).click();
    await page.getByRole('region', { name: 'Entered (1)' }).waitFor();
    expect(await page.getByRole('region', { name: /Clauses whose sources changed/ }).innerText()).toContain(
      at(paragraphs(), 2).text.slice(0, 40),
    );
    expect(await problems(page)).toEqual([]);
    // It is live: what is unlinked now falls out before one's eyes.
    const last = readLinks(editor.doc, readBlocks(editor.doc)).find(
      (one) => one.recommendationId === entered.id,
    );
    if (last) removeLink(editor.doc, last);
    await saved();
    await page.getByText('0 entered, 1 fell out').waitFor();
  });
});

describe('the flow diagram', () => {
  it('is walked by keys, says each flow in words, opens its list, and has its numbers in a table', async () => {
    await view('Flow');
    const ribbons = page.locator('.flow-ribbon');
    // A straight flow is a line, which has no box: it is there all the same.
    await ribbons.first().waitFor({ state: 'attached' });
    expect(await ribbons.evaluateAll((all) => all.filter((one) => one.tabIndex === 0).length)).toBe(1);
    await ribbons.first().focus();
    const words = (await ribbons.first().getAttribute('aria-label')) ?? '';
    expect(await page.locator('.flow-words').innerText()).toBe(words);
    await page.keyboard.press('ArrowDown');
    const next = await page.locator('.flow-ribbon:focus').getAttribute('aria-label');
    expect(next).not.toBe(words);
    expect(await page.locator('.flow-words').innerText()).toBe(next);
    const [, count = ''] = /of (\d+) recommendation/.exec(next ?? '') ?? [];
    await page.keyboard.press('Enter');
    expect(await listed()).toBe(Number(count));
    await closed();
    // The same numbers stand in the table.
    const [, links = ''] = /: (\d+) link/.exec(words) ?? [];
    const [, from = '', to = ''] = /^(.*) to (.*): /.exec(words) ?? [];
    await page.getByRole('link', { name: `${links} links: ${from} to ${to}` }).waitFor();
    const table = page.locator('.flow-table');
    const sum = await table.locator('tbody tr').last().locator('td').last().innerText();
    const drawn = await ribbons.evaluateAll((all) =>
      all.map((one) => Number(/: (\d+) link/.exec(one.getAttribute('aria-label') ?? '')?.[1])),
    );
    expect(drawn.reduce((n, m) => n + m, 0)).toBe(Number(sum));
    await page.getByLabel('To', { exact: true }).selectOption('objective');
    await until(() => page.url().includes('level=objective'));
    expect(await problems(page)).toEqual([]);
  });
});

describe('versions', () => {
  it('are kept, read and restored, with a word before of what changes', async () => {
    await page.getByRole('link', { name: 'Versions', exact: true }).click();
    await page.getByRole('button', { name: 'Keep a version' }).click();
    await page.getByLabel('Name').fill('After the first reading');
    await page.getByRole('button', { name: 'Keep', exact: true }).click();
    await page.getByRole('heading', { name: 'After the first reading' }).waitFor();
    await page.getByRole('link', { name: /^As tabled/ }).click();
    await page.getByRole('heading', { name: 'As tabled' }).waitFor();
    const reading = page.locator('.version-text');
    await reading.getByText(at(library, 0).reference).first().waitFor();
    // As the draft shows it: the same elements with the same numbers, and what is bold there is bold here.
    const drawn = (blocks: Element[]) =>
      blocks.map((block) => {
        const { number = '', citation = '', kind = '' } = block instanceof HTMLElement ? block.dataset : {};
        return [block.tagName, kind, number, citation, block.textContent];
      });
    const read = await reading.locator('.draft-text > *').evaluateAll(drawn);
    expect(await reading.locator('strong').innerText()).toBe(at(paragraphs(), 3).text.slice(0, 6));
    expect(await problems(page)).toEqual([]);
    await page.getByRole('link', { name: 'Draft', exact: true }).click();
    await clause(page, '1').waitFor();
    const edited = await page.locator('.page .draft-text > *').evaluateAll(drawn);
    expect(read).toEqual(edited.filter(([, , , , text]) => text !== ''));
    await page.goBack();
    await reading.waitFor();

    const gone = at(paragraphs(), 1);
    const place = readBlocks(editor.doc).findIndex(({ id }) => id === gone.id);
    contentOf(editor.doc).delete(place, 1);
    await saved();
    await page.getByRole('button', { name: 'Restore' }).click();
    const asked = page.getByRole('alertdialog');
    await asked.getByText('1 clause returns').waitFor();
    await asked.getByText(/^\d+ links? returns?$/).waitFor();
    expect(await problems(page)).toEqual([]);
    await asked.getByRole('button', { name: 'Restore' }).click();
    await page.getByRole('link', { name: /^Before “As tabled” was restored/ }).waitFor();
    await until(() => readBlocks(editor.doc).some(({ id, text }) => id === gone.id && text === gone.text));
    await page.getByRole('link', { name: 'Draft', exact: true }).click();
    await page.locator(`.draft-text [data-block-id="${gone.id}"]`).waitFor();
    expect((await amara.get(`/api/drafts/${DRAFT}/versions`)).body.versions[0].kind).toBe('before-restore');
    await page.goBack();
    await page.getByRole('heading', { name: 'As tabled' }).waitFor();
    await page.getByRole('button', { name: 'Restore' }).click();
    await page.getByText('The draft reads and is linked as in this version.').waitFor();
    await page.keyboard.press('Escape');
    expect(tabled).not.toBe('');
  });

  it('are read by observers, who neither keep nor restore them', async () => {
    const { page: leila, context } = await openAs(browser, server, 'Leila');
    await leila.getByRole('link', { name: 'Versions', exact: true }).click();
    await leila.getByRole('link', { name: /^As tabled/ }).click();
    await leila.locator('.version-text').waitFor();
    for (const name of ['Keep a version', 'Restore'])
      expect(await leila.getByRole('button', { name }).count()).toBe(0);
    await context.close();
  });
});

describe('on a phone and in the dark', () => {
  it('everything fits and has contrast', async () => {
    const { page: phone, context } = await openAs(browser, server, 'Amara', {
      viewport: { width: 390, height: 800 },
      colorScheme: 'dark',
    });
    await clause(phone, '1').waitFor();
    await phone.getByRole('link', { name: 'Coverage' }).click();
    await phone.locator('.heat-map').waitFor();
    for (const name of ['Heat map', 'Uptake', 'Clauses', 'Compare versions', 'Flow']) {
      await view(name, phone);
      await phone.locator('.count-table, .heat-map').first().waitFor();
      expect(await overflows(phone), name).toBe(false);
      expect(await problems(phone), name).toEqual([]);
    }
    await phone.locator('.flow-ribbon').first().waitFor({ state: 'attached' });
    expect(await problems(phone)).toEqual([]);
    await phone.getByRole('link', { name: 'Versions', exact: true }).click();
    await phone.getByRole('link', { name: /^As tabled/ }).click();
    await phone.locator('.version-text').waitFor();
    expect(await overflows(phone)).toBe(false);
    expect(await problems(phone)).toEqual([]);
    await context.close();
  });
});
