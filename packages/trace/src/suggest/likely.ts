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
 * Whether what is shared is enough to be worth a look: two words (one, where the text has no more than three), which
 * together are as telling as one that stands in a single text. Below that a list would show whatever comes first.
 */
export function isLikely(hit: Hit, index: Pick<TextIndex<string>, 'rarest'>, words: number): boolean {
  const own = hit.shared.filter(({ weight }) => weight >= 1).length;
  return hit.shared.length >= (words <= 3 ? 1 : 2) && own >= 1 && hit.weight >= index.rarest;
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
