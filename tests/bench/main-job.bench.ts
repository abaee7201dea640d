import { contentOf, readBlocks } from '@zerodraft/schema';
import { expect, it } from 'vitest';
import * as Y from 'yjs';
import { launch, openAs } from '../support/browser.ts';
import { TestClient, until } from '../support/client.ts';
import { TestServer } from '../support/server.ts';

const RUNS = 5;
const KEYSTROKES = 40;

function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

it('time until the sample draft is editable', async () => {
  const server = await TestServer.start();
  const browser = await launch();
  const times: number[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    const { page, context } = await openAs(browser, server, 'Amara');
    const start = performance.now();
    await page.reload();
    await page.locator('.draft-text[contenteditable=true]').waitFor();
    times.push(performance.now() - start);
    await context.close();
  }
  console.log(`editable after reload: median ${percentile(times, 0.5).toFixed(0)} ms of ${RUNS}`);
  await browser.close();
  await server.remove();
});

it('keystroke to other screens, 2 and 20 clients', async () => {
  const server = await TestServer.start();
  const medians: number[] = [];
  for (const count of [2, 20]) {
    const clients: TestClient[] = [];
    for (let i = 0; i < count; i += 1) clients.push(new TestClient(server, await server.signIn('amara')));
    for (const client of clients) await client.synced();
    const [writer, ...readers] = clients;
    const block = writer && contentOf(writer.doc).get(1);
    if (!writer || !(block instanceof Y.XmlElement)) throw new Error('the sample has no second block');
    const text = block.get(0);
    if (!(text instanceof Y.XmlText)) throw new Error('the second block has no text');
    const latencies: number[] = [];
    for (let key = 0; key < KEYSTROKES; key += 1) {
      const start = performance.now();
      const arrivals = readers.map(
        (reader) =>
          new Promise<number>((resolve) =>
            reader.doc.once('update', () => resolve(performance.now() - start)),
          ),
      );
      text.insert(0, 'x');
      latencies.push(Math.max(...(await Promise.all(arrivals))));
    }
    // The bench checks itself: every keystroke reached everyone once.
    const expected = readBlocks(writer.doc)[1]?.text;
    for (const reader of readers) await until(() => readBlocks(reader.doc)[1]?.text === expected);
    expect(expected?.startsWith('x'.repeat(KEYSTROKES))).toBe(true);
    medians.push(percentile(latencies, 0.5));
    console.log(
      `${count} clients, last screen: p50 ${percentile(latencies, 0.5).toFixed(2)} ms, p95 ${percentile(latencies, 0.95).toFixed(2)} ms`,
    );
    for (const client of clients) client.destroy();
  }
  console.log(`20 clients against 2: ${((medians[1] ?? 0) / (medians[0] ?? 1)).toFixed(1)} x`);
  await server.remove();
});
