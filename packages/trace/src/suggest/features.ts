/** The taxonomies by which a recommendation fits a section. */
export const FITTING = ['themes', 'dimensions', 'kinds'] as const;
export type Fitting = (typeof FITTING)[number];
/** Ids of a recommendation's terms. */
export type FittingTerms = Record<Fitting, readonly string[]>;

/**
 * What counts beside the words. The score of the words is multiplied by 1 + the sum of these, so that they order what
 * shares words and bring up nothing that shares none. They were set by sense, not fitted (docs/benchmarks-suggest.md).
 */
export const WEIGHTS = {
  /** A word of what the clause completes: the paragraph before an item. */
  lead: 0.5,
  /** A word of the heading that the clause stands under. */
  heading: 0.3,
  /** A word in a recommendation's title counts so many times one in its text. */
  title: 2,
  /** Its theme is more frequent in the section than in the library: at most this, when the section has no other. */
  themes: 0.5,
  dimensions: 0.2,
  kinds: 0.1,
  /** It is linked to another clause of the section already. */
  section: 0.3,
} as const;

/** Sections with few links are taken to be like the library, as if so many more were linked at random. */
const PRIOR = 3;
/** From which excess on a term is told as a reason. */
const TELLING = 0.15;

/** How frequent each term is in the library. */
export class TermShares {
  readonly #counts = new Map<string, number>();
  #size = 0;

  constructor(all: Iterable<FittingTerms>) {
    for (const terms of all) {
      this.#size += 1;
      for (const taxonomy of FITTING)
        for (const id of terms[taxonomy]) this.#counts.set(id, (this.#counts.get(id) ?? 0) + 1);
    }
  }

  of(termId: string): number {
    return this.#size === 0 ? 0 : (this.#counts.get(termId) ?? 0) / this.#size;
  }
}

export interface Fit {
  /** What the score of the words is multiplied by. */
  factor: number;
  /** Terms that fit, for the reason. */
  terms: string[];
}

/** What a section is about, by what is linked in it. */
export class SectionProfile {
  readonly #counts = new Map<string, number>();

  /** @param linked terms of what is linked in the section, without the clause's own links */
  constructor(
    private readonly linked: readonly FittingTerms[],
    private readonly shares: TermShares,
  ) {
    for (const terms of linked)
      for (const taxonomy of FITTING)
        for (const id of terms[taxonomy]) this.#counts.set(id, (this.#counts.get(id) ?? 0) + 1);
  }

  /** How much more frequent a term is in the section than in the library, from 0 to 1. */
  #excess(id: string): number {
    const usual = this.shares.of(id);
    const share = ((this.#counts.get(id) ?? 0) + PRIOR * usual) / (this.linked.length + PRIOR);
    return Math.max(0, share - usual);
  }

  /** How well a recommendation of these terms fits. */
  fit(terms: FittingTerms): Fit {
    const fit: Fit = { factor: 1, terms: [] };
    if (this.linked.length === 0) return fit;
    for (const taxonomy of FITTING) {
      let most = 0;
      for (const id of terms[taxonomy]) {
        const excess = this.#excess(id);
        if (excess > most) most = excess;
        if (excess >= TELLING) fit.terms.push(id);
      }
      fit.factor += WEIGHTS[taxonomy] * most;
    }
    return fit;
  }
}
