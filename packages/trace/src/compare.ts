import { diffArrays } from 'diff';

/** A run of words that both texts have, or only one of them. */
export interface Piece {
  kind: 'same' | 'gone' | 'new';
  text: string;
}

/** A word-level comparison of a text then and now. */
export interface Comparison {
  pieces: Piece[];
  /** Words that came or went, and how many there were then or are now, whichever is more. */
  changed: number;
  words: number;
  /** From 0, the same words, to 1, none in common. */
  difference: number;
  /** Whether a word that turns what a text commits to came or went. */
  weighty: boolean;
}

/** More edits than this are not looked for one by one: texts that differ so much have little in common. */
const MAX_EDITS = 2_000;

/** Words, and what stands between them; a character each where a script has no spaces. */
const TOKEN =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]|[\p{L}\p{M}\p{N}]+(?:['’-][\p{L}\p{M}\p{N}]+)*|\s+|[^\p{L}\p{M}\p{N}\s]/gu;
const WORD = /[\p{L}\p{N}]/u;

/** What makes two texts read alike: composed letters, one kind of space and quotation mark. */
function normalized(text: string): string {
  return text
    .normalize('NFC')
    .replace(/[’‘]/g, "'")
    .replace(/[“”„«»]/g, '"')
    .replace(/\s+/g, ' ')
    .trim();
}

/** Words by which a commitment turns, however long the text around them. */
const WEIGHTY = new Set(
  [
    ...['not', 'no', 'nor', 'never', 'without', 'except', 'unless', 'only', 'all', 'any', 'every', 'some'],
    ...['shall', 'should', 'must', 'may', 'can', 'will', 'would', 'could', 'cannot', 'and', 'or'],
  ].map((word) => word.toLowerCase()),
);

const isWord = (token: string): boolean => WORD.test(token);

/** The comparison of a text then and now, by whole words; spaces and the shape of quotation marks make no difference. */
export function compareTexts(then: string, now: string): Comparison {
  const [a, b] = [normalized(then), normalized(now)];
  const [before, after] = [a.match(TOKEN) ?? [], b.match(TOKEN) ?? []];
  const words = Math.max(before.filter(isWord).length, after.filter(isWord).length);
  if (a === b)
    return {
      pieces: a === '' ? [] : [{ kind: 'same', text: a }],
      ...{ changed: 0, words, difference: 0, weighty: false },
    };
  const parts = diffArrays(before, after, { maxEditLength: MAX_EDITS }) ?? [
    { value: before, removed: true, added: false },
    { value: after, removed: false, added: true },
  ];
  const pieces: Piece[] = [];
  let [gone, fresh] = [0, 0];
  let weighty = false;
  for (const { value, removed, added } of parts) {
    if (value.length === 0) continue;
    const kind = removed ? 'gone' : added ? 'new' : 'same';
    pieces.push({ kind, text: value.join('') });
    if (kind === 'same') continue;
    const changedWords = value.filter(isWord);
    if (kind === 'gone') gone += changedWords.length;
    else fresh += changedWords.length;
    weighty ||= changedWords.some((word) => WEIGHTY.has(word.toLowerCase()));
  }
  const changed = Math.max(gone, fresh);
  return { pieces, changed, words, difference: words === 0 ? 0 : Math.min(1, changed / words), weighty };
}

/** How much of a text may change before what was said of it is in doubt: a share of its words. */
export const CHANGE_THRESHOLD = 0.1;

/**
 * Whether a text says something else than then: more than a share of its words came or went, or one by which a
 * commitment turns. Spaces, formatting and punctuation alone never do.
 * @param threshold from 0, any word, to 1
 */
export function saysOther(then: string, now: string, threshold: number = CHANGE_THRESHOLD): boolean {
  if (then === now) return false;
  const { changed, difference, weighty } = compareTexts(then, now);
  return changed > 0 && (weighty || difference > threshold);
}
