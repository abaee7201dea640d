import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codeFor, enrol, PASSWORD } from '../support/account.ts';
import { problems } from '../support/axe.ts';
import { launch, signInWith, windowOf } from '../support/browser.ts';
import { DRAFT } from '../support/client.ts';
import { linkIn, Mailbox } from '../support/mailbox.ts';
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

async function signInPage(): Promise<Page> {
  const page = await windowOf(browser);
  await page.goto(`${server.url}/sign-in`);
  await page.getByText('Sign in with an account of your own').click();
  return page;
}

const isIn = (page: Page): Promise<void> =>
  page.getByRole('heading', { name: 'Drafts and processes' }).waitFor();

async function signOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Account:/ }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.getByRole('button', { name: 'Amara' }).waitFor();
}

describe('without a password', () => {
  it('a mailed link signs in once; the answer is the same for an unknown address', async () => {
    const email = 'magic@x.example';
    await enrol(server, mailbox, email);
    const page = await signInPage();
    await page.getByRole('button', { name: 'Email me a link' }).click();
    await page.getByText('Type your email address here').waitFor();
    await page.getByLabel('Email').fill('nobody@x.example');
    await page.getByRole('button', { name: 'Email me a link' }).click();
    const unknown = await page.locator('.link-sent').innerText();
    await page.getByRole('button', { name: 'Back' }).click();
    await page.getByLabel('Email').fill(email);
    await page.getByRole('button', { name: 'Email me a link' }).click();
    await page.getByText(email).waitFor();
    expect((await page.locator('.link-sent').innerText()).replace(email, 'nobody@x.example')).toBe(unknown);

    const link = linkIn((await mailbox.to(email, 2)).raw, 'magic-link');
    await page.goto(link);
    await page.getByRole('link', { name: 'Sign in now' }).click();
    await isIn(page);
    await signOut(page);
    await page.goto(link);
    await page.getByRole('link', { name: 'Sign in now' }).click();
    await page.getByText('This sign-in link was used before or has expired.').waitFor();
    await page.context().close();
  });
});

describe('a mailed link', () => {
  it('goes on to the page that was asked for before', async () => {
    const email = 'onward@x.example';
    await enrol(server, mailbox, email);
    const page = await windowOf(browser);
    await page.goto(`${server.url}/processes/global-compact-sample/rounds`);
    await page.getByText('Sign in with an account of your own').click();
    await page.getByLabel('Email').fill(email);
    await page.getByRole('button', { name: 'Email me a link' }).click();
    await page.goto(linkIn((await mailbox.to(email, 2)).raw, 'magic-link'));
    await page.getByRole('link', { name: 'Sign in now' }).click();
    await page.getByRole('heading', { name: 'Rounds' }).waitFor();
    await page.context().close();
  });
});

describe('a forgotten password', () => {
  it('is set anew by the mailed link, which then has ended', async () => {
    const email = 'forgot@x.example';
    await enrol(server, mailbox, email);
    const page = await signInPage();
    await page.getByRole('link', { name: 'Forgotten password?' }).click();
    await page.getByLabel('Email').fill(email);
    await page.getByRole('button', { name: 'Send the link' }).click();
    await page.getByText('a link to set a new password is on its way').waitFor();
    const link = linkIn((await mailbox.to(email, 2)).raw, 'reset-password');
    await page.goto(link);
    for (const label of ['New password', 'The same again'])
      await page.getByLabel(label).fill('nine quiet harbours');
    await page.getByRole('button', { name: 'Set the password' }).click();
    await page.getByText('Your password was changed').first().waitFor();
    await signInWith(page, email, PASSWORD);
    await page.getByText('The email or the password is wrong.').waitFor();
    await signInWith(page, email, 'nine quiet harbours');
    await isIn(page);
    await signOut(page);
    await page.goto(link);
    for (const label of ['New password', 'The same again'])
      await page.getByLabel(label).fill('ten quiet harbours');
    await page.getByRole('button', { name: 'Set the password' }).click();
    await page.getByText('This link was used before or has expired.').waitFor();
    await page.context().close();
  });
});

