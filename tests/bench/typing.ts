import type { CDPSession, Page } from 'playwright-core';
import { expect } from 'vitest';
import { caretAtEnd, saved } from '../support/browser.ts';

/** Typed in turns on both drafts, so that whatever else the machine does meets both. */
const ROUNDS = 6;
const KEYS = 60;

export function at(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

export function report(what: string, ours: readonly number[], peer: readonly number[], unit = 'ms'): void {
  const pair = (share: number): string =>
    `${at(ours, share).toFixed(1)} ${unit} beside ${at(peer, share).toFixed(1)} (${(at(ours, share) / at(peer, share)).toFixed(2)} x)`;
  console.log(`${what}: p50 ${pair(0.5)}, p95 ${pair(0.95)}`);
}

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

/** Types at the end of a clause in turns on two pages, and prints what a key costs on the one beside the other. */
export async function typeInTurns(
  what: string,
  [first, second]: readonly [Page, Page],
  citation: string,
): Promise<void> {
  const sides: { page: Page; cdp: CDPSession; work: number[]; latencies: number[] }[] = [];
  for (const page of [first, second]) {
    const cdp = await page.context().newCDPSession(page);
    await cdp.send('Performance.enable');
    await caretAtEnd(page, citation);
    await noteLatencies(page);
    sides.push({ page, cdp, work: [], latencies: [] });
  }
  for (let round = 0; round <= ROUNDS; round += 1)
    for (const side of sides) {
      await side.page.bringToFront();
      const { work, latencies } = await typing(side.page, side.cdp);
      await saved(side.page);
      // The first round warms up.
      if (round === 0) continue;
      side.work.push(work);
      side.latencies.push(...latencies);
    }
  const [ours, peer] = sides;
  report(`key to frame, ${what}`, ours?.latencies ?? [], peer?.latencies ?? []);
  report(`work for a key, ${what}`, ours?.work ?? [], peer?.work ?? []);
}
