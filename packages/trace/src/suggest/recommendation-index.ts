import { byMeaning, fuse } from './embedder.ts';
import { type FittingTerms, SectionProfile, TermShares, WEIGHTS } from './features.ts';
import { inOrder, isLikely, type Likely, likely, weighed } from './likely.ts';
import type { ClausePlace } from './outline.ts';
import { TextIndex, type Wanted } from './text-index.ts';
import { languageOf, wordsOf } from './words.ts';

/** What suggestions read of a recommendation. */
export interface SuggestedText {
  id: string;
  title: string;
  text: string;
  terms: FittingTerms;
}

/** A clause that recommendations are looked for. */
export interface ClauseQuery {
  text: string;
  place: Pick<ClausePlace, 'heading' | 'leads'>;
  /** What it is linked to: left out. */
  linked: ReadonlySet<string>;
  /** What other clauses of its section are linked to; once for each link. */
  nearby: readonly string[];
}

const NOWHERE = { heading: '', leads: [] };

/** A clause's words, those of what it completes, and those of its heading. */
function wantedOf(text: string, { heading, leads }: ClauseQuery['place']): Wanted[] {
  const language = languageOf([text, ...leads, heading].join('\n'));
  return [
    ...weighed(wordsOf(text, language), 1),
    ...leads.flatMap((lead) => weighed(wordsOf(lead, language), WEIGHTS.lead)),
    ...weighed(wordsOf(heading, language), WEIGHTS.heading),
  ];
}

/** A library's recommendations, of which the likely ones for a clause are found. */
export class RecommendationIndex {
  readonly #index = new TextIndex({ title: WEIGHTS.title, text: 1 });
  readonly #terms = new Map<string, FittingTerms>();
  #shares: TermShares | null = null;

  get size(): number {
    return this.#index.size;
  }

  /** Takes one in, in place of what it was; what is merged or deleted is taken out. */
  put({ id, title, text, terms }: SuggestedText): void {
    const language = languageOf(`${title}\n${text}`);
    this.#index.put(id, { title: wordsOf(title, language), text: wordsOf(text, language) });
    this.setTerms(id, terms);
  }

  /** Its terms, when these alone are others now. */
  setTerms(id: string, terms: FittingTerms): void {
    this.#terms.set(id, terms);
    this.#shares = null;
  }

  delete(id: string): void {
    this.#index.delete(id);
    this.#terms.delete(id);
    this.#shares = null;
  }

  get shares(): TermShares {
    this.#shares ??= new TermShares(this.#terms.values());
    return this.#shares;
  }

  termsOf(id: string): FittingTerms | undefined {
    return this.#terms.get(id);
  }

  /**
   * The likely recommendations of a clause, best first; none while nothing is likely.
   * @param vectors the clause's and the recommendations' meaning, when a model is at hand
   */
  suggest(
    query: ClauseQuery,
    limit: number,
    vectors: { clause: Float32Array; of: Iterable<readonly [string, Float32Array]> } | null = null,
  ): Likely[] {
    const nearby = new Set(query.nearby);
    const terms = query.nearby.flatMap((id) => this.#terms.get(id) ?? []);
    const profile = new SectionProfile(terms, this.shares);
    const wanted = wantedOf(query.text, query.place);
    const list: Likely[] = [];
    for (const hit of this.#index.find(wanted)) {
      const has = this.#terms.get(hit.id);
      if (!has || query.linked.has(hit.id) || !isLikely(hit, this.#index)) continue;
      const fit = profile.fit(has);
      const near = nearby.has(hit.id);
      if (near) fit.factor += WEIGHTS.section;
      list.push(likely(hit, fit, near));
    }
    const found = inOrder(list);
    if (vectors === null) return found.slice(0, limit);
    const others = [...vectors.of].filter(([id]) => this.#terms.has(id) && !query.linked.has(id));
    return fuse(found, byMeaning(vectors.clause, others)).slice(0, limit);
  }

  /** Ids by the words of a clause alone: what is measured beside suggestions. */
  byWords(text: string): string[] {
    return this.#index.find(wantedOf(text, NOWHERE)).map(({ id }) => id);
  }
}
