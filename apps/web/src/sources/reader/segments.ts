import { beginsUnspaced, endsUnspaced, UNSPACED } from '@zerodraft/trace';

/** A stretch of a paragraph that is drawn in its own way. */
export interface Mark {
  from: number;
  to: number;
  kind: 'cited' | 'target' | 'hit';
}

/** Text between two borders of marks, with the kinds of marks over it. */
interface Segment {
  from: number;
  text: string;
  kinds: readonly Mark['kind'][];
}

/** Cuts a text at the borders of its marks, which may overlap. */
export function segmentsOf(text: string, marks: readonly Mark[]): Segment[] {
  const within = (at: number): number => Math.min(Math.max(at, 0), text.length);
  const cuts = new Set([0, text.length, ...marks.flatMap(({ from, to }) => [within(from), within(to)])]);
  const borders = [...cuts].sort((a, b) => a - b);
  return borders.slice(0, -1).map((from, index) => {
    const to = borders[index + 1] ?? text.length;
    const over = marks.filter((mark) => mark.from < to && mark.to > from);
    return { from, text: text.slice(from, to), kinds: [...new Set(over.map(({ kind }) => kind))] };
  });
}

/** A letter of a word that would be another if it went on there. */
const LETTER = `(?!${UNSPACED})[\\p{L}\\p{N}\\p{M}]`;

/** Where any of some words stands in a text, whole where there are spaces between words, and in upper or lower case. */
export function wordsIn(text: string, words: readonly string[]): Mark[] {
  if (words.length === 0) return [];
  // Of two that begin alike the longer one is marked.
  const longest = [...words].sort((a, b) => b.length - a.length);
  const patterns = longest.map((word) => {
    const escaped = word.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
    return `${beginsUnspaced(word) ? '' : `(?<!${LETTER})`}${escaped}${endsUnspaced(word) ? '' : `(?!${LETTER})`}`;
  });
  return [...text.matchAll(new RegExp(patterns.join('|'), 'giu'))].map((found) => ({
    from: found.index,
    to: found.index + found[0].length,
    kind: 'hit',
  }));
}
