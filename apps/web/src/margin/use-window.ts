import { type RefObject, useEffect, useState } from 'react';

/** Pixels around what is in sight that are drawn as well, and by which the window moves. */
export const AROUND = 900;
const STEP = 300;

/** What of the page is in sight, in steps, so that scrolling draws seldom. */
export function useWindow(scroller: RefObject<HTMLElement | null>): readonly [number, number] {
  const [range, setRange] = useState<readonly [number, number]>([0, 2_000]);
  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const read = (): void => {
      const from = Math.floor(element.scrollTop / STEP) * STEP;
      const to = from + Math.ceil(element.clientHeight / STEP + 1) * STEP;
      setRange((known) => (known[0] === from && known[1] === to ? known : [from, to]));
    };
    read();
    element.addEventListener('scroll', read, { passive: true });
    const observer = new ResizeObserver(read);
    observer.observe(element);
    return () => {
      element.removeEventListener('scroll', read);
      observer.disconnect();
    };
  }, [scroller]);
  return range;
}
