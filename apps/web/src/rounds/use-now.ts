import type { Round } from '@zerodraft/contract';
import { useEffect, useState } from 'react';

/** Milliseconds that a browser's timer holds at most. */
const LONGEST = 2 ** 31 - 1;

/** The next moment at which one of the rounds opens or closes; null when none does. */
function nextChange(rounds: readonly Round[], now: number): number | null {
  const moments = rounds
    .flatMap(({ opensAt, closesAt }) => [opensAt, closesAt])
    .flatMap((at) => (at === null ? [] : [Date.parse(at)]))
    .filter((at) => at > now);
  return moments.length === 0 ? null : Math.min(...moments);
}

/** The time now; a component that uses it is drawn again when a round opens or closes. */
export function useNow(rounds: readonly Round[]): Date {
  const [, redraw] = useState(0);
  const now = Date.now();
  const next = nextChange(rounds, now);
  useEffect(() => {
    if (next === null) return;
    const timer = window.setTimeout(
      () => redraw((count) => count + 1),
      // A timer may fire a little early.
      Math.min(LONGEST, next - Date.now() + 50),
    );
    return () => window.clearTimeout(timer);
  }, [next]);
  return new Date(now);
}
