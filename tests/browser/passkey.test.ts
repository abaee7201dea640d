import type { Browser, CDPSession, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { enrol, PASSWORD } from '../support/account.ts';
import { problems } from '../support/axe.ts';
import { launch, signInWith, windowOf } from '../support/browser.ts';
import { linkIn, Mailbox } from '../support/mailbox.ts';
import { Person } from '../support/person.ts';
import { TestServer } from '../support/server.ts';

let mailbox: Mailbox;
let server: TestServer;
let browser: Browser;

beforeAll(async () => {
  mailbox = await Mailbox.start();
  server = await TestServer.start({ env: mailbox.env });
  browser = await launch();
});
afterAll(async () => {
  await browser?.close();
  await server?.remove();
  await mailbox?.close();
});

/** Passkeys belong to a name: on this machine the one name is localhost. */
const byName = (address: string): string => address.replace('127.0.0.1', 'localhost');

/** A window with an authenticator of its own that says yes when its person is `present`. */
async function withAuthenticator(): Promise<{ page: Page; present: (is: boolean) => Promise<void> }> {
  const page = await windowOf(browser);
  const cdp: CDPSession = await page.context().newCDPSession(page);
  await cdp.send('WebAuthn.enable');
  const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return {
    page,
    // An absent person's device answers nothing: the browser's quiet offer in the email field stays an offer.
    present: async (enabled) => {
      await cdp.send('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId, enabled });
    },
  };
}

async function signOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Account:/ }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.getByRole('button', { name: 'Amara' }).waitFor();
}

const isIn = (page: Page): Promise<void> =>
  page.getByRole('heading', { name: 'Drafts and processes' }).waitFor();

it('a passkey is added, renamed, signs in by a press and in the email field, and is removed', async () => {
  const email = 'passkey@x.example';
  await enrol(server, mailbox, email, { name: 'Pat Key' });
  const { page, present } = await withAuthenticator();
  await page.goto(byName(`${server.url}/sign-in`));
  await signInWith(page, email, PASSWORD);
  await isIn(page);
  await page.goto(byName(`${server.url}/account`));
  await page.getByText('No passkeys yet.').waitFor();
  await page.getByRole('button', { name: 'Add a passkey' }).click();
  const list = page.getByRole('list', { name: 'Passkeys' });
  await list.getByText('My Linux device').waitFor();
  await page.getByRole('button', { name: 'Add a passkey' }).click();
  await page.getByText('This device has a passkey for your account already.').waitFor();
  await list.getByRole('button', { name: 'Rename My Linux device' }).click();
  await page.getByRole('dialog').getByLabel('Name').fill('Mission laptop');
  await page.getByRole('dialog').getByRole('button', { name: 'Rename' }).click();
  await list.getByText('Mission laptop').waitFor();

  await present(false);
  await signOut(page);
  await page.getByText('Sign in with an account of your own').click();
  await present(true);
  await page.getByRole('button', { name: 'Use a passkey' }).click();
  await isIn(page);

  // The offer in the email field, taken at once by a device whose person says yes.
  await page.goto(byName(`${server.url}/account`));
  await page.getByRole('button', { name: /^Account:/ }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await isIn(page);

  await page.goto(byName(`${server.url}/account`));
  await list.getByRole('button', { name: 'Remove Mission laptop' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Remove' }).click();
  await page.getByText('No passkeys yet.').waitFor();
  await present(false);
  await signOut(page);
  await page.getByText('Sign in with an account of your own').click();
  await present(true);
  await page.getByRole('button', { name: 'Use a passkey' }).click();
  await page.getByText('This passkey does not open an account here.').waitFor();
  await page.context().close();
});

it('an invitation is accepted without a password, by a passkey that signs in from then on', async () => {
  const email = 'nopassword@x.example';
  const amara = await Person.demo(server, 'amara');
  const invitations = [{ name: 'Nopass Guest', email, organisation: 'A Mission', role: 'delegate' }];
  await amara.post('/api/processes/global-compact-sample/invitations', { invitations });
  const { page, present } = await withAuthenticator();
  await page.goto(byName(linkIn((await mailbox.to(email)).raw, 'invite/')));
  await page.getByLabel('With a passkey').check();
  expect(await page.getByLabel('New password').count()).toBe(0);
  await page.getByRole('button', { name: 'Accept, then make a passkey' }).click();
  await page.getByRole('button', { name: 'Make a passkey' }).waitFor();
  expect(await problems(page)).toEqual([]);
  await page.getByRole('button', { name: 'Make a passkey' }).click();
  await page.getByRole('heading', { name: 'Global Compact for Migration' }).waitFor();
  await page.goto(byName(`${server.url}/account`));
  await page.getByText('You have none: you sign in by passkey').waitFor();
  await present(false);
  await signOut(page);
  await page.getByText('Sign in with an account of your own').click();
  await present(true);
  await page.getByRole('button', { name: 'Use a passkey' }).click();
  await isIn(page);
  await page.context().close();
});

it('at an address that is a number, the account page says where passkeys work', async () => {
  const email = 'number@x.example';
  await enrol(server, mailbox, email);
  const page = await windowOf(browser);
  await page.goto(`${server.url}/sign-in`);
  await signInWith(page, email, PASSWORD);
  await isIn(page);
  await page.goto(`${server.url}/account`);
  await page.getByText(`open ${byName(server.url)} to use them`).waitFor();
  await page.context().close();
});
