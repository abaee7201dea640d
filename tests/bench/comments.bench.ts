import { anchorRange, readBlocks } from '@zerodraft/schema';
import type { Browser, CDPSession, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { caretAtEnd, launch, openAs, saved } from '../support/browser.ts';
import { TestClient } from '../support/client.ts';
import { Person } from '../support/person.ts';
import { TestServer } from '../support/server.ts';
import { reply, start, THREADS } from '../support/threads.ts';

const THREAD_COUNT = 2_000;
const OPENINGS = 5;
/** Typed in turns on both drafts, so that whatever else the machine does meets both. */
const ROUNDS = 6;
const KEYS = 60;
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

function at(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

function report(what: string, ours: readonly number[], peer: readonly number[], unit = 'ms'): void {
  const pair = (share: number): string =>
    `${at(ours, share).toFixed(1)} ${unit} beside ${at(peer, share).toFixed(1)} (${(at(ours, share) / at(peer, share)).toFixed(2)} x)`;
  console.log(`${what}: p50 ${pair(0.5)}, p95 ${pair(0.95)}`);
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

/** Types, and takes from each key to its frame drawn, and the work of the page's thread for all of them. */
async function typing(page: Page, cdp: CDPSession) {
  const busy = async (): Promise<number> => {
    const { metrics } = await cdp.send('Performance.getMetrics');
    return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN) * 1_000;
  };
  await page.evaluate(() => Reflect.get(window, 'latencies').splice(0));
  const before = await busy();
  for (let key = 0; key < KEYS; key += 1) {
    await page.keyboard.press('x');
    await page.evaluate((nth) => {
      const latencies = Reflect.get(window, 'latencies');
      return new Promise<void>((resolve) => {
        const look = (): void => {
          if (latencies.length > nth) resolve();
          else setTimeout(look, 2);
        };
        look();
      });
    }, key);
  }
  const work = ((await busy()) - before) / KEYS;
  const latencies: number[] = await page.evaluate(() => Reflect.get(window, 'latencies'));
  expect(latencies).toHaveLength(KEYS);
  return { work, latencies };
}

/** Has a page note how long it takes from each key until the next frame is drawn. */
async function noteLatencies(page: Page): Promise<void> {
  await page.evaluate(() => {
    const latencies: number[] = [];
    Object.assign(window, { latencies });
    window.addEventListener(
      'keydown',
      () => {
        const begin = performance.now();
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => latencies.push(performance.now() - begin);
        requestAnimationFrame(() => port2.postMessage(null));
      },
      { capture: true },
    );
  });
}

it('typing: each key until its frame is drawn, and the work for it', async () => {
  for (const tab of ['Library', 'Comments', 'Beside the text']) {
    const pages: { page: Page; cdp: CDPSession; work: number[]; latencies: number[] }[] = [];
    for (const server of [crowded, empty]) {
      const page = await opened(server, tab);
      const cdp = await page.context().newCDPSession(page);
      await cdp.send('Performance.enable');
      await caretAtEnd(page, '6');
      await noteLatencies(page);
      pages.push({ page, cdp, work: [], latencies: [] });
    }
    for (let round = 0; round <= ROUNDS; round += 1)
      for (const one of pages) {
        await one.page.bringToFront();
        const { work, latencies } = await typing(one.page, one.cdp);
        await saved(one.page);
        // The first round warms up.
        if (round === 0) continue;
        one.work.push(work);
        one.latencies.push(...latencies);
      }
    const [ours, peer] = pages;
    report(`key to frame, tab ${tab}`, ours?.latencies ?? [], peer?.latencies ?? []);
    report(`work for a key, tab ${tab}`, ours?.work ?? [], peer?.work ?? []);
    for (const { page } of pages) await page.context().close();
  }
});
