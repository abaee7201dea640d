import fc from 'fast-check';
import { expect, it } from 'vitest';
import { CARD_HEIGHT, layoutMargin, type MarginGroup, type MarginItem } from './margin-layout.ts';

const group = (blockId: string, top: number, offsets: readonly number[]): MarginGroup => ({
  blockId,
  top,
  threads: offsets.map((offset, index) => ({ id: `${blockId}.${index}`, top: top + offset })),
});
const kinds = (items: readonly MarginItem[]): string =>
  items.map((item) => (item.kind === 'more' ? `+${item.count}` : item.kind)).join(' ');

it('aligns a card with its text where there is room', () => {
  const [first, second] = layoutMargin([group('a', 100, [0, 150]), group('b', 900, [])], null);
  expect([first?.top, second?.top]).toEqual([100, 250]);
});

it('collapses what is crowded, and counts what does not fit', () => {
  expect(kinds(layoutMargin([group('a', 0, [0, 0, 0]), group('b', 400, [0])], null))).toBe(
    'card card card card',
  );
  expect(kinds(layoutMargin([group('a', 0, [0, 0, 0]), group('b', 140, [0])], null))).toBe(
    'line line line card',
  );
  expect(kinds(layoutMargin([group('a', 0, Array(30).fill(0)), group('b', 140, [0])], null))).toBe(
    'line line line +27 card',
  );
});

it('shows the open thread whole, also among many, and lets the rest recover', () => {
  const items = layoutMargin(
    [group('a', 0, Array(30).fill(0)), group('b', 100, [0]), group('c', 2_000, [0])],
    { id: 'a.29', height: 400 },
  );
  expect(kinds(items)).toBe('open +29 card card');
  expect(items.at(-1)?.top).toBe(2_000);
});

it('never overlaps, loses no thread, and keeps the order of the text', () => {
  const groups = fc.array(
    fc.record({
      gap: fc.integer({ min: 0, max: 300 }),
      offsets: fc.array(fc.nat(200), { minLength: 1, maxLength: 12 }),
    }),
    { maxLength: 12 },
  );
  fc.assert(
    fc.property(groups, fc.nat(11), fc.integer({ min: 60, max: 700 }), (list, openAt, height) => {
      let top = 0;
      const laid = list.map(({ gap, offsets }, index) => {
        top += gap + 10;
        return group(
          `g${index}`,
          top,
          [...offsets].sort((a, b) => a - b),
        );
      });
      const open = laid[openAt % Math.max(1, laid.length)]?.threads.at(-1)?.id;
      const items = layoutMargin(laid, open ? { id: open, height } : null);
      let bottom = 0;
      for (const item of items) {
        expect(item.top).toBeGreaterThanOrEqual(bottom);
        bottom = item.top + item.height;
      }
      for (const { blockId, threads, top: begins } of laid) {
        const own = items.filter((item) => item.blockId === blockId);
        const count = own.reduce((sum, item) => sum + (item.kind === 'more' ? item.count : 1 + item.more), 0);
        expect(count).toBe(threads.length);
        expect(own[0]?.top ?? 0).toBeGreaterThanOrEqual(begins);
      }
      if (open) expect(items.some((item) => item.kind === 'open' && item.id === open)).toBe(true);
      const shown = items.flatMap((item) => (item.kind === 'more' ? [] : [item.id]));
      const order = laid.flatMap(({ threads }) => threads.map(({ id }) => id));
      expect(shown).toEqual(order.filter((id) => shown.includes(id)));
    }),
  );
});

it('without an open thread, the clause after a crowded one keeps its place when a card fits before it', () => {
  const items = layoutMargin([group('a', 0, Array(20).fill(0)), group('b', CARD_HEIGHT, [0])], null);
  expect(items.find(({ blockId }) => blockId === 'b')?.top).toBe(CARD_HEIGHT);
});

it('keeps every clause’s threads beside it, however many there are and however short the clauses', () => {
  const clauses = Array.from({ length: 40 }, (_, index) => group(`c${index}`, index * 38, Array(9).fill(0)));
  const items = layoutMargin(clauses, null);
  for (const { blockId, top } of clauses)
    expect(items.find((item) => item.blockId === blockId)?.top).toBe(top);
});
