import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { PROCESS } from '../support/account.ts';
import { launch, windowOf } from '../support/browser.ts';
import { IdentityProvider } from '../support/identity-provider.ts';
import { linkIn, Mailbox } from '../support/mailbox.ts';
import { Person } from '../support/person.ts';
import { TestServer } from '../support/server.ts';

let server: TestServer;
let mailbox: Mailbox;
let ministry: IdentityProvider;
let browser: Browser;

beforeAll(async () => {
  mailbox = await Mailbox.start();
  // The provider is told the server's address, and the server the provider's.
  server = await TestServer.start();
  ministry = await IdentityProvider.start(`${server.url}/api/auth/callback/oidc`);
  await server.stop();
  await server.run({ env: { ...mailbox.env, ...ministry.env } });
  browser = await launch();
});
afterAll(async () => {
  await browser?.close();
  await server?.remove();
  await ministry?.close();
  await mailbox?.close();
});

function choose(email: string): void {
  ministry.chosen = { sub: `subject of ${email}`, email, emailVerified: true, name: 'Ilse Provided' };
}

it('tells somebody whom nobody invited what to do', async () => {
  choose('stranger@sea.example');
  const page = await windowOf(browser);
  await page.goto(`${server.url}/sign-in`);
  await page.getByText('Sign in with an account of your own').click();
  await page.getByRole('button', { name: 'Sign in by Ministry of Sea' }).click();
  await page.getByText('Nobody has invited the address').waitFor();
  await page.context().close();
});

it('brings an invited person back to the invitation, and next time to the page they wanted', async () => {
  const email = 'ilse@sea.example';
  const amara = await Person.demo(server, 'amara');
  const invitations = [{ name: 'Ilse', email, organisation: 'Ministry of Sea', role: 'delegate' }];
  await amara.post(`/api/processes/${PROCESS}/invitations`, { invitations });
  choose(email);
  const page = await windowOf(browser);
  await page.goto(linkIn((await mailbox.to(email)).raw, 'invite/'));
  await page.getByRole('button', { name: 'Sign in by Ministry of Sea' }).click();
  await page.getByText('You are signed in as Ilse Provided.').waitFor();
  await page.getByRole('button', { name: 'Accept the invitation' }).click();
  await page.getByText('Delegate, Ministry of Sea').waitFor();
  await page.getByRole('button', { name: /^Account:/ }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.getByRole('button', { name: 'Amara' }).waitFor();
  await page.goto(`${server.url}/processes/${PROCESS}/rounds`);
  await page.getByText('Sign in with an account of your own').click();
  await page.getByRole('button', { name: 'Sign in by Ministry of Sea' }).click();
  await page.getByRole('heading', { name: 'Rounds' }).waitFor();
  expect(new URL(page.url()).pathname).toBe(`/processes/${PROCESS}/rounds`);
  await page.context().close();
});
