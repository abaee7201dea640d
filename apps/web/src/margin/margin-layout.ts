/** Heights in pixels that the styles give to what stands in the margin. */
export const CARD_HEIGHT = 104;
const LINE_HEIGHT = 30;
const MORE_HEIGHT = 26;
const GAP = 6;

/** Threads of one clause, in the order of their text. */
export interface MarginGroup {
  blockId: string;
  /** Where the clause begins. */
  top: number;
  /** Each with where its text begins; never above the clause. */
  threads: readonly { id: string; top: number }[];
}

export type MarginItem =
  | {
      kind: 'card' | 'line' | 'open';
      id: string;
      blockId: string;
      top: number;
      height: number;
      /** How many more of the clause a line stands for, where not even an entry for them fits. */
      more: number;
    }
  | { kind: 'more'; count: number; blockId: string; top: number; height: number };

interface Open {
  id: string;
  height: number;
}

/**
 * Places threads beside their clauses, without overlap. Where a clause's cards do not fit before the next one that has
 * threads, they become lines, and of the lines that do not fit either only their number is told, so that all stay near
 * their text. The open thread is shown whole and pushes what follows down.
 * @param groups from top to bottom
 * @returns from top to bottom; pixels, in the coordinates of the groups
 */
export function layoutMargin(groups: readonly MarginGroup[], open: Open | null): MarginItem[] {
  const items: MarginItem[] = [];
  let bottom = 0;
  for (const [index, group] of groups.entries()) {
    const start = Math.max(group.top, bottom);
    const end = groups[index + 1]?.top ?? Number.POSITIVE_INFINITY;
    const placed = placeGroup(group, start, Math.max(0, end - start), open);
    items.push(...placed);
    const last = placed.at(-1);
    if (last) bottom = last.top + last.height + GAP;
  }
  return items;
}

function placeGroup(group: MarginGroup, start: number, room: number, open: Open | null): MarginItem[] {
  const { blockId, threads } = group;
  const here = open !== null && threads.some(({ id }) => id === open.id) ? open : null;
  const others = threads.length - (here ? 1 : 0);
  const taken = here ? here.height + GAP : 0;
  const fits = (height: number): boolean => taken + others * (height + GAP) <= room;
  // A clause of its own with one thread always shows its card.
  const kind = fits(CARD_HEIGHT) || (threads.length === 1 && room > LINE_HEIGHT * 2) ? 'card' : 'line';
  const height = kind === 'card' ? CARD_HEIGHT : LINE_HEIGHT;
  const whole = kind === 'card' || fits(LINE_HEIGHT);
  // Between short clauses there is room for one line only: it stands for the others too.
  const alone = !whole && here === null && room < LINE_HEIGHT + MORE_HEIGHT + 2 * GAP;
  const lines = whole
    ? others
    : Math.max(here ? 0 : 1, Math.floor((room - taken - MORE_HEIGHT - GAP) / (LINE_HEIGHT + GAP)));
  const shown = whole ? threads : around(threads, Math.min(others, lines) + (here ? 1 : 0), here?.id ?? null);
  const hidden = threads.length - shown.length;
  const entry = hidden > 0 && !alone;
  const needed =
    shown.reduce((sum, { id }) => sum + (id === here?.id ? here.height : height) + GAP, 0) +
    (entry ? MORE_HEIGHT + GAP : 0);
  let slack = Math.max(0, room - needed);
  let cursor = start;
  const items: MarginItem[] = [];
  for (const { id, top } of shown) {
    const shift = Math.min(slack, Math.max(0, top - cursor));
    slack -= shift;
    cursor += shift;
    const isOpen = id === here?.id;
    const own = isOpen ? here.height : height;
    items.push({
      kind: isOpen ? 'open' : kind,
      id,
      blockId,
      top: cursor,
      height: own,
      more: alone ? hidden : 0,
    });
    cursor += own + GAP;
  }
  if (entry) items.push({ kind: 'more', count: hidden, blockId, top: cursor, height: MORE_HEIGHT });
  return items;
}

/** As many of some threads as asked for, among them the open one. */
function around<T extends { id: string }>(
  threads: readonly T[],
  count: number,
  openId: string | null,
): readonly T[] {
  const at = threads.findIndex(({ id }) => id === openId);
  const from = at < count ? 0 : at - count + 1;
  return threads.slice(from, from + count);
}
