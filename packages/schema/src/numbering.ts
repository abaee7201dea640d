import type { BlockKind } from './blocks.ts';

/** The computed number of one block. */
export interface BlockNumber {
  /** As printed before the text: "12.", "(a)", "(ii)", "Objective 3"; empty for a title or section. */
  label: string;
  /** As cited elsewhere: "12", "12(a)", "12(a)(ii)", "Objective 3"; empty for a title or section. */
  citation: string;
}

/** a..z, then aa, bb..zz, then aaa, as Word letters a long list. `n` counts from 1. */
export function letter(n: number): string {
  const index = (n - 1) % 26;
  return String.fromCharCode(97 + index).repeat(Math.floor((n - 1) / 26) + 1);
}

const ROMAN: readonly (readonly [number, string])[] = [
  [1000, 'm'],
  [900, 'cm'],
  [500, 'd'],
  [400, 'cd'],
  [100, 'c'],
  [90, 'xc'],
  [50, 'l'],
  [40, 'xl'],
  [10, 'x'],
  [9, 'ix'],
  [5, 'v'],
  [4, 'iv'],
  [1, 'i'],
];

/** Lower-case roman numeral of `n`, counted from 1. */
export function roman(n: number): string {
  let rest = n;
  let numeral = '';
  for (const [value, sign] of ROMAN) {
    while (rest >= value) {
      numeral += sign;
      rest -= value;
    }
  }
  return numeral;
}

/**
 * Numbers a draft: the only place where numbers come from.
 *
 * Paragraphs and objectives each count through the whole draft. Items restart after every paragraph,
 * objective or section, sub-items after every item. Any order of kinds has numbers: an item without a
 * paragraph before it in its section is cited by its letter alone.
 *
 * @param kinds the kinds of the draft's blocks in order
 * @returns one number per block, same order
 */
export function numberBlocks(kinds: readonly BlockKind[]): BlockNumber[] {
  let paragraphs = 0;
  let objectives = 0;
  let items = 0;
  let subitems = 0;
  // The citation that an item, or a sub-item without an item, hangs on.
  let parent = '';
  let itemParent = '';
  return kinds.map((kind) => {
    switch (kind) {
      case 'title':
      case 'section':
        items = subitems = 0;
        parent = itemParent = '';
        return { label: '', citation: '' };
      case 'objective':
        objectives += 1;
        items = subitems = 0;
        parent = itemParent = `Objective ${objectives}`;
        return { label: parent, citation: parent };
      case 'paragraph':
        paragraphs += 1;
        items = subitems = 0;
        parent = itemParent = String(paragraphs);
        return { label: `${paragraphs}.`, citation: parent };
      case 'item': {
        items += 1;
        subitems = 0;
        const label = `(${letter(items)})`;
        itemParent = parent + label;
        return { label, citation: itemParent };
      }
      default: {
        subitems += 1;
        const label = `(${roman(subitems)})`;
        return { label, citation: itemParent + label };
      }
    }
  });
}
