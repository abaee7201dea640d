import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Locator,
  type Page,
} from 'playwright-core';
import { until } from './client.ts';
import type { TestServer } from './server.ts';

const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export function launch(): Promise<Browser> {
  return chromium.launch({ executablePath: '/usr/bin/chromium', args: ARGS });
}

/** A person's own browser window, signed in with one click, with the draft open from the start page. */
export async function openAs(
  browser: Browser,
  server: TestServer,
  name: string,
  options: BrowserContextOptions = {},
): Promise<{ page: Page; context: BrowserContext }> {
  const page = await startAs(browser, server, name, options);
  await page.getByRole('region', { name: 'Recent drafts' }).getByRole('link').first().click();
  await page.locator('.draft-text').waitFor();
  return { page, context: page.context() };
}

/** A person's own browser window, with nothing open. */
export async function windowOf(browser: Browser, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1400, height: 900 }, ...options });
  return context.newPage();
}

/** A person's own browser window, signed in with one click, on the start page. */
export async function startAs(
  browser: Browser,
  server: TestServer,
  name: string,
  options: BrowserContextOptions = {},
): Promise<Page> {
  const page = await windowOf(browser, options);
  await page.goto(server.url);
  await page.getByRole('button', { name }).click();
  await page.getByRole('heading', { name: 'Drafts and processes' }).waitFor();
  return page;
}

/** Types an email and a password into the sign-in page. */
export async function signInWith(page: Page, email: string, password: string): Promise<void> {
  const own = page.getByText('Sign in with an account of your own');
  await page.getByLabel('Email').or(own).first().waitFor();
  if (!(await page.getByLabel('Email').isVisible())) await own.click();
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}

/** Chooses another role for somebody on the members page. */
export async function chooseRole(page: Page, label: string, role: string): Promise<void> {
  await page.getByRole('button', { name: `Role of ${label}` }).click();
  await page.getByRole('menuitemradio', { name: role }).click();
}

/** The text of every block with its id, as the screen shows it. */
export function shownBlocks(page: Page): Promise<string[]> {
  return page.locator('.draft-text > [data-block-id]').evaluateAll((blocks) =>
    blocks.map((block) => {
      const copy = block.cloneNode(true);
      if (!(copy instanceof HTMLElement)) return '';
      for (const caret of copy.querySelectorAll('.remote-caret')) caret.remove();
      return `${copy.dataset.blockId} ${copy.dataset.kind} ${copy.textContent}`;
    }),
  );
}

/** A block by the number people cite it with. */
export const clause = (page: Page, citation: string): Locator =>
  page.locator(`.draft-text [data-citation="${citation}"]`);

/** Puts the caret behind a clause's last character; End alone would stop at the end of a line within it. */
export async function caretAtEnd(page: Page, citation: string): Promise<void> {
  await clause(page, citation).click();
  await clause(page, citation).evaluate((block) =>
    window.getSelection()?.setPosition(block, block.childNodes.length),
  );
}

/** Waits until all show the same text. */
export async function sameText(first: Page, ...others: Page[]): Promise<void> {
  await until(async () => {
    const own = JSON.stringify(await shownBlocks(first));
    const theirs = await Promise.all(others.map(shownBlocks));
    return theirs.every((blocks) => JSON.stringify(blocks) === own);
  });
}

/** Opens a thread of the comments panel by something it says. */
export async function openThread(page: Page, text: string): Promise<Locator> {
  const card = page.getByTestId('thread').filter({ hasText: text });
  if ((await card.locator('.thread-open').getAttribute('aria-expanded')) === 'false')
    await card.locator('.thread-open').click();
  return page.locator('[data-testid="thread"]:has([aria-expanded="true"])');
}

export async function saved(page: Page): Promise<void> {
  await page.getByTestId('save-status').getByText('Saved', { exact: true }).waitFor();
}

/** Drags as a hand does, in several moves: a drop needs the target to have answered a move over it. */
export async function dragOnto(page: Page, card: Locator, target: Locator): Promise<void> {
  await card.hover();
  await page.mouse.down();
  const box = await target.boundingBox();
  if (!box) throw new Error('the clause is not on the screen');
  let step = 0;
  await until(async () => {
    step += 1;
    await page.mouse.move(box.x + 30 + (step % 40), box.y + 10);
    return (await page.locator('.drop-frame').count()) > 0;
  });
  await page.mouse.up();
}

/** Drops files on an element at once, as from the file manager. */
export async function dropFiles(
  target: Locator,
  files: readonly (readonly [name: string, bytes: Uint8Array])[],
): Promise<void> {
  const dataTransfer = await target.page().evaluateHandle(
    (given) => {
      const transfer = new DataTransfer();
      for (const [name, content] of given) transfer.items.add(new File([Uint8Array.from(content)], name));
      return transfer;
    },
    files.map(([name, bytes]) => [name, [...bytes]] as const),
  );
  for (const type of ['dragenter', 'dragover', 'drop']) await target.dispatchEvent(type, { dataTransfer });
}

/** Drops a file on an element, as from the file manager. */
export const dropFile = (target: Locator, name: string, bytes: Uint8Array): Promise<void> =>
  dropFiles(target, [[name, bytes]]);
