import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { enrol, PASSWORD, PROCESS } from '../support/account.ts';
import { clause, launch, openAs, openThread, signInWith, windowOf } from '../support/browser.ts';
import { DRAFT } from '../support/client.ts';
import { linkIn, Mailbox } from '../support/mailbox.ts';
import { Person } from '../support/person.ts';
import { TestServer } from '../support/server.ts';

let mailbox: Mailbox;
let server: TestServer;
let browser: Browser;
let amara: Person;

/** Each would open a dialog if any screen took it for markup. */
const IMG = '<img src=x onerror=alert(1)>';
const SCRIPT = '"><script>alert(1)</script>';
const SVG = '<svg/onload=alert(1)>';
const LINK = '<a href="javascript:alert(1)" autofocus onfocus=alert(1)>x</a>';
const FRAME = "<iframe srcdoc='<script>parent.alert(1)</script>'></iframe>";
const TEMPLATE = '{{constructor.constructor("alert(1)")()}}<%= alert(1) %>';

beforeAll(async () => {
  mailbox = await Mailbox.start();
  server = await TestServer.start({ env: mailbox.env });
  browser = await launch();
  amara = await Person.demo(server, 'amara');
});
afterAll(async () => {
  await browser?.close();
  await server?.remove();
  await mailbox?.close();
});

/** Notes everything that an attack would leave behind in a page. */
async function watch(page: Page): Promise<string[]> {
  const seen: string[] = [];
  page.on('dialog', (dialog) => {
    seen.push(`dialog ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) seen.push(message.text());
  });
  return seen;
}

/** Elements that no screen of ours draws so. */
const injected = (page: Page): Promise<number> =>
  page.locator('img[src="x"], svg[onload], iframe, a[href^="javascript:"], script:not([src])').count();

it('markup in names, organisations, titles, rounds, comments and invitations is text on every screen', async () => {
  const email = 'mark.up@x.example';
  await amara.patch(`/api/processes/${PROCESS}`, { name: `Process ${IMG}` });
  await amara.patch(`/api/drafts/${DRAFT}`, { title: `Draft ${SCRIPT}` });
  await amara.post(`/api/processes/${PROCESS}/rounds`, {
    name: `Round ${SVG}`,
    opensAt: null,
    closesAt: null,
    timeZone: 'UTC',
    comments: true,
    proposals: true,
  });
  const invited = { email: 'pending@x.example', role: 'delegate', name: IMG, organisation: FRAME };
  await amara.post(`/api/processes/${PROCESS}/invitations`, { invitations: [invited] });
  await enrol(server, mailbox, email, { role: 'facilitator', name: `Name ${SVG}`, organisation: LINK });

  const { page: jonas } = await openAs(browser, server, 'Jonas');
  const atJonas = await watch(jonas);
  const mark = await windowOf(browser);
  const atMark = await watch(mark);
  await mark.goto(`${server.url}/sign-in`);
  await signInWith(mark, email, PASSWORD);
  await mark.getByRole('heading', { name: 'Drafts and processes' }).waitFor();
  await mark
    .getByRole('link', { name: `Process ${IMG}` })
    .first()
    .waitFor();
  expect(await injected(mark)).toBe(0);

  await mark.goto(`${server.url}/drafts/${DRAFT}`);
  await mark.getByText(`Draft ${SCRIPT}`).first().waitFor();
  await jonas.getByRole('list', { name: 'Here now' }).getByText(`Name ${SVG}, ${LINK}`).waitFor();
  await clause(mark, '2').click();
  await jonas.locator('.remote-caret-name', { hasText: `Name ${SVG}` }).waitFor();
  await mark.getByRole('button', { name: 'Comment', exact: true }).click();
  await mark
    .getByRole('textbox', { name: 'Write a comment' })
    .fill([IMG, SCRIPT, SVG, LINK, FRAME, TEMPLATE].join('\n'));
  await mark.locator('form').getByRole('button', { name: 'Comment' }).click();
  await jonas.getByRole('tab', { name: 'Comments' }).click();
  const thread = jonas.getByTestId('thread');
  await openThread(jonas, 'Name');
  await thread.locator('article').getByText(`Name ${SVG}`).waitFor();
  await thread.locator('article').getByText(LINK).first().waitFor();
  expect((await thread.locator('article .comment-text p').allInnerTexts()).join('\n')).toBe(
    [IMG, SCRIPT, SVG, LINK, FRAME, TEMPLATE].join('\n'),
  );
  expect(await injected(jonas)).toBe(0);

  for (const [path, text] of [
    ['members', `Name ${SVG}`],
    ['members', FRAME],
    ['rounds', `Round ${SVG}`],
    ['audit', `organisation: ${LINK}`],
    ['settings', 'Settings'],
  ] as const) {
    await mark.goto(`${server.url}/processes/${PROCESS}/${path}`);
    await mark.getByText(text).first().waitFor();
    expect(await injected(mark)).toBe(0);
  }
  await mark.goto(linkIn((await mailbox.to('pending@x.example')).raw, 'invite/'));
  await mark.getByText(FRAME).waitFor();
  expect(await injected(mark)).toBe(0);
  expect([...atJonas, ...atMark]).toEqual([]);
  await mark.context().close();
  await jonas.context().close();
});

it('markup in addresses of ours is neither drawn nor followed', async () => {
  const page = await windowOf(browser);
  const seen = await watch(page);
  for (const path of [
    `/sign-in?error=${encodeURIComponent(IMG)}`,
    `/sign-in?next=${encodeURIComponent('javascript:alert(1)')}`,
    `/reset-password?token=${encodeURIComponent(SCRIPT)}`,
    `/magic-link?token=${encodeURIComponent(`x&callbackURL=https://elsewhere.example`)}`,
    `/p/${encodeURIComponent(IMG)}`,
    `/invite/${encodeURIComponent(SVG)}`,
    `/setup/${encodeURIComponent(SCRIPT)}`,
  ]) {
    await page.goto(server.url + path);
    await page.getByRole('heading').first().waitFor();
    expect(await injected(page)).toBe(0);
  }
  await page.goto(`${server.url}/sign-in?next=${encodeURIComponent('javascript:alert(1)')}`);
  await page.getByRole('button', { name: 'Jonas' }).click();
  await page.getByRole('heading', { name: 'Drafts and processes' }).waitFor();
  expect(seen).toEqual([]);
  await page.context().close();
});
