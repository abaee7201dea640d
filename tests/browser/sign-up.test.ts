import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { enrol, PASSWORD } from '../support/account.ts';
import { problems } from '../support/axe.ts';
import { launch, signInWith, startAs, windowOf } from '../support/browser.ts';
import { linkIn, Mailbox } from '../support/mailbox.ts';
import { TestServer } from '../support/server.ts';

let mailbox: Mailbox;
let server: TestServer;
let browser: Browser;
let amara: Page;

beforeAll(async () => {
  mailbox = await Mailbox.start();
  server = await TestServer.start({ env: mailbox.env });
  browser = await launch();
  amara = await startAs(browser, server, 'Amara');
});
afterAll(async () => {
  await browser?.close();
  await server?.remove();
  await mailbox?.close();
});

async function inviteByHand(email: string, name: string, organisation: string): Promise<string> {
  await amara.goto(`${server.url}/processes/global-compact-sample/members`);
  await amara.getByRole('button', { name: 'Invite people' }).click();
  const dialog = amara.getByRole('dialog');
  await dialog.getByLabel('Name').fill(name);
  await dialog.getByLabel('Email').fill(email);
  await dialog.getByLabel('Delegation or organisation').fill(organisation);
  await dialog.getByRole('button', { name: 'Invite', exact: true }).click();
  await dialog.getByText(`The invitation to ${email} was mailed.`).waitFor();
  await dialog.getByRole('button', { name: 'Done' }).click();
  return linkIn((await mailbox.to(email)).raw, 'invite/');
}

async function typeNewPassword(page: Page, password: string, again = password): Promise<void> {
  await page.getByLabel('New password').fill(password);
  await page.getByLabel('The same again').fill(again);
}

