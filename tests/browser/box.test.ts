import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { overflows, problems } from '../support/axe.ts';
import { clause, launch, openAs, saved, startAs, windowOf } from '../support/browser.ts';
import { DRAFT, until } from '../support/client.ts';
import { Box, DEPOSITS, depositOf, PROPOSAL } from '../support/deposits.ts';
import { newProcess } from '../support/library.ts';
import { Person } from '../support/person.ts';
import { TestServer } from '../support/server.ts';

const TRIAGE = '/processes/global-compact-sample/triage';

let server: TestServer;
let browser: Browser;
let box: Box;
let amara: Page;
beforeAll(async () => {
  server = await TestServer.start();
  browser = await launch();
  box = await Box.open(server, 'the-sample-box');
  amara = await startAs(browser, server, 'Amara');
  await amara.goto(server.url + TRIAGE);
  await amara.getByRole('heading', { name: 'Triage' }).waitFor();
});
afterAll(async () => {
  await browser?.close();
  await server?.remove();
});

const rows = (page: Page) => page.getByRole('list', { name: 'Deposits' }).getByRole('button');

/** Chooses a deposit once the list shows it by itself. */
async function choose(page: Page, title: string): Promise<void> {
  await rows(page).filter({ hasText: title }).click();
  await page.getByRole('article', { name: title }).waitFor();
}

/** Presses the key of a deed once the deposit on the screen can take it: keys do nothing while one is under way. */
async function press(page: Page, key: string): Promise<void> {
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.locator(`.deposit [aria-keyshortcuts="${key}"]:enabled`).waitFor();
  await page.keyboard.press(key);
}

/** What the receipt page shows for a code. */
async function receiptOf(code: string): Promise<{ page: Page; text: () => Promise<string> }> {
  const page = await windowOf(browser, { viewport: { width: 390, height: 800 }, locale: 'en' });
  await page.goto(`${server.url}/box/receipt#${code}`);
  await page.locator('.receipt').waitFor();
  return { page, text: () => page.locator('.receipt').innerText() };
}

async function told(code: string): Promise<string> {
  const { page, text } = await receiptOf(code);
  const words = await text();
  await page.context().close();
  return words;
}

