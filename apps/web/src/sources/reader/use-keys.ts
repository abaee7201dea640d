import { type KeyboardEvent, useCallback } from 'react';
import { isBefore, type Point, type Span, wordBorder } from './passages.ts';

interface Options {
  /** The paragraph whose number has the focus. */
  focused: number | null;
  total: number;
  textOf: (n: number) => string | undefined;
  passage: Span | null;
  choose: (span: Span | null) => void;
  onFocus: (n: number) => void;
  onMake: () => void;
  mayChoose: boolean;
}

/** An end of a passage moved by a word, into the paragraph beside where one ends; null where there is no more. */
function moved(
  point: Point,
  forward: boolean,
  edge: 'start' | 'end',
  textOf: Options['textOf'],
): Point | null {
  const border = wordBorder(textOf(point.n) ?? '', point.offset, forward, edge);
  if (border !== null) return { n: point.n, offset: border };
  const n = point.n + (forward ? 1 : -1);
  const text = textOf(n);
  if (text === undefined) return null;
  const offset = wordBorder(text, forward ? -1 : text.length + 1, forward, edge);
  return { n, offset: offset ?? 0 };
}

/**
 * Reading and choosing by keyboard, from the numbers of the paragraphs: arrows go from one to the next, with Shift they
 * take paragraphs whole (up, down) or words at the end (left, right; with Alt at the beginning), Ctrl+Enter makes a
 * recommendation.
 */
export function useKeys(options: Options): (event: KeyboardEvent) => void {
  const { focused, total, textOf, passage, choose, onFocus, onMake, mayChoose } = options;
  return useCallback(
    (event) => {
      const { key, shiftKey, altKey } = event;
      if (passage && key === 'Enter' && (event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        return onMake();
      }
      if (passage && key === 'Escape' && !(event.target instanceof HTMLInputElement)) return choose(null);
      if (focused === null) return;
      const down = key === 'ArrowDown';
      const goes = down || key === 'ArrowUp';
      const next = goes ? focused + (down ? 1 : -1) : key === 'Home' ? 1 : key === 'End' ? total : null;
      if (next !== null && !shiftKey) {
        event.preventDefault();
        if (passage) choose(null);
        if (next >= 1 && next <= total) onFocus(next);
        return;
      }
      if (!mayChoose || !shiftKey) return;
      const whole = (from: number, to: number): void =>
        choose({ from: { n: from, offset: 0 }, to: { n: to, offset: textOf(to)?.length ?? 0 } });
      if (goes) {
        event.preventDefault();
        if (!passage) return whole(focused, focused);
        if (next === null || textOf(next) === undefined) return;
        // The end that the focus is at goes along; the other stays.
        const fixed = focused === passage.to.n ? passage.from.n : passage.to.n;
        whole(Math.min(fixed, next), Math.max(fixed, next));
        return onFocus(next);
      }
      if (!passage || (key !== 'ArrowLeft' && key !== 'ArrowRight')) return;
      event.preventDefault();
      const [end, edge] = altKey ? ([passage.from, 'start'] as const) : ([passage.to, 'end'] as const);
      const point = moved(end, key === 'ArrowRight', edge, textOf);
      if (!point) return;
      const grown = altKey ? { ...passage, from: point } : { ...passage, to: point };
      if (isBefore(grown.from, grown.to)) choose(grown);
    },
    [focused, total, textOf, passage, choose, onFocus, onMake, mayChoose],
  );
}
