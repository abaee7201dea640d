import { survivorOf } from '@zerodraft/trace';
import {
  FITTING,
  type FittingTerms,
  RecommendationIndex,
  type SuggestedText,
} from '@zerodraft/trace/suggest';
import type { Database } from '../../db/database.ts';
import { Terms } from '../../taxonomies/terms.ts';
import { type IndexedLink, IndexedLinks } from '../indexed-links.ts';

/** What is told of a recommendation that is suggested. */
interface Known extends SuggestedText {
  reference: string;
  source: string;
  /** As they were given: a merged term stands for what it became. */
  termIds: string[];
}

/** One process's recommendations and links as suggestions read them; what changed since is read before each. */
export class SuggestedLibrary {
  readonly index = new RecommendationIndex();
  readonly #live = new Map<string, Known>();
  readonly #merged = new Map<string, string>();
  readonly #links: IndexedLinks;
  #changed = 0;
  #terms = new Terms([]);
  /** Which terms were merged into which: when that changes, all recommendations' terms are others. */
  #merges = '';

  constructor(
    private readonly db: Database,
    private readonly processId: string,
  ) {
    this.#links = new IndexedLinks(db);
  }

  get terms(): Terms {
    return this.#terms;
  }

  /** One that is neither merged nor deleted. */
  find(id: string): Known | undefined {
    return this.#live.get(id);
  }

  /** All that are neither merged nor deleted. */
  all(): Iterable<Known> {
    return this.#live.values();
  }

  /** Takes in what was committed since the last time. */
  async refresh(): Promise<void> {
    const { db, processId } = this;
    this.#terms = await Terms.read(db, processId);
    const merges = this.#terms.rows
      .flatMap(({ id, mergedIntoId }) => (mergedIntoId ? `${id} ${mergedIntoId}` : []))
      .join();
    const rows = await db
      .selectFrom('recommendation')
      .select(['id', 'reference', 'title', 'text', 'source', 'mergedIntoId', 'deletedAt', 'changed'])
      .where('processId', '=', processId)
      .where('changed', '>', this.#changed)
      .execute();
    if (rows.length > 0) {
      const pairs = await db
        .selectFrom('recommendation_term')
        .innerJoin('recommendation', 'recommendation.id', 'recommendation_term.recommendationId')
        .select(['recommendationId', 'termId'])
        .where('processId', '=', processId)
        .where('changed', '>', this.#changed)
        .execute();
      const termIds = new Map<string, string[]>(rows.map(({ id }) => [id, []]));
      for (const { recommendationId, termId } of pairs) termIds.get(recommendationId)?.push(termId);
      for (const { mergedIntoId, deletedAt, changed, ...row } of rows) {
        if (changed > this.#changed) this.#changed = changed;
        if (mergedIntoId === null) this.#merged.delete(row.id);
        else this.#merged.set(row.id, mergedIntoId);
        const own = termIds.get(row.id) ?? [];
        if (mergedIntoId === null && deletedAt === null) this.#put({ ...row, termIds: own });
        else this.#remove(row.id);
      }
    }
    if (merges !== this.#merges)
      for (const { id, termIds } of this.#live.values()) this.index.setTerms(id, this.#fitting(termIds));
    this.#merges = merges;
  }

  #put(row: Omit<Known, 'terms'>): void {
    const before = this.#live.get(row.id);
    const terms = this.#fitting(row.termIds);
    const known = { ...row, terms };
    this.#live.set(row.id, known);
    if (before?.title === row.title && before.text === row.text) this.index.setTerms(row.id, terms);
    else this.index.put(known);
  }

  #remove(id: string): void {
    this.#live.delete(id);
    this.index.delete(id);
  }

  #fitting(termIds: readonly string[]): FittingTerms {
    const sorted = this.#terms.sort(termIds);
    return { themes: sorted.themes, dimensions: sorted.dimensions, kinds: sorted.kinds };
  }

  /** The links of a draft, merges followed. */
  async links(draftId: string): Promise<IndexedLink[]> {
    const links = (await this.#links.of([draftId])).get(draftId) ?? [];
    return links.map(({ recommendationId, ...link }) => ({
      ...link,
      recommendationId: survivorOf(recommendationId, (id) => this.#merged.get(id)),
    }));
  }

  /** Labels of terms, in the order of their taxonomies. */
  labelsOf(ids: readonly string[]): string[] {
    const sorted = this.#terms.sort(ids);
    return FITTING.flatMap((taxonomy) => this.#terms.labelsOf(sorted[taxonomy]));
  }
}
