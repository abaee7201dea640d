import { startTransition, useEffect, useState } from 'react';
import { flushSync } from 'react-dom';

/** Comments that are drawn at once; a screen shows fewer. */
const PORTION = 80;

/**
 * How many rows to draw now: a screenful first, the others while the browser has time, all of them for the printer.
 * @param weights comments of each row
 */
export function useGradually(weights: readonly number[]): number {
  const [budget, setBudget] = useState(PORTION);
  let [rows, sum] = [0, 0];
  while (rows < weights.length && sum <= budget) {
    sum += (weights[rows] ?? 0) + 1;
    rows += 1;
  }
  const unfinished = rows < weights.length;
  useEffect(() => {
    if (!unfinished) return;
    // Each portion once the one before is on the screen.
    const timer = window.setTimeout(() => startTransition(() => setBudget(budget + 2 * PORTION)));
    return () => window.clearTimeout(timer);
  }, [budget, unfinished]);
  useEffect(() => {
    const all = (): void => flushSync(() => setBudget(Number.POSITIVE_INFINITY));
    window.addEventListener('beforeprint', all);
    return () => window.removeEventListener('beforeprint', all);
  }, []);
  return rows;
}
