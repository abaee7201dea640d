import type { Fit } from './features.ts';
import type { Hit, TextIndex, Wanted } from './text-index.ts';
import type { Word } from './words.ts';

/** Why something is suggested. */
export interface Why {
  /** Words that both texts have, as the one asked about writes them, the most telling first. */
  words: string[];
  /** Ids of terms that are frequent in the section. */
  terms: string[];
  /** It is linked to another clause of the section already. */
  section: boolean;
  /** A model found the texts to be alike in meaning. */
  meaning: boolean;
}

export interface Likely {
  id: string;
  score: number;
  why: Why;
}

/** Words that a reason names at most. */
const MAX_WORDS = 6;

export function weighed(words: readonly Word[], weight: number): Wanted[] {
  return words.map((word) => ({ ...word, weight }));
}

/**
 * Whether what is shared is worth a look: a word of the text itself, and all together as telling as one word that stands
 * in √n of n texts. Below that a list would show whatever comes first.
 */
export function isLikely(hit: Hit, { rarest }: Pick<TextIndex<string>, 'rarest'>): boolean {
  return hit.shared.some(({ weight }) => weight >= 1) && hit.weight >= rarest / 2;
}

/** A hit with what counts beside its words. */
export function likely(hit: Hit, fit: Fit, section: boolean): Likely {
  return {
    id: hit.id,
    score: hit.score * fit.factor,
    why: {
      words: hit.shared.slice(0, MAX_WORDS).map(({ form }) => form),
      terms: fit.terms,
      section,
      meaning: false,
    },
  };
}

/** Best first; the same order each time. */
export function inOrder(list: Likely[]): Likely[] {
  return list.sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1));
}
