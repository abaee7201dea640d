import type { Passage } from '@zerodraft/trace';

export type Point = Passage['from'];
export type Span = Pick<Passage, 'from' | 'to'>;

export const isBefore = (a: Point, b: Point): boolean => a.n < b.n || (a.n === b.n && a.offset < b.offset);

export const sameSpan = (a: Span | null, b: Span | null): boolean =>
  a === b ||
  (a !== null &&
    b !== null &&
    a.from.n === b.from.n &&
    a.from.offset === b.from.offset &&
    a.to.n === b.to.n &&
    a.to.offset === b.to.offset);

const blank = (text: string): boolean => text.trim() === '';

/**
 * The passage between two points as people mean it: without blanks and empty beginnings of paragraphs at its ends.
 * @param textOf the text of the paragraphs at the ends
 * @returns null when nothing is left
 */
export function settle(one: Point, other: Point, textOf: (n: number) => string | undefined): Span | null {
  let [from, to] = isBefore(one, other) ? [one, other] : [other, one];
  while (from.n < to.n && blank((textOf(from.n) ?? '').slice(from.offset)))
    from = { n: from.n + 1, offset: 0 };
  while (to.n > from.n && blank((textOf(to.n) ?? '').slice(0, to.offset)))
    to = { n: to.n - 1, offset: (textOf(to.n - 1) ?? '').length };
  const first = (textOf(from.n) ?? '').slice(from.offset, from.n === to.n ? to.offset : undefined);
  const last = (textOf(to.n) ?? '').slice(from.n === to.n ? from.offset : 0, to.offset);
  if (blank(first) || blank(last)) return null;
  return {
    from: { n: from.n, offset: from.offset + first.length - first.trimStart().length },
    to: { n: to.n, offset: to.offset - (last.length - last.trimEnd().length) },
  };
}

/** The part of a passage that stands in one paragraph; null when none does. */
export function partIn(span: Span, n: number, length: number): { from: number; to: number } | null {
  if (n < span.from.n || n > span.to.n) return null;
  return { from: n === span.from.n ? span.from.offset : 0, to: n === span.to.n ? span.to.offset : length };
}

const words = new Intl.Segmenter(undefined, { granularity: 'word' });

/**
 * The next border of a word from a place in a text, or the one before.
 * @param edge which border: where words begin, or where they end
 * @returns null where there is none; after the last word comes the text's end
 */
export function wordBorder(
  text: string,
  offset: number,
  forward: boolean,
  edge: 'start' | 'end',
): number | null {
  let before: number | null = null;
  for (const { index, segment, isWordLike } of words.segment(text)) {
    if (!isWordLike) continue;
    const border = edge === 'start' ? index : index + segment.length;
    if (forward && border > offset) return border;
    if (!forward && border < offset) before = border;
  }
  return forward && edge === 'end' && offset < text.length ? text.length : before;
}

/** "paragraph 12", "paragraphs 12–14". */
export const placeOf = ({ from, to }: Span): string =>
  from.n === to.n ? `paragraph ${from.n}` : `paragraphs ${from.n}–${to.n}`;
