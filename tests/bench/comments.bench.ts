import { anchorRange, readBlocks } from '@zerodraft/schema';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, it } from 'vitest';
import { launch, openAs } from '../support/browser.ts';
import { TestClient } from '../support/client.ts';
import { Person } from '../support/person.ts';
import { TestServer } from '../support/server.ts';
import { reply, start, THREADS } from '../support/threads.ts';
import { report, typeInTurns } from './typing.ts';

const THREAD_COUNT = 2_000;
const OPENINGS = 5;
const SCROLLS = 90;

let browser: Browser;
const servers: TestServer[] = [];
/** The sample draft with many threads, and the same without. */
let crowded: TestServer;
let empty: TestServer;

beforeAll(async () => {
  browser = await launch();
  crowded = await TestServer.start();
  empty = await TestServer.start();
  servers.push(crowded, empty);
  await fill(crowded);
}, 300_000);
afterAll(async () => {
  await browser?.close();
  for (const server of servers) await server.remove();
});

/** Threads on ranges of every clause; every third has replies, every fifth is closed. */
async function fill(server: TestServer): Promise<void> {
  const people: Person[] = [];
  for (const name of ['amara', 'mei', 'jonas']) people.push(await Person.demo(server, name));
  const [amara] = people;
  if (!amara) throw new Error('nobody is there');
  const reader = new TestClient(server, amara.cookie);
  await reader.synced();
  const blocks = readBlocks(reader.doc).filter(({ text }) => text.length > 30);
  const closed: string[] = [];
  const one = async (nth: number): Promise<void> => {
    const block = blocks[nth % blocks.length];
    const person = people[nth % people.length];
    if (!block || !person) return;
    const from = (nth * 7) % (block.text.length - 20);
    const range = {
      start: { clauseId: block.id, offset: from },
      end: { clauseId: block.id, offset: from + 8 + (nth % 12) },
    };
    const { id } = await start(person, {
      kind: 'range',
      clauseId: block.id,
      anchor: anchorRange(reader.doc, range),
      quote: block.text.slice(from, from + 8 + (nth % 12)),
      body: `Remark ${nth}: **please** say what is meant here.`,
    });
    if (nth % 3 === 0) await reply(amara, id, 'We will come back to this in the next round.');
    if (nth % 5 === 0) closed.push(id);
  };
  for (let nth = 0; nth < THREAD_COUNT; nth += 8)
    await Promise.all(Array.from({ length: 8 }, (_, index) => one(nth + index)));
  for (let from = 0; from < closed.length; from += 400)
    await amara.put(`${THREADS}/states`, { threadIds: closed.slice(from, from + 400), state: 'resolved' });
  reader.destroy();
}

async function opened(server: TestServer, tab: string): Promise<Page> {
  const { page } = await openAs(browser, server, 'Amara', { viewport: { width: 1440, height: 900 } });
  await page.getByRole('tab', { name: tab, exact: true }).click();
  return page;
}

it(`time until the draft with ${THREAD_COUNT} threads is editable, and lists them`, async () => {
  const times: Record<'editable' | 'listed', number[][]> = { editable: [[], []], listed: [[], []] };
  for (let run = 0; run < OPENINGS; run += 1)
    for (const [index, server] of [crowded, empty].entries()) {
      const { page, context } = await openAs(browser, server, 'Amara');
      const begin = performance.now();
      await page.reload();
      await page.locator('.draft-text[contenteditable=true]').waitFor();
      times.editable[index]?.push(performance.now() - begin);
      await page.getByRole('tab', { name: 'Comments', exact: true }).click();
      await page.getByText(server === crowded ? /^\d{4} threads$/ : 'No comments yet.').waitFor();
      times.listed[index]?.push(performance.now() - begin);
      await context.close();
    }
  for (const what of ['editable', 'listed'] as const)
    report(`${what} after a reload`, times[what][0] ?? [], times[what][1] ?? []);
});

/** Milliseconds between frames while something is scrolled, a step in each. */
function frames(page: Page, selector: string): Promise<number[]> {
  return page.locator(selector).evaluate(
    (element, count) =>
      new Promise<number[]>((resolve) => {
        const times: number[] = [];
        let last = performance.now();
        const step = (now: number): void => {
          times.push(now - last);
          last = now;
          element.scrollTop += 70;
          if (times.length < count) requestAnimationFrame(step);
          else resolve(times.slice(1));
        };
        requestAnimationFrame(step);
      }),
    SCROLLS,
  );
}

it('frame time while the text is scrolled beside its cards, and the list', async () => {
  for (const [tab, selector] of [
    ['Beside the text', '.page-scroll'],
    ['Comments', '.page-scroll'],
    ['Comments', '.thread-list'],
  ] as const) {
    const times: number[][] = [];
    for (const server of [crowded, empty]) {
      const page = await opened(server, tab);
      await page.waitForLoadState('networkidle');
      times.push(await frames(page, selector));
      await page.context().close();
    }
    const name = selector === '.page-scroll' ? `text scrolled, tab ${tab}` : 'list scrolled';
    report(`frame, ${name}`, times[0] ?? [], times[1] ?? []);
  }
});

it('typing: each key until its frame is drawn, and the work for it', async () => {
  for (const tab of ['Library', 'Comments', 'Beside the text']) {
    const pages = [await opened(crowded, tab), await opened(empty, tab)] as const;
    await typeInTurns(`tab ${tab}`, pages, '6');
    for (const page of pages) await page.context().close();
  }
});
