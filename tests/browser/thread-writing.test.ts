import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { problems } from '../support/axe.ts';
import { clause, launch, openAs, openThread } from '../support/browser.ts';
import { until } from '../support/client.ts';
import { Person } from '../support/person.ts';
import { TestServer } from '../support/server.ts';
import { start, threadsOf } from '../support/threads.ts';

let server: TestServer;
let browser: Browser;
let amara: Page;
let mei: Page;
let jonas: Page;
let amaraApi: Person;
beforeAll(async () => {
  server = await TestServer.start();
  browser = await launch();
  for (const name of ['Amara', 'Mei', 'Jonas'] as const) {
    const { page } = await openAs(browser, server, name);
    await page.getByRole('tab', { name: 'Comments' }).click();
    if (name === 'Amara') amara = page;
    if (name === 'Mei') mei = page;
    if (name === 'Jonas') jonas = page;
  }
  amaraApi = await Person.demo(server, 'amara');
});
afterAll(async () => {
  await browser?.close();
  await server?.remove();
});

const box = (page: Page, name = 'Write a comment') => page.getByRole('textbox', { name });
const card = (page: Page, text: string) => page.getByTestId('thread').filter({ hasText: text });

it('is formatted as it is typed; people, clauses and recommendations are picked, and read by their names', async () => {
  await clause(jonas, '2').click();
  await jonas.getByRole('button', { name: 'Comment', exact: true }).click();
  await box(jonas).click();
  await jonas.keyboard.type('Ask @me');
  await jonas.getByRole('option', { name: /Mei Castellanos/ }).waitFor();
  expect(await box(jonas).getAttribute('aria-activedescendant')).toBe(
    await jonas.getByRole('option').first().getAttribute('id'),
  );
  await jonas.keyboard.press('Enter');
  await jonas.keyboard.type('on #4');
  await jonas.getByRole('option', { name: /^#4/ }).first().waitFor();
  await jonas.keyboard.press('Enter');
  await jonas.keyboard.type('and @IC-004');
  await jonas.getByRole('option', { name: /@IC-004/ }).click();
  await jonas.keyboard.type('with ');
  await jonas.keyboard.press('Control+b');
  await jonas.keyboard.type('care');
  await jonas.keyboard.press('Control+b');
  await jonas.keyboard.press('Enter');
  await jonas.keyboard.type('- first');
  await jonas.keyboard.press('Enter');
  await jonas.keyboard.type('second');
  expect(await problems(jonas)).toEqual([]);
  await jonas.keyboard.press('Control+Enter');

  await mei
    .getByTestId('thread')
    .getByText(/Ask @Mei Castellanos/)
    .waitFor();
  const text = (await openThread(mei, 'Ask @Mei Castellanos')).locator('.comment-text');
  expect(await text.locator('.reference-chip').allInnerTexts()).toEqual([
    '@Mei Castellanos',
    '#4',
    '@IC-004',
  ]);
  expect(await text.locator('strong').innerText()).toBe('care');
  expect(await text.locator('li').allInnerTexts()).toEqual(['first', 'second']);
  expect(await problems(mei)).toEqual([]);
});

it('a clause is referred to by the number it has now', async () => {
  const chip = mei.locator('.comment-text .reference-chip').nth(1);
  await clause(amara, '3').click();
  await amara.keyboard.press('End');
  await amara.keyboard.press('Enter');
  await amara.keyboard.type('A clause in between.');
  await until(async () => (await chip.innerText()) === '#5');
  await amara.keyboard.press('Control+z');
  await amara.keyboard.press('Control+z');
  await until(async () => (await chip.innerText()) === '#4');
});

it('its author changes a comment, and what it said before can be read', async () => {
  const open = await openThread(jonas, 'Ask @Mei');
  await open.getByRole('button', { name: 'Comment of Jonas Okwuosa' }).click();
  await jonas.getByRole('menuitem', { name: 'Edit' }).click();
  await jonas.locator('.comment-box:focus').waitFor();
  await jonas.keyboard.type(', Kindly');
  await open.getByRole('button', { name: 'Save' }).click();
  const theirs = await openThread(mei, 'Ask @Mei');
  await theirs.getByText('second, Kindly').waitFor();
  await theirs.getByText(/, edited$/).waitFor();
  expect(await theirs.locator('.comment-text strong').innerText()).toBe('care');
  await theirs.getByRole('button', { name: 'Comment of Jonas Okwuosa' }).click();
  expect(await mei.getByRole('menuitem', { name: 'Edit' }).count()).toBe(0);
  await mei.getByRole('menuitem', { name: 'Earlier versions' }).click();
  await mei.getByRole('dialog').getByText('second', { exact: true }).waitFor();
  await mei.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
});

it('others see that one is typing, and the reply when it is sent', async () => {
  const theirs = await openThread(mei, 'Kindly');
  await box(mei, 'Reply').click();
  await mei.keyboard.type('We are loo');
  const own = await openThread(jonas, 'Kindly');
  await own.getByText('Mei Castellanos is typing…').waitFor();
  await mei.keyboard.type('king at it');
  await theirs.getByRole('button', { name: 'Reply' }).click();
  await own.getByText('We are looking at it').waitFor();
  await own.getByTestId('typing').filter({ hasText: /^$/ }).waitFor({ state: 'attached' });
});

it('reactions are given and taken back, with who gave them', async () => {
  const theirs = await openThread(mei, 'Kindly');
  await theirs.getByRole('button', { name: 'React' }).first().click();
  await mei.getByRole('menuitem', { name: 'Agree', exact: true }).click();
  const own = await openThread(jonas, 'Kindly');
  const given = own.getByRole('button', { name: /^Agree: Mei Castellanos/ });
  await given.click();
  await theirs.getByRole('button', { name: /^Agree: .*Jonas Okwuosa/ }).waitFor();
  await own.getByRole('button', { name: /^Agree:/ }).click();
  await theirs.getByRole('button', { name: /^Agree: Mei Castellanos[^;]*$/ }).waitFor();
});

it('is assigned with a due date and labels by the team', async () => {
  const open = await openThread(amara, 'Kindly');
  await open.getByRole('button', { name: 'More for this thread' }).click();
  await amara.getByRole('menuitem', { name: 'Assign and label…' }).click();
  const dialog = amara.getByRole('dialog');
  await dialog.getByLabel('Assigned to').selectOption({ label: 'Mei Castellanos' });
  await dialog.getByLabel('Due on').fill('2031-05-31');
  await dialog.getByLabel('Labels').fill('legal, for round 2');
  await dialog.getByRole('button', { name: 'Save' }).click();
  const facts = (await openThread(jonas, 'Kindly')).locator('.thread-facts');
  await facts.getByText('Mei Castellanos, due 2031-05-31').waitFor();
  await until(async () => (await facts.locator('.label').allInnerTexts()).join() === 'legal,for round 2');
  await jonas.getByRole('button', { name: 'More for this thread' }).click();
  expect(await jonas.getByRole('menuitem').allInnerTexts()).toEqual(['Mute']);
  await jonas.keyboard.press('Escape');
});

it('a decision needs its reason when it is a no, and stays with who took it', async () => {
  const open = await openThread(amara, 'Kindly');
  await open.getByRole('button', { name: 'Decide' }).click();
  await amara.getByRole('menuitem', { name: 'Do not accept…' }).click();
  const dialog = amara.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Decide' }).click();
  expect(await dialog.count()).toBe(1);
  await dialog.getByLabel('Reason').fill('It is outside of the mandate.');
  await dialog.getByRole('button', { name: 'Decide' }).click();
  const own = await openThread(jonas, 'Kindly');
  await own.locator('.decision').getByText('Not accepted').waitFor();
  expect(await own.locator('.decision').innerText()).toMatch(/by Amara Nwosu-Lind.*outside of the mandate/s);
  expect(await jonas.getByRole('button', { name: 'Decide' }).count()).toBe(0);
});

it('a thread begins on a whole clause, a section, or the draft', async () => {
  await clause(jonas, '3').click();
  await jonas.getByRole('button', { name: 'Menu of 3', exact: true }).click();
  await jonas.getByRole('menuitem', { name: 'Comment on the whole clause' }).click();
  await box(jonas).fill('All of it');
  await jonas.keyboard.press('Control+Enter');
  await card(amara, 'All of it').locator('.thread-where').getByText('3', { exact: true }).waitFor();

  await jonas.locator('.draft-text h2').first().click();
  await jonas.getByRole('button', { name: 'Comment', exact: true }).click();
  await box(jonas).fill('The section');
  await jonas.keyboard.press('Control+Enter');
  await card(amara, 'The section').locator('.thread-where').getByText('Section', { exact: true }).waitFor();

  await jonas.getByRole('button', { name: 'On the draft' }).click();
  await box(jonas).fill('The whole draft');
  await jonas.keyboard.press('Control+Enter');
  await card(amara, 'The whole draft').locator('.thread-where').getByText('Draft', { exact: true }).waitFor();
  const kinds = [...(await threadsOf(amaraApi)).values()].map(({ kind }) => kind);
  expect(kinds).toEqual(expect.arrayContaining(['clause', 'section', 'draft']));
});

it('the team begins a private thread, and makes it visible for good', async () => {
  await mei.getByRole('button', { name: 'On the draft' }).click();
  await box(mei).fill('Among ourselves');
  await mei.getByLabel('Only for the facilitators’ team').check();
  await mei.getByRole('button', { name: 'Comment', exact: true }).last().click();
  await card(amara, 'Among ourselves').getByText('Private to the team').waitFor();
  await start(amaraApi, { body: 'Seen by all' });
  await card(jonas, 'Seen by all').waitFor();
  expect(await card(jonas, 'Among ourselves').count()).toBe(0);
  const open = await openThread(mei, 'Among ourselves');
  await open.getByRole('button', { name: 'More for this thread' }).click();
  await mei.getByRole('menuitem', { name: 'Make visible to all…' }).click();
  await mei.getByRole('button', { name: 'Make visible', exact: true }).click();
  await card(jonas, 'Among ourselves').waitFor();
});

it('a deleted comment leaves who deleted it, and a facilitator may delete another’s', async () => {
  const open = await openThread(amara, 'All of it');
  await open.getByRole('button', { name: 'Comment of Jonas Okwuosa' }).click();
  await amara.getByRole('menuitem', { name: 'Delete' }).click();
  await amara.getByRole('button', { name: 'Delete', exact: true }).click();
  await jonas.locator('.thread', { hasText: 'Deleted' }).first().click();
  await jonas.getByText(/Deleted by Amara Nwosu-Lind/).waitFor();
  expect(await jonas.getByText('All of it').count()).toBe(0);
});
