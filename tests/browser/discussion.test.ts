import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { problems } from '../support/axe.ts';
import { until } from '../support/client.ts';
import type { Person } from '../support/person.ts';
import { comments, dialog, events, RecommendationPages } from '../support/recommendation-page.ts';
import type { TestServer } from '../support/server.ts';

let pages: RecommendationPages;
let server: TestServer;
let amara: Person;
let amaras: Page;
let meis: Page;
let jonas: Page;
beforeAll(async () => {
  pages = await RecommendationPages.start();
  ({ server, amara, amaras, meis, jonas } = pages);
});
afterAll(() => pages?.end());

const said = (page: Page): Locator => page.getByRole('textbox', { name: 'Comment for the team' });

describe('the discussion', () => {
  it('is the team’s: both see what the other says, a mention leads from the inbox here', async () => {
    await pages.open(meis, 'T-11');
    await amara.put('/api/notifications/read', { ids: null });
    await pages.open(amaras, 'T-11');
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
    await pages.open(amaras, 'T-10');
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
    await pages.open(jonas, 'T-11');
    await events(jonas).first().waitFor();
    expect(await jonas.getByText('Discussion').count()).toBe(0);
    expect(await jonas.getByText('Is this covered?').count()).toBe(0);
    expect(asked.filter((path) => path.includes('/comments'))).toEqual([]);
    jonas.removeAllListeners('request');
  });

  it('keeps what is typed over a reload, is changed with a trace and deleted with one', async () => {
    await pages.open(meis, 'T-11');
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
