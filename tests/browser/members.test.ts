import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PROCESS } from '../support/account.ts';
import { problems } from '../support/axe.ts';
import { chooseRole, launch, startAs, windowOf } from '../support/browser.ts';
import { DRAFT } from '../support/client.ts';
import { Person } from '../support/person.ts';
import { TestServer } from '../support/server.ts';

let server: TestServer;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  // Without mail: links are shown to whoever invites.
  server = await TestServer.start();
  browser = await launch();
  page = await startAs(browser, server, 'Amara');
});
afterAll(async () => {
  await browser?.close();
  await server?.remove();
});

const members = (): Promise<unknown> => page.goto(`${server.url}/processes/${PROCESS}/members`);
const row = (text: string) => page.getByRole('row').filter({ hasText: text });

describe('members', () => {
  it('are found by name, organisation or email, accents or not', async () => {
    await members();
    const search = page.getByRole('searchbox', { name: 'Search members and invitations' });
    for (const [find, name] of [
      ['tomas', 'Tomás Hellberg'],
      ['pacific deleg', 'Jonas Okwuosa'],
      ['leila@', 'Leila Brandt'],
    ] as const) {
      await search.fill(find);
      await page.getByText('1 of 5 members').waitFor();
      await row(name).waitFor();
    }
    await search.fill('nobody at all');
    await page.getByText('Nobody is found by “nobody at all”.').waitFor();
    await search.fill('');
  });

  it('become delegates with an organisation only; the last facilitator stays one', async () => {
    await chooseRole(page, 'Mei Castellanos', 'Delegate');
    const dialog = page.getByRole('dialog');
    await dialog.getByText('A delegate belongs to a delegation or organisation').waitFor();
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.getByText('The organisation is empty.').waitFor();
    await dialog.getByLabel('Delegation or organisation').fill('Mission of Chile');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await row('Mei Castellanos').getByText('Mission of Chile').waitFor();
    await page.getByRole('button', { name: 'Role of Mei Castellanos: Delegate' }).waitFor();
    await chooseRole(page, 'Tomás Hellberg', 'Drafter');
    await page.getByRole('button', { name: 'Role of Tomás Hellberg: Drafter' }).waitFor();
    await chooseRole(page, 'Amara Nwosu-Lind', 'Observer');
    const question = page.getByRole('alertdialog', { name: 'Give up your own role?' });
    await question.getByRole('button', { name: 'Become observer' }).click();
    await question.getByText('This is the last facilitator of the process.').waitFor();
    await question.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('button', { name: 'Role of Amara Nwosu-Lind: Facilitator' }).waitFor();
  });

  it('are removed after a question, and leave by themselves', async () => {
    await page.getByRole('button', { name: 'Menu of Tomás Hellberg' }).click();
    await page.getByRole('menuitem', { name: 'Remove from the process' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Remove' }).click();
    await row('Tomás Hellberg').waitFor({ state: 'detached' });
    const leila = await startAs(browser, server, 'Leila');
    await leila.goto(`${server.url}/processes/${PROCESS}/members`);
    await leila.getByRole('row').filter({ hasText: 'Jonas Okwuosa' }).waitFor();
    expect(await leila.getByText('@demo.invalid').count()).toBe(0);
    expect(await leila.getByRole('button', { name: 'Invite people' }).count()).toBe(0);
    expect(await leila.getByRole('link', { name: 'Audit log' }).count()).toBe(0);
    await leila.getByRole('button', { name: 'Menu of Leila Brandt' }).click();
    await leila.getByRole('menuitem', { name: 'Leave the process' }).click();
    await leila.getByRole('button', { name: 'Leave' }).click();
    await leila.getByRole('heading', { name: 'No process yet' }).waitFor();
    await leila.context().close();
  });
});

describe('a pasted list', () => {
  const LIST = `María López <m.lopez@mission.example>, Permanent Mission, of Example, delegate
j.doe@ngo.example, Migrant Voices, observer
nobody, x
Paul <paul@x.example>, delegate
Again <M.Lopez@mission.example>, Mission, delegate
Jonas <jonas@demo.invalid>, A Mission, delegate`;

  it('shows whom it would invite and what is wrong on which line; nothing is sent before', async () => {
    await members();
    await page.getByRole('button', { name: 'Invite people' }).click();
    await page.getByRole('tab', { name: 'A list' }).click();
    await page.getByLabel('People, one on each line').fill(LIST);
    await page.getByRole('button', { name: 'Check the list' }).click();
    await page.getByText('2 people to invite, 4 lines with errors').waitFor();
    const errors = await page.locator('.line-errors li').allInnerTexts();
    expect(errors.map((text) => text.split('\n')[0])).toEqual([
      expect.stringContaining('Line 3: '),
      'Line 4: A delegate belongs to a delegation or organisation; name it.',
      'Line 5: m.lopez@mission.example stands on line 1 already.',
      'Line 6: jonas@demo.invalid is a member already.',
    ]);
    await page.getByRole('cell', { name: 'Permanent Mission, of Example' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByText('Nobody is invited and not yet in.').waitFor();
  });

  it('invites the rest on request and shows the links, each of which opens', async () => {
    await page.getByRole('button', { name: 'Invite people' }).click();
    await page.getByRole('tab', { name: 'A list' }).click();
    await page.locator('input[type=file]').setInputFiles({
      name: 'people.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(
        'Role,Full name,E-mail,Delegation\r\ndelegate,"López, María",m.lopez@mission.example,Mission of Example\r\nking,Bad,bad@x.example,X\r\n',
      ),
    });
    await page.getByRole('button', { name: 'Check the list' }).click();
    await page.getByText('Line 3:').waitFor();
    await page.getByRole('button', { name: 'Invite 1 person, leave the rest' }).click();
    const link = await page.getByRole('textbox', { name: 'Link for m.lopez@mission.example' }).inputValue();
    await page.getByRole('button', { name: 'Done' }).click();
    await row('López, María').getByText('Mission of Example').waitFor();
    await page.getByRole('button', { name: 'Resend to m.lopez@mission.example' }).click();
    const renewed = await page
      .getByRole('textbox', { name: 'Link for m.lopez@mission.example' })
      .inputValue();
    expect(renewed).not.toBe(link);
    expect(await problems(page)).toEqual([]);
    await page.getByRole('dialog').getByRole('button', { name: 'Done' }).click();
    const guest = await windowOf(browser);
    await guest.goto(renewed);
    expect(await guest.getByLabel('Your name').inputValue()).toBe('López, María');
    await guest.context().close();
  });
});

describe('the audit log', () => {
  it('tells who did what, filters, and comes as CSV', async () => {
    await page.getByRole('link', { name: 'Audit log' }).click();
    const change = row('changed a member').filter({ hasText: 'Mei Castellanos' });
    await change.getByText('role: delegate, before: drafter').waitFor();
    await change.getByText('organisation: Mission of Chile, before: none').waitFor();
    await page.getByLabel('Action').selectOption('member.remove');
    await page.getByText('2 records').waitFor();
    await page.getByLabel('Person').selectOption({ label: 'Amara Nwosu-Lind' });
    await page.getByText('1 record', { exact: true }).waitFor();
    await row('Amara Nwosu-Lind').getByText('name: Tomás Hellberg').waitFor();
    await page.reload();
    await page.getByText('1 record', { exact: true }).waitFor();
    const download = page.waitForEvent('download');
    await page.getByRole('link', { name: 'Download as CSV' }).click();
    const text = (await (await (await download).createReadStream()).toArray()).join('');
    const lines = text.trim().split(/\r?\n/);
    expect(lines).toHaveLength(2);
    expect(lines[1]).toContain('member.remove');
    await page.getByLabel('From', { exact: true }).fill('2031-01-01');
    await page.getByText('No record fits the filters.').waitFor();
    await page.getByLabel('From', { exact: true }).fill('');
    await page.getByLabel('Person').selectOption('');
    await page.getByLabel('Action').selectOption('');
    await page.getByLabel('On', { exact: true }).selectOption('invitation');
    await page.getByRole('cell', { name: /^sent an invitation again/ }).waitFor();
    expect(await page.getByRole('cell', { name: /^signed in/ }).count()).toBe(0);
  });

  it('shows the newest and, on request, older ones', async () => {
    const amara = await Person.demo(server, 'amara');
    for (let n = 1; n <= 55; n += 1) await amara.patch(`/api/drafts/${DRAFT}`, { title: `Title ${n}` });
    await page.getByLabel('On', { exact: true }).selectOption('draft');
    await row('title: Title 55').waitFor();
    await page.getByText('50 records, older ones below').waitFor();
    expect(await page.getByText('title: Title 1', { exact: true }).count()).toBe(0);
    await page.getByRole('button', { name: 'Show older records' }).click();
    await page.getByText('55 records', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Show older records' }).waitFor({ state: 'detached' });
    await page.getByText('title: Title 1', { exact: true }).waitFor();
  });
});
