import {
  type ClauseSuggestion,
  MAX_SUGGESTIONS,
  type Suggestion,
  type SuggestionReason,
} from '@zerodraft/contract';
import type { DraftLog } from '@zerodraft/sync';
import type { Likely } from '@zerodraft/trace/suggest';
import type { Database } from '../../db/database.ts';
import { SuggestedDrafts } from './suggested-drafts.ts';
import { SuggestedLibrary } from './suggested-library.ts';
import type { Vectors } from './vectors.ts';

/** Libraries held in memory at once. */
const MAX_LIBRARIES = 8;

export interface ClauseAsked {
  processId: string;
  draftId: string;
  clauseId: string;
  text: string;
}
export interface RecommendationAsked {
  processId: string;
  recommendationId: string;
  /** Those that the person may see. */
  draftIds: readonly string[];
}

/** Finds likely links in what the database holds now. */
export class Suggester {
  readonly #libraries = new Map<string, SuggestedLibrary>();
  readonly #drafts: SuggestedDrafts;

  /** @param vectors what texts mean to a model, where one is configured */
  constructor(
    private readonly db: Database,
    log: Pick<DraftLog, 'read'>,
    private readonly vectors: Vectors | null = null,
  ) {
    this.#drafts = new SuggestedDrafts(db, log);
  }

  /** The likely recommendations of a clause; nothing else than its own draft's links is looked at. */
  async recommendations({ processId, draftId, clauseId, text }: ClauseAsked): Promise<Suggestion[]> {
    const library = await this.#library(processId);
    if (text.trim() === '') return [];
    const { clauses } = await this.#drafts.read(draftId, clauseId);
    const links = await library.links(draftId);
    const linked = links.filter((link) => link.clauseId === clauseId);
    const query = {
      text,
      place: clauses.placeOf(clauseId) ?? { heading: '', leads: [] },
      linked: new Set(linked.map(({ recommendationId }) => recommendationId)),
      nearby: clauses.nearby(clauseId, links),
    };
    const clause = (await this.vectors?.now(text)) ?? null;
    const texts = (): [string, string][] => [...library.all()].map((one) => [one.id, meaningOf(one)]);
    const vectors = this.vectors && clause ? { clause, of: this.vectors.of(texts()) } : null;
    return library.index.suggest(query, MAX_SUGGESTIONS, vectors).flatMap((one) => {
      const known = library.find(one.id);
      if (!known) return [];
      const { id, reference, title, source } = known;
      return [{ id, reference, title, source, why: reasonOf(library, one) }];
    });
  }

  /** The likely clauses of a recommendation; null when there is none, or it was merged or deleted. */
  async clauses({
    processId,
    recommendationId,
    draftIds,
  }: RecommendationAsked): Promise<ClauseSuggestion[] | null> {
    const library = await this.#library(processId);
    const asked = library.find(recommendationId);
    if (!asked) return null;
    const titles = await this.db
      .selectFrom('draft')
      .select(['id', 'title'])
      .where('id', 'in', draftIds)
      .where('processId', '=', processId)
      .execute();
    const recommendation = (await this.vectors?.now(meaningOf(asked))) ?? null;
    const found: { one: Likely; suggestion: ClauseSuggestion }[] = [];
    // Each draft by itself: how rare a word is in one that somebody may not see must not tell in what they see.
    for (const { id: draftId, title: draftTitle } of titles) {
      const { clauses, citations } = await this.#drafts.read(draftId);
      const links = await library.links(draftId);
      const vectors =
        this.vectors && recommendation ? { recommendation, of: this.vectors.of(clauses.texts) } : null;
      for (const one of clauses.suggest(asked, links, library.index, MAX_SUGGESTIONS, vectors)) {
        const place = { draftId, draftTitle, clauseId: one.id, citation: citations.get(one.id) ?? '' };
        const text = clauses.texts.get(one.id) ?? '';
        found.push({ one, suggestion: { ...place, text, why: reasonOf(library, one) } });
      }
    }
    return found
      .sort((a, b) => b.one.score - a.one.score)
      .slice(0, MAX_SUGGESTIONS)
      .map(({ suggestion }) => suggestion);
  }

  async #library(processId: string): Promise<SuggestedLibrary> {
    const library = this.#libraries.get(processId) ?? new SuggestedLibrary(this.db, processId);
    // The one that was asked for last stands last; the first is let go.
    this.#libraries.delete(processId);
    this.#libraries.set(processId, library);
    const [oldest] = this.#libraries.keys();
    if (oldest !== undefined && this.#libraries.size > MAX_LIBRARIES) this.#libraries.delete(oldest);
    await library.refresh();
    return library;
  }
}

/** What a model reads of a recommendation. */
const meaningOf = ({ title, text }: { title: string; text: string }): string => `${title}\n${text}`;

function reasonOf(library: SuggestedLibrary, { why }: Likely): SuggestionReason {
  return { ...why, terms: library.labelsOf(why.terms) };
}
