import type { Relation } from '@zerodraft/trace';
import type { Database } from '../db/database.ts';

/** A link as its index names it, merges not followed. */
export interface IndexedLink {
  clauseId: string;
  recommendationId: string;
  relation: Relation;
}

/** The links of drafts, kept in memory; of a draft whose index has moved on they are read again. */
export class IndexedLinks {
  readonly #known = new Map<string, { revision: number; links: IndexedLink[] }>();

  constructor(private readonly db: Database) {}

  /** By draft; one whose links were never read is left out. */
  async of(draftIds: readonly string[]): Promise<Map<string, readonly IndexedLink[]>> {
    const found = new Map<string, readonly IndexedLink[]>();
    if (draftIds.length === 0) return found;
    const rows = await this.db
      .selectFrom('draft_links')
      .select(['draftId', 'revision'])
      .where('draftId', 'in', draftIds)
      .execute();
    for (const { draftId, revision } of rows) {
      let known = this.#known.get(draftId);
      if (known?.revision !== revision) {
        known = { revision, links: await this.#read(draftId) };
        this.#known.set(draftId, known);
      }
      found.set(draftId, known.links);
    }
    return found;
  }

  #read(draftId: string): Promise<IndexedLink[]> {
    return this.db
      .selectFrom('clause_link')
      .select(['clauseId', 'recommendationId', 'relation'])
      .where('draftId', '=', draftId)
      .execute();
  }
}
