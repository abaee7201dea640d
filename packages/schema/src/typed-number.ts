import type { BlockKind } from './blocks.ts';

/** What a number typed in pasted text says about its block. */
export interface TypedNumber {
  kind: BlockKind | null;
  /** The text without the typed number: numbers are computed, never typed. */
  text: string;
}

/** What reading one line tells the next: "(i)" after an item is a numeral, after "(h)" a letter. */
export interface PreviousNumber {
  kind: BlockKind | null;
  letter?: string;
}

const OBJECTIVE = /^objective\s+\d+\s*[:.–—-]?\s*/i;
const PARAGRAPH = /^\d{1,3}[.)]\s+/;
const LETTER = /^\(?([a-z]{1,2})[.)]\s+/;
const ROMAN = /^\(?([ivxl]+)[.)]\s+/;
const BULLET = /^[•·▪◦§o–-]\s+/;

/**
 * Reads a typed number at the start of a pasted line.
 *
 * "(i)", "(v)" and "(x)" are letters as well as numerals: they count as sub-items when the line before was an item
 * other than the letter before them, or a sub-item.
 *
 * @param text one pasted block, as plain text
 * @param previous the typed number (as read) of the block before it
 */
export function readTypedNumber(text: string, previous?: PreviousNumber): TypedNumber & { letter?: string } {
  const line = text.replace(/^[\s\u00a0]+/, '').replace(/\u00a0/g, ' ');
  const objective = OBJECTIVE.exec(line);
  if (objective) return { kind: 'objective', text: line.slice(objective[0].length) };
  const paragraph = PARAGRAPH.exec(line);
  if (paragraph) return { kind: 'paragraph', text: line.slice(paragraph[0].length) };
  const roman = ROMAN.exec(line);
  const lettered = LETTER.exec(line);
  if (roman && !(lettered?.[1] && continuesLetters(lettered[1], previous))) {
    const inItem = previous?.kind === 'item' || previous?.kind === 'subitem';
    if (inItem || roman[1] !== 'i')
      return { kind: inItem ? 'subitem' : 'item', text: line.slice(roman[0].length) };
  }
  if (lettered?.[1]) return { kind: 'item', text: line.slice(lettered[0].length), letter: lettered[1] };
  const bullet = BULLET.exec(line);
  if (bullet) return { kind: 'item', text: line.slice(bullet[0].length) };
  return { kind: null, text: line };
}

function continuesLetters(letter: string, previous?: PreviousNumber): boolean {
  if (previous?.kind !== 'item' || previous.letter === undefined) return false;
  return letter.charCodeAt(0) === previous.letter.charCodeAt(0) + 1;
}
