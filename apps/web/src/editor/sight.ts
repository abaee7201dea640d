import type { EditorView } from '@tiptap/pm/view';

/** A part of the document, by positions. */
export interface Sight {
  from: number;
  to: number;
}

/** How many screens above and below count as in sight; past half of them it is measured anew. */
const SCREENS = 1.5;

/** The index of the first of some blocks, one below the other, whose bottom is not above a height of the screen. */
function firstBelow(blocks: HTMLCollection, height: number): number {
  let [low, high] = [0, blocks.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((blocks[middle]?.getBoundingClientRect().bottom ?? 0) < height) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * Tells which blocks are in sight, now and whenever the page was scrolled away from what was told last.
 * @returns stops it
 */
export function watchSight(view: EditorView, onSight: (sight: Sight) => void): () => void {
  let frame = 0;
  let told: readonly [number, number] | null = null;
  const measure = (): void => {
    frame = 0;
    // Before it is laid out everything would seem to be in sight.
    if (view.dom.offsetHeight === 0) return;
    const blocks = view.dom.children;
    const near = (window.innerHeight * SCREENS) / 2;
    const [top, bottom] = [firstBelow(blocks, -near), firstBelow(blocks, window.innerHeight + near)];
    if (told && top >= told[0] && bottom <= told[1]) return;
    const first = firstBelow(blocks, -window.innerHeight * SCREENS);
    const last = firstBelow(blocks, window.innerHeight * (1 + SCREENS));
    told = [first, last];
    let [at, from, to] = [0, 0, view.state.doc.content.size];
    view.state.doc.forEach((node, _offset, index) => {
      if (index === first) from = at;
      at += node.nodeSize;
      if (index === last) to = at;
    });
    onSight({ from, to });
  };
  const schedule = (): void => {
    frame ||= requestAnimationFrame(measure);
  };
  // Also tells of the first layout.
  const observer = new ResizeObserver(schedule);
  observer.observe(view.dom);
  window.addEventListener('scroll', schedule, { capture: true, passive: true });
  return () => {
    cancelAnimationFrame(frame);
    observer.disconnect();
    window.removeEventListener('scroll', schedule, { capture: true });
  };
}
