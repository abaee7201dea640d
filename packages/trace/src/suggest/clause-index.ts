import { type Block, isClauseKind } from '@zerodraft/schema';
import { byMeaning, fuse } from './embedder.ts';
import { type FittingTerms, SectionProfile, type TermShares, WEIGHTS } from './features.ts';
import { inOrder, isLikely, type Likely, likely, weighed } from './likely.ts';
import { type ClausePlace, outlineOf } from './outline.ts';
import type { SuggestedText } from './recommendation-index.ts';
import { TextIndex } from './text-index.ts';
import { languageOf, wordsOf } from './words.ts';

/** A link as suggestions read it, merges followed. */
export interface KnownLink {
  clauseId: string;
  recommendationId: string;
}

/** A draft's clauses, of which the likely ones for a recommendation are found. */
export class ClauseIndex {
  readonly #index = new TextIndex({ text: 1, leads: WEIGHTS.lead, heading: WEIGHTS.heading });
  readonly #places: ReadonlyMap<string, ClausePlace>;
  readonly #texts = new Map<string, string>();

  constructor(blocks: readonly Block[]) {
    this.#places = outlineOf(blocks);
    for (const { id, kind, text } of blocks) {
      const place = this.#places.get(id);
      if (!place || !isClauseKind(kind) || text.trim() === '') continue;
      const leads = place.leads.join('\n');
      const language = languageOf(`${text}\n${leads}\n${place.heading}`);
      this.#index.put(id, {
        text: wordsOf(text, language),
        leads: wordsOf(leads, language),
        heading: wordsOf(place.heading, language),
      });
      this.#texts.set(id, text);
    }
  }

  placeOf(clauseId: string): ClausePlace | undefined {
    return this.#places.get(clauseId);
  }

  /** Of each clause with text, by id. */
  get texts(): ReadonlyMap<string, string> {
    return this.#texts;
  }

  /** What the other clauses of a clause's section are linked to; once for each link. */
  nearby(clauseId: string, links: readonly KnownLink[]): string[] {
    const sectionId = this.#places.get(clauseId)?.sectionId;
    if (sectionId === undefined) return [];
    return links
      .filter(
        (link) => link.clauseId !== clauseId && this.#places.get(link.clauseId)?.sectionId === sectionId,
      )
      .map(({ recommendationId }) => recommendationId);
  }

  /**
   * The likely clauses of a recommendation, best first; those it is linked to are left out.
   * @param links all of the draft
   * @param termsOf terms of what is linked
   * @param vectors the recommendation's and the clauses' meaning, when a model is at hand
   */
  suggest(
    { id, title, text, terms }: SuggestedText,
    links: readonly KnownLink[],
    library: { shares: TermShares; termsOf: (id: string) => FittingTerms | undefined },
    limit: number,
    vectors: { recommendation: Float32Array; of: Iterable<readonly [string, Float32Array]> } | null = null,
  ): Likely[] {
    const language = languageOf(`${title}\n${text}`);
    const words = [
      ...weighed(wordsOf(title, language), WEIGHTS.title),
      ...weighed(wordsOf(text, language), 1),
    ];
    const linked = new Set(links.filter((link) => link.recommendationId === id).map((link) => link.clauseId));
    const profiles = this.#profiles(id, links, library);
    const list = this.#index.find(words).flatMap((hit) => {
      if (linked.has(hit.id) || !isLikely(hit, this.#index)) return [];
      const section = profiles.get(this.#places.get(hit.id)?.sectionId ?? '');
      const fit = section?.profile.fit(terms) ?? { factor: 1, terms: [] };
      const near = section?.own ?? false;
      if (near) fit.factor += WEIGHTS.section;
      return [likely(hit, fit, near)];
    });
    const found = inOrder(list);
    if (vectors === null) return found.slice(0, limit);
    const others = [...vectors.of].filter(([clauseId]) => this.#texts.has(clauseId) && !linked.has(clauseId));
    return fuse(found, byMeaning(vectors.recommendation, others)).slice(0, limit);
  }

  /** What each section is about by its links, those of the recommendation itself left out. */
  #profiles(
    id: string,
    links: readonly KnownLink[],
    library: { shares: TermShares; termsOf: (id: string) => FittingTerms | undefined },
  ) {
    const sections = new Map<string, { terms: FittingTerms[]; own: boolean }>();
    for (const { clauseId, recommendationId } of links) {
      const sectionId = this.#places.get(clauseId)?.sectionId;
      if (sectionId === undefined) continue;
      const section = sections.get(sectionId) ?? { terms: [], own: false };
      sections.set(sectionId, section);
      const terms = library.termsOf(recommendationId);
      if (recommendationId === id) section.own = true;
      else if (terms) section.terms.push(terms);
    }
    return new Map(
      [...sections].map(([sectionId, { terms, own }]) => [
        sectionId,
        { profile: new SectionProfile(terms, library.shares), own },
      ]),
    );
  }
}
