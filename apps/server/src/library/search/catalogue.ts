import { type Disposition, reflects, survivorOf, type TaxonomyName } from '@zerodraft/trace';
import type { Database } from '../../db/database.ts';
import { noTerms, Terms } from '../../taxonomies/terms.ts';
import { IndexedLinks } from '../indexed-links.ts';

/** What the search holds of a recommendation: all that it filters, counts and sorts by. */
export interface Entry {
  seq: number;
  id: string;
  version: number;
  reference: string;
  title: string;
  source: string;
  session: string;
  date: string | null;
  disposition: Disposition;
  sourceId: string | null;
  updatedAt: string;
  mergedIntoId: string | null;
  live: boolean;
  /** Among those that are live, by reference. */
  position: number;
  terms: Record<TaxonomyName, string[]>;
}

/** How a recommendation is linked: to how many clauses, and whether one of them reflects it. */
export interface Linked {
  clauses: number;
  reflected: boolean;
}

/**
 * The library of one process in memory. Counting by facet looks at every recommendation: from rows of the database that
 * takes ten times as long as from here. What changed since is read before each search.
 */
export class Catalogue {
  readonly #bySeq = new Map<number, Entry>();
  readonly #byId = new Map<string, Entry>();
  #live: Entry[] = [];
  #changed = 0;
  #terms = new Terms([]);
  readonly #links: IndexedLinks;

  constructor(
    private readonly db: Database,
    private readonly processId: string,
  ) {
    this.#links = new IndexedLinks(db);
  }

  get terms(): Terms {
    return this.#terms;
  }

  /** What is neither merged nor deleted, by reference. */
  get live(): readonly Entry[] {
    return this.#live;
  }

  /** One that is neither merged nor deleted. */
  find(seq: number): Entry | undefined {
    const entry = this.#bySeq.get(seq);
    return entry?.live ? entry : undefined;
  }

  /** Takes in what was committed since the last time. */
  async refresh(): Promise<void> {
    const { db, processId } = this;
    this.#terms = await Terms.read(db, processId);
    const rows = await db
      .selectFrom('recommendation')
      .select(['seq', 'id', 'version', 'reference', 'title', 'source', 'session', 'date', 'disposition'])
      .select(['sourceId', 'updatedAt', 'mergedIntoId', 'deletedAt', 'changed'])
      .where('processId', '=', processId)
      .where('changed', '>', this.#changed)
      .execute();
    if (rows.length === 0) return;
    const pairs = await db
      .selectFrom('recommendation_term')
      .innerJoin('recommendation', 'recommendation.id', 'recommendation_term.recommendationId')
      .innerJoin('term', 'term.id', 'recommendation_term.termId')
      .select(['recommendation.seq', 'termId', 'taxonomy'])
      .where('recommendation.processId', '=', processId)
      .where('changed', '>', this.#changed)
      .execute();
    for (const { deletedAt, changed, ...row } of rows) {
      const live = deletedAt === null && row.mergedIntoId === null;
      const entry: Entry = { ...row, live, position: 0, terms: noTerms() };
      this.#bySeq.set(row.seq, entry);
      this.#byId.set(row.id, entry);
      if (changed > this.#changed) this.#changed = changed;
    }
    for (const { seq, termId, taxonomy } of pairs) this.#bySeq.get(seq)?.terms[taxonomy].push(termId);
    this.#live = [...this.#bySeq.values()]
      .filter(({ live }) => live)
      .sort((a, b) => (a.reference < b.reference ? -1 : 1));
    for (const [position, entry] of this.#live.entries()) entry.position = position;
  }

  /** The clauses of these drafts that each recommendation is linked to, merges followed. */
  async links(draftIds: readonly string[]): Promise<Map<string, Linked>> {
    const clauses = new Map<string, Set<string>>();
    const reflected = new Set<string>();
    for (const [draftId, links] of await this.#links.of(draftIds)) {
      for (const { clauseId, recommendationId, relation } of links) {
        const survivor = survivorOf(recommendationId, (one) => this.#byId.get(one)?.mergedIntoId);
        const own = clauses.get(survivor) ?? new Set();
        own.add(`${draftId}/${clauseId}`);
        clauses.set(survivor, own);
        if (reflects(relation)) reflected.add(survivor);
      }
    }
    return new Map(
      [...clauses].map(([id, own]) => [id, { clauses: own.size, reflected: reflected.has(id) }]),
    );
  }

  /** How many were merged into each, directly or by way of another. */
  mergedCounts(): Map<string, number> {
    const counts = new Map<string, number>();
    for (const { mergedIntoId } of this.#bySeq.values()) {
      for (let at = mergedIntoId; at; at = this.#byId.get(at)?.mergedIntoId ?? null)
        counts.set(at, (counts.get(at) ?? 0) + 1);
    }
    return counts;
  }
}
