import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { enrol, PASSWORD, PROCESS } from '../support/account.ts';
import { overflows, problems } from '../support/axe.ts';
import { launch, signInWith, startAs, windowOf } from '../support/browser.ts';
import { DRAFT } from '../support/client.ts';
import { linkIn, Mailbox } from '../support/mailbox.ts';
import { Person } from '../support/person.ts';
import { TestServer } from '../support/server.ts';

const EMAIL = 'screens@a-rather-long-mission-name.example';
const LONG = 'Permanent Mission of the Federated and United Islands of the Outer Sea to the United Nations';

let mailbox: Mailbox;
let server: TestServer;
let browser: Browser;
let invitation = '';

beforeAll(async () => {
  mailbox = await Mailbox.start();
  server = await TestServer.start({ env: mailbox.env });
  browser = await launch();
  const amara = await Person.demo(server, 'amara');
  await enrol(server, mailbox, EMAIL, {
    role: 'delegate',
    name: 'Wilhelmina Featherstonehaugh',
    organisation: LONG,
  });
  const email = 'pending@x.example';
  const invitations = [{ name: 'Pending Guest', email, organisation: LONG, role: 'delegate' }];
  await amara.post(`/api/processes/${PROCESS}/invitations`, { invitations });
  invitation = linkIn((await mailbox.to(email)).raw, 'invite/');
  const { body } = await amara.post(`/api/processes/${PROCESS}/drafts`, { title: 'To the bin' });
  await amara.put(`/api/drafts/${body.id}/state`, { state: 'deleted' });
});
afterAll(async () => {
  await browser?.close();
  await server?.remove();
  await mailbox?.close();
});

/** What is wrong with the screen that is shown, by its name. */
type Look = (page: Page, name: string) => Promise<void>;

/** Everything that somebody without an account can be shown. */
async function entryScreens(look: Look, options: BrowserContextOptions): Promise<void> {
  const page = await windowOf(browser, options);
  await page.goto(`${server.url}/sign-in?error=INVALID_TOKEN`);
  await page.getByRole('button', { name: 'Use a passkey' }).or(page.getByLabel('Email')).first().waitFor();
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByText('This is not an email address.').waitFor();
  await look(page, 'sign-in with errors');
  await page.getByLabel('Email').fill('nobody@x.example');
  await page.getByRole('button', { name: 'Email me a link' }).click();
  await page.getByText('a link to sign in is on its way').waitFor();
  await look(page, 'link sent');
  for (const [path, heading] of [
    ['/forgotten-password', 'A new password'],
    ['/reset-password?token=x', 'A new password'],
    ['/reset-password', 'This link has ended'],
    ['/magic-link?token=x', 'Sign in'],
    ['/setup/x', 'This link has ended'],
    ['/invite/x', 'This invitation has ended'],
    ['/p/x', 'Nothing to read here'],
  ] as const) {
    await page.goto(server.url + path);
    await page.getByRole('heading', { name: heading }).waitFor();
    await look(page, path);
  }
  await page.goto(invitation);
  await page.getByRole('button', { name: 'Accept the invitation' }).click();
  await page.getByText('A password has at least').waitFor();
  await look(page, 'invitation with errors');
  await page.context().close();
}