describe('the second step', () => {
  const email = 'totp@x.example';
  let codes: string[] = [];
  let uri = '';

  it('is turned on with an app’s code, and asked for at sign-in', async () => {
    await enrol(server, mailbox, email);
    const page = await signInPage();
    await signInWith(page, email, PASSWORD);
    await isIn(page);
    await page.goto(`${server.url}/account`);
    await page.getByRole('button', { name: 'Turn it on' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await dialog.getByRole('button', { name: 'Go on' }).click();
    await dialog.getByRole('img', { name: 'QR code with the secret' }).waitFor();
    const secret = (await dialog.locator('.totp code').innerText()).replaceAll(' ', '');
    uri = `otpauth://totp/Zerodraft?secret=${secret}`;
    await dialog.getByLabel('Code that the app shows now').fill('000000');
    await dialog.getByRole('button', { name: 'Turn it on' }).click();
    await dialog.getByText('This code is wrong').waitFor();
    await dialog.getByLabel('Code that the app shows now').fill(codeFor(uri));
    await dialog.getByRole('button', { name: 'Turn it on' }).click();
    const list = dialog.getByRole('list', { name: 'Backup codes' });
    await list.waitFor();
    codes = await list.getByRole('listitem').allInnerTexts();
    expect(codes.length).toBeGreaterThanOrEqual(8);
    expect(await problems(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'I have kept them' }).click();
    await page.getByText('It is on.').waitFor();
    await signOut(page);

    await signInWith(page, email, PASSWORD);
    await page.getByRole('heading', { name: 'Second step' }).waitFor();
    await page.getByLabel('Code', { exact: true }).fill('12');
    await page.getByRole('button', { name: 'Go on' }).click();
    await page.getByText('A code has six digits.').waitFor();
    expect(await problems(page)).toEqual([]);
    await page.getByLabel('Code', { exact: true }).fill(codeFor(uri));
    await page.getByRole('button', { name: 'Go on' }).click();
    await isIn(page);
    await page.context().close();
  });

  it('takes a backup code once, and goes again with the password', async () => {
    const page = await signInPage();
    const [code = ''] = codes;
    await signInWith(page, email, PASSWORD);
    await page.getByRole('button', { name: 'Use a backup code' }).click();
    await page.getByLabel('Backup code').fill(code);
    await page.getByRole('button', { name: 'Go on' }).click();
    await isIn(page);
    await signOut(page);
    await signInWith(page, email, PASSWORD);
    await page.getByRole('button', { name: 'Use a backup code' }).click();
    await page.getByLabel('Backup code').fill(code);
    await page.getByRole('button', { name: 'Go on' }).click();
    await page.getByText('This backup code is wrong or was used before.').waitFor();
    await page.getByRole('button', { name: 'Use the authenticator app' }).click();
    await page.getByLabel('Code', { exact: true }).fill(codeFor(uri));
    await page.getByRole('button', { name: 'Go on' }).click();
    await isIn(page);
    await page.goto(`${server.url}/account`);
    await page.getByRole('button', { name: 'Turn it off' }).click();
    await page.getByRole('dialog').getByLabel('Password', { exact: true }).fill(PASSWORD);
    await page.getByRole('dialog').getByRole('button', { name: 'Turn it off' }).click();
    await page.getByText('It is off.').waitFor();
    await page.context().close();
  });
});

describe('sessions', () => {
  it('a device signed out from elsewhere is led to sign-in and back, with what was typed', async () => {
    const email = 'devices@x.example';
    await enrol(server, mailbox, email, { role: 'drafter', name: 'Two Devices' });
    const [here, there] = [await signInPage(), await signInPage()];
    for (const page of [here, there]) {
      await signInWith(page, email, PASSWORD);
      await isIn(page);
    }
    await there.goto(`${server.url}/drafts/${DRAFT}`);
    await there.locator('.draft-text [data-citation="2"]').click();
    await there.getByRole('button', { name: 'Comment', exact: true }).click();
    await there.getByRole('textbox', { name: 'Write a comment' }).fill('Half a thought');
    await here.goto(`${server.url}/account`);
    // One session was made by accepting the invitation.
    await here.getByRole('list', { name: 'Open sessions' }).getByRole('listitem').nth(2).waitFor();
    await here.getByRole('button', { name: 'Sign out everywhere else' }).click();
    await here
      .getByRole('list', { name: 'Open sessions' })
      .getByRole('listitem')
      .nth(1)
      .waitFor({ state: 'detached' });
    await there.getByText('Your session has ended.').waitFor();
    await signInWith(there, email, PASSWORD);
    await there.locator('.draft-text').waitFor();
    expect(await there.getByRole('textbox', { name: 'Write a comment' }).innerText()).toBe('Half a thought');
    await there.locator('form').getByRole('button', { name: 'Comment' }).click();
    await there.getByTestId('thread').getByText('Half a thought').waitFor();
    await here.context().close();
    await there.context().close();
  });

  it('a name changed in the account is the name everywhere', async () => {
    const email = 'renamed@x.example';
    await enrol(server, mailbox, email, { name: 'Old Name' });
    const page = await signInPage();
    await signInWith(page, email, PASSWORD);
    await isIn(page);
    await page.goto(`${server.url}/account`);
    await page.getByRole('textbox', { name: 'Name' }).fill('New Name');
    await page.getByRole('button', { name: 'Change the name' }).click();
    await page.getByRole('button', { name: 'Account: New Name' }).waitFor();
    await page.context().close();
  });

  it('asks whoever is not signed in to do so, and goes on to the page they wanted', async () => {
    const page = await windowOf(browser);
    await page.goto(`${server.url}/processes/global-compact-sample/rounds`);
    await page.getByRole('button', { name: 'Leila' }).click();
    await page.getByRole('heading', { name: 'Rounds' }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/processes/global-compact-sample/rounds');
    expect(await page.title()).toBe('Global Compact for Migration (illustrative sample) · Zerodraft');
    await signOut(page);
    await page.goto(`${server.url}/drafts/${DRAFT}?find=hotlines#here`);
    await page.getByRole('button', { name: 'Leila' }).click();
    await page.locator('[data-reference="ST-004"]').waitFor();
    expect(new URL(page.url()).hash).toBe('#here');
    await signOut(page);
    await page.goto(`${server.url}/sign-in?next=${encodeURIComponent('//elsewhere.example/')}`);
    await page.getByRole('button', { name: 'Leila' }).click();
    await isIn(page);
    expect(page.url()).toBe(`${server.url}/`);
    await page.context().close();
  });
});
