import type { RecommendationPage, SearchHit } from '@zerodraft/contract';
import type { Recommendation, RecommendationSummary } from '@zerodraft/trace';
import { sql } from 'kysely';
import type { Database } from '../db/database.ts';
import { excerpt, marked } from '../db/full-text.ts';
import { Terms } from '../taxonomies/terms.ts';
import { searchExpression } from './search-expression.ts';
import { readStates, type State } from './state.ts';

const MAX_HITS = 5_000;

/** Ids of what was merged into each recommendation, also by way of another. */
export async function readMerged(db: Database, processId: string): Promise<Map<string, string[]>> {
  const rows = await db
    .selectFrom('recommendation')
    .select(['id', 'mergedIntoId'])
    .where('processId', '=', processId)
    .where('mergedIntoId', 'is not', null)
    .orderBy('seq')
    .execute();
  const parent = new Map(rows.map(({ id, mergedIntoId }) => [id, mergedIntoId]));
  const merged = new Map<string, string[]>();
  for (const { id } of rows) {
    for (let at = parent.get(id); at; at = parent.get(at)) {
      const list = merged.get(at) ?? [];
      list.push(id);
      merged.set(at, list);
    }
  }
  return merged;
}

/** A recommendation and what was merged into it, which count as one; empty when there is none of this id. */
export async function withMerged(db: Database, processId: string, id: string): Promise<string[]> {
  const own = await db
    .selectFrom('recommendation')
    .select('id')
    .where('processId', '=', processId)
    .where('id', '=', id)
    .executeTakeFirst();
  return own ? [id, ...((await readMerged(db, processId)).get(id) ?? [])] : [];
}

/** A recommendation with its terms by their labels. */
export function withLabels(state: State, terms: Terms, mergedIds: readonly string[]): Recommendation {
  const { terms: ids, passage: _passage, mergedInto: _into, deletedAt: _deleted, ...rest } = state;
  const { createdAt: _created, updatedAt: _updated, ...fields } = rest;
  const one = (list: readonly string[]): string => terms.labelsOf(list)[0] ?? '';
  return {
    ...fields,
    themes: terms.labelsOf(ids.themes),
    dimensions: terms.labelsOf(ids.dimensions),
    kind: one(ids.kinds),
    sourceKind: one(ids.stakeholderKinds),
    region: one(ids.regions),
    mergedIds: [...mergedIds],
  };
}

/** All recommendations of a process that are neither merged nor deleted by reference, without their texts. */
export async function listRecommendations(db: Database, processId: string): Promise<RecommendationSummary[]> {
  const terms = await Terms.read(db, processId);
  const merged = await readMerged(db, processId);
  return (await readStates(db, processId, terms, 'live')).map((state) => {
    const { text: _text, ...summary } = withLabels(state, terms, merged.get(state.id) ?? []);
    return summary;
  });
}

/** One recommendation whole, also when it was merged or deleted; null when there never was one. */
export async function findRecommendation(
  db: Database,
  processId: string,
  id: string,
): Promise<RecommendationPage | null> {
  const terms = await Terms.read(db, processId);
  const [state] = await readStates(db, processId, terms, [id]);
  if (!state) return null;
  const mergedIds = (await readMerged(db, processId)).get(id) ?? [];
  const others = await db
    .selectFrom('recommendation')
    .select(['id', 'reference', 'title'])
    .where('id', 'in', [...mergedIds, state.mergedInto ?? ''])
    .orderBy('reference')
    .execute();
  const into = others.find((other) => other.id === state.mergedInto);
  return {
    ...withLabels(state, terms, mergedIds),
    passage: state.passage,
    terms: state.terms,
    mergedInto: into ? { id: into.id, reference: into.reference } : null,
    merged: others.filter((other) => mergedIds.includes(other.id)),
    deletedAt: state.deletedAt,
    createdAt: state.createdAt,
    updatedAt: state.updatedAt,
  };
}

/** Full-text search, best hit first; empty when the query holds no word. */
export async function searchRecommendations(
  db: Database,
  processId: string,
  query: string,
): Promise<SearchHit[]> {
  const expression = searchExpression(query);
  if (expression === null) return [];
  const { rows } = await sql<SearchHit>`
    select r.id as id,
      ${marked('recommendation_fts', 'title')} as title,
      ${excerpt('recommendation_fts', 'text', expression)} as excerpt
    from recommendation_fts join recommendation r on r.seq = recommendation_fts.rowid
    where recommendation_fts match ${expression} and r.processId = ${processId}
      and r.deletedAt is null and r.mergedIntoId is null
    order by bm25(recommendation_fts, 8.0, 4.0, 1.0, 2.0, 1.0), r.reference
    limit ${MAX_HITS}`.execute(db);
  return rows;
}
