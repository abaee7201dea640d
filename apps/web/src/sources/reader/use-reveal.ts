import type { Virtualizer } from '@tanstack/react-virtual';
import { type RefObject, useCallback, useEffect, useRef } from 'react';
import { TEXT } from './dom-points.ts';

/** Where in the window what is looked for comes to stand, from the top. */
const PLACE = 0.3;
/** Frames until it is given up: rows are measured, and text fetched, on the way. */
const FRAMES = 600;
/** Frames that a place must stay where it is. */
const STEADY = 3;

/**
 * Brings a paragraph into sight, and in it the passage that is marked. Rows find their height only once they are drawn,
 * so it goes on until the place is steady, or the person takes over.
 */
export function useReveal(
  scroller: RefObject<HTMLElement | null>,
  rows: Virtualizer<HTMLDivElement, Element>,
): (n: number) => void {
  const frame = useRef(0);
  const stop = useCallback(() => cancelAnimationFrame(frame.current), []);
  useEffect(() => {
    const element = scroller.current;
    const events = ['wheel', 'pointerdown', 'keydown', 'touchstart'] as const;
    for (const type of events) element?.addEventListener(type, stop, { passive: true });
    return () => {
      stop();
      for (const type of events) element?.removeEventListener(type, stop);
    };
  }, [scroller, stop]);
  return useCallback(
    (n) => {
      let steady = 0;
      let left = FRAMES;
      let moved = false;
      const step = (): void => {
        const element = scroller.current;
        if (!element || left-- === 0) return;
        const row = element.querySelector(`[data-row="${n}"]`);
        const text = row?.querySelector(`[${TEXT}]`);
        if (!text) {
          // Not drawn, or drawn without its text.
          const offset = row ? null : rows.getOffsetForIndex(n - 1, 'start')?.[0];
          if (offset !== null && offset !== undefined) element.scrollTop = offset;
          moved = true;
        } else {
          const place = (text.querySelector('.mark-target, .mark-now') ?? text).getBoundingClientRect();
          const { top, bottom, height } = element.getBoundingClientRect();
          const inSight = place.top >= top && place.bottom <= bottom - 20;
          const before = element.scrollTop;
          if (moved || !inSight) {
            const away = place.top - (top + height * PLACE);
            if (Math.abs(away) > 2) element.scrollTop += away;
            moved = true;
          }
          steady = element.scrollTop === before ? steady + 1 : 0;
        }
        if (steady < STEADY) frame.current = requestAnimationFrame(step);
      };
      stop();
      // What marks the place is drawn first.
      frame.current = requestAnimationFrame(step);
    },
    [scroller, rows, stop],
  );
}
