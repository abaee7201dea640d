import type { Block } from './document.ts';
import type { Line } from './pdf-lines.ts';

/** A page's lines. */
export interface Page {
  height: number;
  lines: Line[];
}

/** Part of a page's height, above and below, where what repeats on each page stands. */
const EDGE = 0.12;
/** Characters that a header or footer has at most. */
const RUNNING = 100;
const PAGE_NUMBER = /^\W*(?:page\s*|p\.\s*)?#+(?:\s*(?:of|\/|de)\s*#+)?\W*$/i;
const BULLET = /^(?:[•·▪‣◦●■–-]\s|\(?(?:[a-z]|[ivx]{1,5})\)\s)/;
const NUMBERED = /^(?:\(?\d{1,3}[.)]|[IVX]{1,6}\.)\s/;
const SENTENCE_END = /[.:;!?؟。؛]["'”’»)\]]*(?:\s*\d{1,3})?$/u;

const median = (values: number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;

/** How far the number at a line's beginning or end is from its page's; null without one. */
function offsetOf({ text }: Line, page: number): number | null {
  if (text.length > RUNNING || NUMBERED.test(text)) return null;
  const number = /^(\d{1,4})\b|\b(\d{1,4})$/.exec(text);
  return number ? Number(number[1] ?? number[2]) - page : null;
}

/** What most occurs in some lists, and in how many of them. */
function commonest<Value>(lists: readonly (readonly Value[])[]): { value: Value | null; lists: number } {
  const counts = new Map<Value, number>();
  for (const list of lists)
    for (const value of new Set(list)) counts.set(value, (counts.get(value) ?? 0) + 1);
  let best: { value: Value | null; lists: number } = { value: null, lists: 0 };
  for (const [value, found] of counts) if (found > best.lists) best = { value, lists: found };
  return best;
}

/** Takes out what stands at the same edge of several pages: headers, footers, lines with the page's number. */
export function withoutFurniture(pages: readonly Page[]): Page[] {
  const key = ({ text }: Line): string => text.replace(/\d+/g, '#').replace(/\s+/g, ' ');
  const edges = pages.map(({ height, lines }) =>
    lines.filter(({ y }) => y < EDGE * height || y > (1 - EDGE) * height),
  );
  const pagesWith = new Map<string, number>();
  for (const lines of edges)
    for (const found of new Set(lines.map(key))) pagesWith.set(found, (pagesWith.get(found) ?? 0) + 1);
  const needed = pages.length > 3 ? 3 : 2;
  // Headers that change with the chapter have the page's number beside.
  const offset = commonest(
    edges.map((lines, index) => lines.flatMap((line) => offsetOf(line, index + 1) ?? [])),
  );
  const counted = offset.lists >= Math.max(3, pages.length / 3) ? offset.value : null;
  return pages.map(({ height, lines }, index) => ({
    height,
    lines: lines.filter((line) => {
      if (!edges[index]?.includes(line)) return true;
      const repeated = (pagesWith.get(key(line)) ?? 0) >= needed;
      const isNumber = pages.length > 1 && PAGE_NUMBER.test(key(line));
      return !repeated && !isNumber && (counted === null || offsetOf(line, index + 1) !== counted);
    }),
  }));
}

/** The size that most of the text has. */
function bodySize(pages: readonly Page[]): number {
  const characters = new Map<number, number>();
  for (const { lines } of pages)
    for (const { size, text } of lines) {
      const rounded = Math.round(size * 2) / 2;
      characters.set(rounded, (characters.get(rounded) ?? 0) + text.length);
    }
  return [...characters].reduce((a, b) => (b[1] > a[1] ? b : a), [0, 0])[0];
}

/**
 * The distance of lines within a paragraph, in letters' sizes: before lines that begin in the middle of a sentence. Where
 * there are none, a paragraph's own distance could be taken for it, so that it is bounded.
 */
function leadingOf(pages: readonly Page[]): number {
  const gaps: number[] = [];
  const within: number[] = [];
  for (const { lines } of pages)
    for (const [at, line] of lines.entries()) {
      const before = lines[at - 1];
      const gap = before ? (line.y - before.y) / line.size : 0;
      if (!before || gap < 0.8 || gap > 3 || Math.abs(line.size - before.size) > 0.5) continue;
      gaps.push(gap);
      if (/^\p{Ll}/u.test(line.text) && !SENTENCE_END.test(before.text)) within.push(gap);
    }
  return within.length > 0 ? median(within) : Math.min(median(gaps) || 1.2, 1.5);
}

/** Joins two lines; a word that was parted at the line's end is one again, if the document does not write it with a hyphen. */
function join(before: string, after: string, words: ReadonlySet<string>): string {
  const parted = /(\p{L}+)([-‐\u00ad])$/u.exec(before);
  const [, first = '', hyphen] = parted ?? [];
  if (hyphen === undefined) return `${before} ${after}`;
  const second = /^\p{L}+/u.exec(after)?.[0] ?? '';
  if (second === '' || !/^\p{Ll}/u.test(second)) return before + after;
  const whole = `${first}${second}`.toLowerCase();
  const keeps = !words.has(whole) && words.has(`${first}-${second}`.toLowerCase());
  return (keeps ? before : before.slice(0, -1)) + after;
}

/** Words of the document that stand within a line, also those with a hyphen. */
function wordsIn(pages: readonly Page[]): Set<string> {
  const words = new Set<string>();
  for (const { lines } of pages)
    for (const { text } of lines)
      for (const [word] of text.toLowerCase().matchAll(/\p{L}+(?:-\p{L}+)*/gu)) words.add(word);
  return words;
}

const OPENING = '([{«';
const CLOSING = ')]}»';
const RTL_LETTER = /[\u0590-\u08ff]/;

/** Brackets of right-to-left text as they are meant: many pages hold them as they look, which is the other way round. */
function mirrored(text: string): string {
  if (!RTL_LETTER.test(text)) return text;
  const brackets = [...text].filter((sign) => OPENING.includes(sign) || CLOSING.includes(sign));
  const [first = '('] = brackets;
  if (!CLOSING.includes(first) || !OPENING.includes(brackets.at(-1) ?? ')')) return text;
  return text.replace(/[()[\]{}«»]/g, (sign) =>
    OPENING.includes(sign) ? CLOSING.charAt(OPENING.indexOf(sign)) : OPENING.charAt(CLOSING.indexOf(sign)),
  );
}

/** Puts the lines of a document together to paragraphs, also across pages. */
export function paragraphsOf(pages: readonly Page[]): Block[] {
  const body = bodySize(pages);
  const words = wordsIn(pages);
  const leading = leadingOf(pages);
  const blocks: Block[] = [];
  let before: Line | null = null;

  for (const [index, { lines }] of pages.entries()) {
    // Where the column ends; a few lines stand out of it.
    const endOf = (line: Line): number => {
      const column = lines.filter(({ start }) => Math.abs(start - line.start) < 3 * line.size);
      const ends = column.map(({ end }) => end).sort((a, b) => a - b);
      return ends[Math.floor(0.9 * ends.length)] ?? line.end;
    };

    for (const [at, line] of lines.entries()) {
      const last = blocks.at(-1);
      const isHeading = line.size > 1.15 * body;
      const sameSize = before !== null && Math.abs(line.size - before.size) < 0.12 * before.size;
      const marked = BULLET.test(line.text) || NUMBERED.test(line.text);
      let continues = false;
      if (last && before && sameSize && !marked) {
        const gap = line.y - before.y;
        if (at === 0 || gap < 0) {
          // A new page or column goes on with a sentence that has not ended.
          continues = !isHeading && !SENTENCE_END.test(before.text) && !/^\p{Lu}/u.test(line.text);
        } else if (gap <= 1.3 * leading * line.size) {
          // Where the next word would have fitted, the line was ended on purpose.
          const word = (/^\S+/.exec(line.text)?.[0].length ?? 0) + 1;
          const room = endOf(before) - before.end - line.size;
          const indented = line.start > before.start + 0.8 * line.size && SENTENCE_END.test(before.text);
          continues = isHeading || (room < word * line.stride && !indented);
        }
      }
      if (last && continues) last.text = join(last.text, line.text, words);
      else {
        const kind = isHeading ? 'heading' : BULLET.test(line.text) ? 'item' : 'paragraph';
        blocks.push({ kind, text: line.text, page: index + 1 });
      }
      before = line;
    }
  }
  return blocks.map((block) => ({ ...block, text: mirrored(block.text) }));
}
