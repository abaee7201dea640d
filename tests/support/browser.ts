import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
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

/** A person's own browser window, signed in with one click, with the draft open. */
export async function openAs(
  browser: Browser,
  server: TestServer,
  name: string,
): Promise<{ page: Page; context: BrowserContext }> {
  const context = await browser.newContext({ viewport: { width: 1400, height: 900 } });
  const page = await context.newPage();
  await page.goto(server.url);
  await page.getByRole('button', { name }).click();
  await page.locator('.draft-text').waitFor();
  return { page, context };
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
