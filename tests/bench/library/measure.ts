/** Requests that each figure is of, one after the other. */
export const RUNS = 40;
/** Milliseconds at the median with the largest library and the most documents. */
export const GOALS = { search: 50, facets: 100 } as const;

/** @throws when an answer is wrong: then its speed tells nothing */
export function check(is: boolean, what: string): void {
  if (!is) throw new Error(`wrong answer: ${what}`);
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

export interface Figure {
  name: string;
  kind: keyof typeof GOALS | null;
  median: number;
  p95: number;
}

/**
 * Runs something again and again, and measures it from the client: the server's own time and the way there and back,
 * which is the network's least. `prepare` is not measured.
 */
export async function measure(
  name: string,
  kind: Figure['kind'],
  run: (index: number) => Promise<unknown>,
  prepare: (index: number) => Promise<unknown> = async () => undefined,
): Promise<Figure> {
  const times: number[] = [];
  for (let index = -3; index < RUNS; index += 1) {
    await prepare(index);
    const start = performance.now();
    await run(index);
    // The first ones warm up.
    if (index >= 0) times.push(performance.now() - start);
  }
  return { name, kind, median: percentile(times, 0.5), p95: percentile(times, 0.95) };
}