/** Everything that a facilitator can be shown outside a draft. */
async function facilitatorScreens(look: Look, options: BrowserContextOptions): Promise<void> {
  const page = await startAs(browser, server, 'Amara', options);
  await page.getByRole('link', { name: 'Bin (1)' }).waitFor();
  await look(page, 'start');
  await page.getByRole('button', { name: /^Account:/ }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).waitFor();
  await look(page, 'account menu');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'New process' }).click();
  await page.getByRole('button', { name: 'Make the process' }).click();
  await page.getByText('Give at least one theme.').waitFor();
  await look(page, 'new process with errors');
  await page.goto(`${server.url}/bin`);
  await page.getByText(/^Gone for good/).waitFor();
  await look(page, 'bin');
  await page.goto(`${server.url}/processes/${PROCESS}`);
  await page.getByRole('button', { name: /^New draft/ }).click();
  await page.getByRole('dialog').waitFor();
  await look(page, 'new draft');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: /^Menu of Zero draft/ }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await page.getByRole('alertdialog').waitFor();
  await look(page, 'delete?');
  await page.goto(`${server.url}/processes/${PROCESS}/members`);
  await page.getByRole('button', { name: 'Resend to pending@x.example' }).waitFor();
  await look(page, 'members');
  await page.getByLabel('Roles in').selectOption({ index: 1 });
  await page
    .getByRole('columnheader', { name: 'In this draft' })
    .or(page.getByText('A role in one draft'))
    .first()
    .waitFor();
  await look(page, 'roles in a draft');
  await page.getByRole('button', { name: 'Invite people' }).click();
  await look(page, 'invite one');
  await page.getByRole('tab', { name: 'A list' }).click();
  await page.getByLabel('People, one on each line').fill('nobody, x\nJo <jo@x.example>, A, observer');
  await page.getByRole('button', { name: 'Check the list' }).click();
  await page.getByText('Line 1:').waitFor();
  await look(page, 'invite a list');
  await page.goto(`${server.url}/processes/${PROCESS}/rounds`);
  await page.getByTestId('round').first().waitFor();
  await look(page, 'rounds');
  await page.getByRole('button', { name: 'New round' }).click();
  await look(page, 'new round');
  await page.goto(`${server.url}/processes/${PROCESS}/audit`);
  await page
    .locator('td')
    .filter({ hasText: /^invited somebody/ })
    .first()
    .waitFor();
  await look(page, 'audit log');
  await page.goto(`${server.url}/processes/${PROCESS}/settings`);
  await page.getByRole('button', { name: 'Save the settings' }).waitFor();
  await look(page, 'settings');
  await page.goto(`${server.url}/drafts/${DRAFT}`);
  await page.getByRole('button', { name: 'Share' }).click();
  await page.getByRole('button', { name: 'Make a link' }).click();
  await page.getByRole('textbox', { name: 'Public link' }).waitFor();
  await look(page, 'public link');
  await page.context().close();
}

/** Everything that a delegate with a long name can be shown. */
async function delegateScreens(look: Look, options: BrowserContextOptions): Promise<void> {
  const page = await windowOf(browser, options);
  await page.goto(`${server.url}/sign-in?next=/drafts/${DRAFT}`);
  await signInWith(page, EMAIL, PASSWORD);
  await page.locator('.draft-text').waitFor();
  await page.getByRole('tab', { name: 'Comments' }).click();
  await look(page, 'draft of a delegate');
  await page.goto(`${server.url}/account`);
  await page.getByRole('list', { name: 'Open sessions' }).getByRole('listitem').first().waitFor();
  await look(page, 'account');
  await page.getByRole('button', { name: 'Turn it on' }).click();
  await page.getByRole('dialog').getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Go on' }).click();
  await page.getByRole('img', { name: 'QR code with the secret' }).waitFor();
  await look(page, 'second step');
  await page.goto(`${server.url}/drafts/nothing`);
  await page.getByRole('heading', { name: 'There is no such draft' }).waitFor();
  await look(page, 'no such draft');
  await page.context().close();
}

describe.each(['light', 'dark'] as const)('in %s, WCAG 2.2 AA as far as axe can tell', (colorScheme) => {
  const look: Look = async (page, name) => expect([name, ...(await problems(page))]).toEqual([name]);

  it('is met before signing in', () => entryScreens(look, { colorScheme }));
  it('is met for a facilitator', () => facilitatorScreens(look, { colorScheme }));
  it('is met for a delegate', () => delegateScreens(look, { colorScheme }));
});

describe.each([390, 1024])('at %i pixels', (width) => {
  const viewport = { width, height: 800 };
  const look: Look = async (page, name) => expect([name, await overflows(page)]).toEqual([name, false]);

  it('every screen fits before signing in', () => entryScreens(look, { viewport }));
  it('every screen fits a facilitator', () => facilitatorScreens(look, { viewport }));
  it('every screen fits a delegate', () => delegateScreens(look, { viewport }));
});