describe('an invitation', () => {
  it('makes an account with a password; others then see name and organisation', async () => {
    const link = await inviteByHand('sione@pacific.example', 'Sione Vake', 'Mission of Tonga');
    await amara.getByRole('heading', { name: 'Pending invitations (1)' }).waitFor();
    const sione = await windowOf(browser);
    await sione.goto(link);
    await sione.getByText('Amara Nwosu-Lind invites you to take part.').waitFor();
    await sione.getByText('Mission of Tonga').waitFor();
    await typeNewPassword(sione, 'short', 'other');
    await sione.getByRole('button', { name: 'Accept the invitation' }).click();
    const field = sione.getByLabel('New password');
    expect(await field.getAttribute('aria-invalid')).toBe('true');
    const described = (await field.getAttribute('aria-describedby'))?.split(' ') ?? [];
    expect(await sione.locator(`[id="${described.at(-1)}"]`).innerText()).toContain('at least 12');
    expect(await field.evaluate((element) => element === document.activeElement)).toBe(true);
    await typeNewPassword(sione, 'football2018');
    await sione.getByRole('button', { name: 'Accept the invitation' }).click();
    await sione.getByRole('alert').waitFor();
    await sione.getByLabel('Your name').fill('Sione Vake-Moala');
    await typeNewPassword(sione, PASSWORD);
    await sione.getByRole('button', { name: 'Accept the invitation' }).click();
    await sione.getByRole('heading', { name: 'Global Compact for Migration' }).waitFor();
    await sione.getByText('Delegate, Mission of Tonga').waitFor();
    await amara.reload();
    const row = amara.getByRole('row', { name: /Sione Vake-Moala/ });
    await row.getByText('Mission of Tonga').waitFor();
    await row.getByRole('button', { name: 'Role of Sione Vake-Moala: Delegate' }).waitFor();

    await sione.getByRole('button', { name: /^Account:/ }).click();
    await sione.getByRole('menuitem', { name: 'Sign out' }).click();
    await signInWith(sione, 'sione@pacific.example', 'not the password');
    await sione.getByText('The email or the password is wrong.').waitFor();
    await signInWith(sione, 'sione@pacific.example', PASSWORD);
    await sione.getByRole('heading', { name: 'Drafts and processes' }).waitFor();
    await sione.goto(link);
    await sione.getByRole('heading', { name: 'This invitation has ended' }).waitFor();
    await sione.context().close();
  });

  it('to somebody with an account asks them to sign in and brings them back to accept', async () => {
    const email = 'ines@ocean.example';
    await enrol(server, mailbox, email, { name: 'Ines Fallow' });
    await amara.goto(server.url);
    await amara.getByRole('button', { name: 'New process' }).click();
    await amara.getByLabel('Name').fill('Ocean floor');
    await amara.getByLabel('Copied from another process').check();
    await amara.getByRole('button', { name: 'Make the process' }).click();
    await amara.getByRole('link', { name: 'Members' }).click();
    await amara.getByRole('button', { name: 'Invite people' }).click();
    await amara.getByLabel('Name').fill('Ines');
    await amara.getByLabel('Email').fill(email);
    await amara.getByLabel('Role', { exact: true }).selectOption('drafter');
    await amara.getByRole('button', { name: 'Invite', exact: true }).click();
    const link = linkIn((await mailbox.to(email, 2)).raw, 'invite/');

    const ines = await windowOf(browser);
    await ines.goto(link);
    await ines.getByRole('link', { name: 'Sign in' }).click();
    await signInWith(ines, email, PASSWORD);
    await ines.getByText('You are signed in as Ines Fallow.').waitFor();
    await ines.getByRole('button', { name: 'Accept the invitation' }).click();
    await ines.getByRole('heading', { name: 'Ocean floor' }).waitFor();
    await ines.context().close();
  });

  it('opened by somebody signed in under another address lets them sign out first', async () => {
    const link = await inviteByHand('third@x.example', 'Third', 'A Mission');
    const tomas = await startAs(browser, server, 'Tomás');
    await tomas.goto(link);
    await tomas.getByText('this invitation is for third@x.example').waitFor();
    expect(await problems(tomas)).toEqual([]);
    await tomas.getByRole('button', { name: 'Sign out' }).click();
    await tomas.getByLabel('Your name').waitFor();
    await tomas.context().close();
  });

  it('is resent by a new link and revoked; both say so to its holder', async () => {
    const email = 'late@x.example';
    const first = await inviteByHand(email, 'Late Guest', 'A Mission');
    await amara.getByRole('button', { name: `Resend to ${email}` }).click();
    const second = linkIn((await mailbox.to(email, 2)).raw, 'invite/');
    const guest = await windowOf(browser);
    await guest.goto(first);
    await guest.getByRole('heading', { name: 'This invitation has ended' }).waitFor();
    await guest.goto(second);
    await guest.getByLabel('Your name').waitFor();
    await amara.getByRole('button', { name: `Revoke the invitation of ${email}` }).click();
    await amara.getByRole('button', { name: 'Revoke', exact: true }).click();
    await amara.getByRole('row', { name: new RegExp(email) }).waitFor({ state: 'detached' });
    await guest.reload();
    await guest.getByRole('heading', { name: 'This invitation has ended' }).waitFor();
    await guest.context().close();
  });
});

it('a new server’s set-up link makes the first facilitator, once', async () => {
  const bare = await TestServer.start({ env: { ZERODRAFT_DEMO: '0' } });
  const page = await windowOf(browser);
  const link = linkIn(bare.output, 'setup/');
  await page.goto(link);
  await page.getByLabel('Name').fill('Ada First');
  await page.getByLabel('Email').fill('ada@first.example');
  await typeNewPassword(page, PASSWORD);
  await page.getByRole('button', { name: 'Make my account' }).click();
  await page.getByRole('button', { name: 'New process' }).waitFor();
  await page.goto(link);
  await page.getByRole('heading', { name: 'This link has ended' }).waitFor();
  await page.context().close();
  await bare.remove();
});