describe('the box', () => {
  it('takes a proposal on the smallest phone; what is typed survives a reload; its code leads to the receipt', async () => {
    const page = await windowOf(browser, { viewport: { width: 320, height: 640 }, locale: 'en' });
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.goto(`${server.url}/box/${box.slug}`);
    await page.getByLabel('Title').fill('A bus to the clinic');
    await page.getByRole('textbox', { name: 'Proposal', exact: true }).fill('Run a bus twice a day.');
    await page.getByLabel('Drivers of migration').check();
    await page.getByLabel('Contact').fill('me@bus.example');
    await page.reload();
    expect(await page.getByLabel('Title').inputValue()).toBe('A bus to the clinic');
    expect(await page.getByLabel('Drivers of migration').isChecked()).toBe(true);
    expect(await overflows(page)).toBe(false);
    expect(await problems(page)).toEqual([]);
    await page.getByRole('button', { name: 'Send the proposal' }).click();
    await page.getByText('Without your consent the proposal cannot be kept.').waitFor();
    expect(await page.getByLabel(/^I agree/).evaluate((field) => field === document.activeElement)).toBe(
      true,
    );
    expect(await problems(page)).toEqual([]);
    await page.getByLabel(/^I agree/).check();
    await page.getByRole('button', { name: 'Send the proposal' }).click();
    const code = await page.getByTestId('receipt-code').innerText();
    expect(code).toMatch(/^[0-9A-Z]{4}(-[0-9A-Z]{4}){3}$/);
    expect(await overflows(page)).toBe(false);
    expect(await problems(page)).toEqual([]);
    await page.getByRole('link', { name: 'Link to your receipt' }).click();
    await page.getByRole('heading', { name: 'A bus to the clinic' }).waitFor();
    expect(await problems(page)).toEqual([]);
    // Neither a cookie nor another server; and the code stands in no address that was asked for.
    expect(await page.context().cookies()).toEqual([]);
    expect(
      asked.filter((address) => !address.startsWith(server.url) && !address.startsWith('data:')),
    ).toEqual([]);
    expect(asked.filter((address) => address.split('#')[0]?.includes(code))).toEqual([]);
    expect(asked.filter((address) => /\/api\/(?!box)/.test(address))).toEqual([]);
    await page.goto(`${server.url}/box/${box.slug}`);
    expect(await page.getByLabel('Title').inputValue()).toBe('');
    await page.context().close();
    // It comes to the team by itself.
    await rows(amara).filter({ hasText: 'A bus to the clinic' }).waitFor();
  });

  it('keeps one deposit when the answer is lost and it is sent again', async () => {
    const page = await windowOf(browser, { locale: 'en' });
    await page.goto(`${server.url}/box/${box.slug}`);
    await page.getByLabel('Title').fill('Sent twice');
    await page.getByRole('textbox', { name: 'Proposal', exact: true }).fill('Only one should arrive.');
    await page.getByLabel(/^I agree/).check();
    await page.route('**/deposits', async (route) => {
      await route.fetch();
      await route.abort();
    });
    await page.getByRole('button', { name: 'Send the proposal' }).click();
    await page.getByText('The server was not reached. What you typed is kept; try again.').waitFor();
    await page.unroute('**/deposits');
    await page.reload();
    await page.getByLabel(/^I agree/).check();
    await page.getByRole('button', { name: 'Send the proposal' }).click();
    expect(await told(await page.getByTestId('receipt-code').innerText())).toContain('Sent twice');
    const { deposits } = (await box.facilitator.get(`${DEPOSITS}?state=new`)).body;
    expect(deposits.filter(({ title }: { title: string }) => title === 'Sent twice')).toHaveLength(1);
    await page.context().close();
  });

  it('tells the code of what was received when it was changed after a lost answer', async () => {
    const page = await windowOf(browser, { locale: 'en' });
    await page.goto(`${server.url}/box/${box.slug}`);
    await page.getByLabel('Title').fill('First words');
    await page.getByRole('textbox', { name: 'Proposal', exact: true }).fill('A text.');
    await page.getByLabel(/^I agree/).check();
    await page.route('**/deposits', async (route) => {
      await route.fetch();
      await route.abort();
    });
    const send = page.getByRole('button', { name: 'Send the proposal' });
    await send.click();
    await page.getByText('The server was not reached.').waitFor();
    await page.unroute('**/deposits');
    await page.getByLabel('Title').fill('Second words');
    await send.click();
    const message = await page.getByText('This proposal was received before').innerText();
    const first = /[0-9A-Z]{4}(-[0-9A-Z]{4}){3}/.exec(message)?.[0] ?? '';
    expect(await told(first)).toContain('First words');
    await send.click();
    expect(await told(await page.getByTestId('receipt-code').innerText())).toContain('Second words');
    await page.context().close();
  });

  it('speaks the browser’s language of the six, Arabic from right to left, and keeps another choice', async () => {
    const titles: [string, string][] = [
      ['ar-EG', 'صندوق التوصيات'],
      ['zh-CN', '建议箱'],
      ['fr-CH', 'Boîte à recommandations'],
      ['ru-RU', 'Ящик рекомендаций'],
      ['es-MX', 'Buzón de recomendaciones'],
      ['de-AT', 'Recommendations box'],
    ];
    for (const [locale, title] of titles) {
      const page = await windowOf(browser, { locale, viewport: { width: 320, height: 640 } });
      await page.goto(`${server.url}/box/${box.slug}`);
      await page.getByRole('heading', { level: 1, name: title }).waitFor();
      const root = page.locator('html');
      expect(await root.getAttribute('dir')).toBe(locale === 'ar-EG' ? 'rtl' : 'ltr');
      expect(await overflows(page)).toBe(false);
      if (locale === 'ar-EG') {
        expect(await problems(page)).toEqual([]);
        const { code } = await box.deposit({ title: 'مقترح', language: 'ar' });
        await page.goto(`${server.url}/box/receipt#${code}`);
        await page.getByRole('heading', { name: 'مقترح', exact: true }).waitFor();
        await page.locator('.receipt-now', { hasText: 'استُلم' }).waitFor();
        expect(await problems(page)).toEqual([]);
        expect(await overflows(page)).toBe(false);
        await page.getByLabel('اللغة').selectOption('fr');
        await page.getByRole('heading', { name: 'Ce que votre proposition est devenue' }).waitFor();
        expect(await root.getAttribute('dir')).toBe('ltr');
        await page.reload();
        await page.getByRole('heading', { name: 'Ce que votre proposition est devenue' }).waitFor();
      }
      await page.context().close();
    }
  });

  it('is opened, shown as a code to scan, moved and closed by a facilitator', async () => {
    const empty = (await newProcess(box.facilitator)).split('/').pop();
    await amara.getByRole('button', { name: 'The box' }).click();
    const dialog = amara.getByRole('dialog', { name: 'Recommendations box' });
    expect(await dialog.getByLabel('Address of the box', { exact: true }).inputValue()).toBe(
      `${server.url}/box/${box.slug}`,
    );
    await dialog.getByRole('img', { name: "QR code of the box's address" }).waitFor();
    const [file] = await Promise.all([
      amara.waitForEvent('download'),
      dialog.getByRole('link', { name: 'Save the code' }).click(),
    ]);
    expect(file.suggestedFilename()).toBe(`${box.slug}.svg`);
    expect(await readFile(await file.path(), 'utf8')).toMatch(/^<svg xmlns=.*<path/s);
    expect(await problems(amara)).toEqual([]);
    await dialog.getByText('Change the address').first().click();
    await dialog.getByLabel('Address', { exact: true }).fill('Not an address');
    await dialog.getByRole('button', { name: 'Change the address' }).click();
    await dialog.getByText('Use letters from a to z').waitFor();
    await dialog.getByRole('button', { name: 'Close the box' }).click();
    await dialog.getByText('Closed', { exact: true }).waitFor();
    // Whoever looks at an empty triage reads why it is empty.
    await amara.keyboard.press('Escape');
    await amara.goto(`${server.url}/processes/${empty}/triage`);
    await amara.getByText('The recommendations box is not open yet').waitFor();
    await amara.getByRole('button', { name: 'Open the box…' }).click();
    await dialog.getByText('This process has no box yet.').waitFor();
    await amara.goto(server.url + TRIAGE);
    await amara.getByRole('button', { name: 'The box' }).click();
    const page = await windowOf(browser, { locale: 'en' });
    await page.goto(`${server.url}/box/${box.slug}`);
    await page.getByRole('heading', { name: 'This box is closed' }).waitFor();
    expect(await problems(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Open the box' }).click();
    await dialog.getByText('Open', { exact: true }).waitFor();
    await page.reload();
    await page.getByLabel('Title').waitFor();
    await page.context().close();
    await amara.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
  });
});

describe('from deposit to receipt', () => {
  it('accepted: the reference, and the clause once it is linked in a public draft', async () => {
    const { code } = await box.deposit({ title: 'To be accepted' });
    await choose(amara, 'To be accepted');
    await press(amara, 'a');
    const status = amara.getByText(/^Accepted “To be accepted” as R-\d{4}\.$/);
    await status.waitFor();
    const reference = /R-\d{4}/.exec(await status.innerText())?.[0] ?? '';
    const words = await told(code);
    for (const each of ['Accepted', reference, 'not yet reached a draft that is public'])
      expect(words).toContain(each);

    const { page } = await openAs(browser, server, 'Mei');
    await clause(page, '2').click();
    await page.getByRole('tab', { name: 'Library' }).click();
    await page.getByRole('searchbox').first().fill('To be accepted');
    const card = page.locator('.card').filter({ hasText: reference });
    await card.getByRole('button', { name: /^Link/ }).first().click();
    await saved(page);
    await page.context().close();
    await box.facilitator.post(`/api/drafts/${DRAFT}/links`, { expiresAt: null });
    const { page: reader, text } = await receiptOf(code);
    await until(async () => (await text()).includes(': 2'));
    expect(await problems(reader)).toEqual([]);
    await reader.context().close();
  });

  it('edited, then accepted: the original stays beside', async () => {
    const { id, code } = await box.deposit({ title: 'to be edited' });
    await choose(amara, 'to be edited');
    await press(amara, 'e');
    const dialog = amara.getByRole('dialog', { name: 'Edit and classify' });
    // Letters are text in a field.
    await dialog.getByLabel('Title').fill('');
    await amara.keyboard.type('A better title: mask, sort and rearm');
    await dialog.getByLabel('Local and sub-national').check();
    expect(await problems(amara)).toEqual([]);
    await dialog.getByRole('button', { name: 'Keep the changes' }).click();
    await dialog.waitFor({ state: 'detached' });
    await amara.getByText('As it was sent').waitFor();
    expect(await problems(amara)).toEqual([]);
    const edited = await depositOf(box.facilitator, id);
    expect(edited.dimensions).toEqual(['Local and sub-national', 'Global']);
    expect(edited.original.title).toBe('to be edited');
    await press(amara, 'a');
    await amara.getByText(/^Accepted “A better title/).waitFor();
    // The depositor finds it again under the title it was sent with.
    expect(await told(code)).toContain('to be edited');
  });

  it('merged with what is suggested', async () => {
    const { code } = await box.deposit({
      title: 'Separate the records of clinics from immigration enforcement',
      text: 'Hospitals and clinics should hold patient records on systems that immigration officers cannot open. A request from an enforcement body for a patient’s address is void.',
    });
    await choose(amara, 'Separate the records of clinics');
    await amara.getByRole('heading', { name: 'Perhaps the same' }).waitFor();
    await amara.getByRole('button', { name: 'Merge with it: HR-101' }).click();
    const dialog = amara.getByRole('dialog', { name: 'Merge' });
    expect(await dialog.getByRole('radio', { name: /HR-101/ }).isChecked()).toBe(true);
    expect(await problems(amara)).toEqual([]);
    await dialog.getByRole('button', { name: 'Merge', exact: true }).click();
    await amara.getByText(/^Merged “Separate the records.*” with HR-101\.$/).waitFor();
    await amara.getByRole('link', { name: /^Merged/ }).click();
    await choose(amara, 'Separate the records of clinics');
    await amara.getByRole('article').getByRole('link', { name: 'HR-101' }).click();
    await amara
      .getByRole('heading', { name: /^Separate clinic|records/i })
      .first()
      .waitFor();
    await amara.goto(server.url + TRIAGE);
    const words = await told(code);
    expect(words).toContain('Merged with another proposal');
    expect(words).toContain('HR-101');
  });

  it('split into several', async () => {
    const { code } = await box.deposit({ title: 'Two things', text: 'First thing.\n\nSecond thing.' });
    await choose(amara, 'Two things');
    await press(amara, 's');
    const dialog = amara.getByRole('dialog', { name: 'Split' });
    await dialog.getByRole('button', { name: 'Split' }).click();
    await dialog.getByText('Give the proposal a title.').waitFor();
    await dialog.getByRole('group', { name: 'Part 2' }).getByLabel('Title').fill('The second thing');
    expect(await problems(amara)).toEqual([]);
    await dialog.getByRole('button', { name: 'Split' }).click();
    await amara.getByText(/^Split “Two things” into R-\d{4}, R-\d{4}\.$/).waitFor();
    const words = await told(code);
    expect(words).toContain('Split into several recommendations');
    expect(words.match(/R-\d{4}/g)).toHaveLength(2);
  });

  it('returned with a reason; then back to triage', async () => {
    const { code } = await box.deposit({ title: 'To be returned' });
    await choose(amara, 'To be returned');
    await press(amara, 'r');
    const dialog = amara.getByRole('dialog', { name: 'Return' });
    await dialog.getByRole('button', { name: 'Return' }).click();
    await dialog.getByText('Give a reason: the depositor reads it.').waitFor();
    await dialog.getByLabel('Reason').fill('It is about another process.');
    await dialog.getByRole('button', { name: 'Return' }).click();
    await amara.getByText('Returned “To be returned”.').waitFor();
    const words = await told(code);
    expect(words).toContain('Returned');
    expect(words).toContain('It is about another process.');
    await amara.getByRole('link', { name: /^Returned/ }).click();
    await choose(amara, 'To be returned');
    await press(amara, 'b');
    await amara.getByText('“To be returned” is in triage.').waitFor();
    await amara.getByRole('link', { name: /^In triage/ }).click();
    await rows(amara).filter({ hasText: 'To be returned' }).waitFor();
    expect(await told(code)).toContain('In triage');
  });
});

describe('several people', () => {
  it('see who is on what, take over, and see what others decide', async () => {
    const { id } = await box.deposit({ title: 'Wanted by two' });
    await choose(amara, 'Wanted by two');
    const mei = await startAs(browser, server, 'Mei');
    await mei.goto(`${server.url}${TRIAGE}?deposit=${id}`);
    await mei.getByText('Amara Nwosu-Lind is on it.').waitFor();
    expect(await mei.getByRole('button', { name: 'Accept' }).isDisabled()).toBe(true);
    expect(await problems(mei)).toEqual([]);
    await mei.getByRole('button', { name: 'Take over' }).click();
    await amara.getByText('Mei Castellanos is on it.').waitFor();
    expect(await amara.getByRole('button', { name: 'Accept' }).isDisabled()).toBe(true);
    await mei.getByRole('button', { name: 'Accept' }).click();
    await mei.getByText(/^Accepted “Wanted by two”/).waitFor();
    // Amara keeps it before her eyes, and reads what became of it.
    await amara.getByText(/^Accepted by Mei Castellanos/).waitFor();
    await rows(amara).filter({ hasText: 'Wanted by two' }).waitFor({ state: 'detached' });
    await mei.context().close();
  });

  it('are told in a dialog what another changed since it opened, and neither loses anything', async () => {
    const { id } = await box.deposit({ title: 'Seen by two', text: 'As it was sent.' });
    const mei = await Person.demo(server, 'mei');
    const edit = async (fields: object): Promise<void> => {
      await mei.put(`${DEPOSITS}/${id}/claim`, { takeOver: true });
      const { version } = await depositOf(mei, id);
      expect((await mei.patch(`${DEPOSITS}/${id}`, { version, ...fields })).status).toBe(200);
      await mei.delete(`${DEPOSITS}/${id}/claim`);
    };
    await choose(amara, 'Seen by two');
    await press(amara, 'e');
    const dialog = amara.getByRole('dialog');
    await dialog.getByLabel('Text').fill('As Amara has it.');
    await edit({ title: 'Seen by two, says Mei' });
    await dialog.getByRole('button', { name: 'Keep the changes' }).click();
    await dialog.waitFor({ state: 'detached' });
    expect(await depositOf(mei, id)).toMatchObject({
      title: 'Seen by two, says Mei',
      text: 'As Amara has it.',
    });

    await press(amara, 'e');
    await dialog.getByLabel('Text').fill('As Amara has it now.');
    await edit({ text: 'As Mei has it.', dimensions: [] });
    await dialog.getByRole('button', { name: 'Keep the changes' }).click();
    await dialog.getByText('Somebody else has changed this meanwhile. Text: “As Mei has it.”').waitFor();
    expect((await depositOf(mei, id)).text).toBe('As Mei has it.');
    await dialog.getByRole('button', { name: 'Keep the changes' }).click();
    await dialog.waitFor({ state: 'detached' });
    expect(await depositOf(mei, id)).toMatchObject({ text: 'As Amara has it now.', dimensions: [] });

    await press(amara, 'r');
    await dialog.getByLabel('Reason').fill('It is about seas.');
    await edit({ title: 'About ports' });
    await dialog.getByRole('button', { name: 'Return' }).click();
    await dialog.getByText('Title: “About ports”').waitFor();
    expect((await depositOf(mei, id)).state).toBe('new');
    await dialog.getByRole('button', { name: 'Return' }).click();
    await amara.getByText('Returned “About ports”.').waitFor();
  });

  it('decide on one deposit with a key that is held down', async () => {
    const held = [await box.deposit({ title: 'Held one' }), await box.deposit({ title: 'Held two' })];
    await rows(amara).filter({ hasText: 'Held two' }).waitFor();
    await choose(amara, 'Held one');
    await amara.locator('.deposit [aria-keyshortcuts="a"]:enabled').waitFor();
    await amara.keyboard.down('a');
    await amara.getByText(/^Accepted “Held one”/).waitFor();
    await amara.locator('.deposit [aria-keyshortcuts="a"]:enabled').waitFor();
    const next = await amara.locator('.deposit h3').first().innerText();
    await amara.keyboard.down('a');
    await amara.keyboard.up('a');
    await press(amara, 'r');
    await amara.getByRole('dialog', { name: 'Return' }).waitFor();
    await amara.keyboard.press('Escape');
    expect(await amara.locator('.deposit h3').first().innerText()).toBe(next);
    expect((await depositOf(box.facilitator, held[1]?.id ?? '')).state).toBe('new');
  });

  it('work by keyboard alone, with single keys that can be turned off', async () => {
    for (const title of ['Key one', 'Key two']) await box.deposit({ ...PROPOSAL, title });
    await rows(amara).filter({ hasText: 'Key two' }).waitFor();
    await choose(amara, 'Key one');
    await amara.keyboard.press('j');
    await amara.getByRole('article', { name: 'Key two' }).waitFor();
    await amara.keyboard.press('k');
    await amara.getByRole('article', { name: 'Key one' }).waitFor();
    await amara.keyboard.press('ArrowDown');
    await amara.getByRole('article', { name: 'Key two' }).waitFor();
    await amara.getByLabel('Single keys').uncheck();
    await rows(amara).filter({ hasText: 'Key two' }).focus();
    await amara.keyboard.press('a');
    await amara.keyboard.press('ArrowUp');
    await amara.getByRole('article', { name: 'Key one' }).waitFor();
    expect(await rows(amara).filter({ hasText: 'Key two' }).count()).toBe(1);
    await amara.getByLabel('Single keys').check();
  });
});

it.each(['light', 'dark'] as const)(
  'the screens in %s fit a phone and meet WCAG 2.2 AA as far as axe can tell',
  async (colorScheme) => {
    const page = await startAs(browser, server, 'Mei', {
      colorScheme,
      viewport: { width: 390, height: 800 },
    });
    await page.goto(server.url + TRIAGE);
    await page.locator('.deposit').waitFor();
    expect(await overflows(page)).toBe(false);
    expect(await problems(page)).toEqual([]);
    await page.goto(`${server.url}/box/${box.slug}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    expect(await problems(page)).toEqual([]);
    await page.context().close();
  },
);
