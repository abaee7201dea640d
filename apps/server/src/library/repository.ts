import { randomUUID } from 'node:crypto';
import { MARK_END, MARK_START, type RecommendationView, type SearchHit } from '@zerodraft/contract';
import { passage, type RecommendationInput, type RecommendationSummary } from '@zerodraft/trace';
import { type Selectable, sql } from 'kysely';
import { z } from 'zod';
import type { Database } from '../db/database.ts';
import type { Tables } from '../db/schema.ts';
import { searchExpression } from './search-expression.ts';

const MAX_HITS = 5_000;
const labels = z.array(z.string());

function parse(row: Selectable<Tables['recommendation']>): RecommendationView {
  const {
    seq: _seq,
    processId: _process,
    createdAt: _created,
    updatedAt: _updated,
    themes,
    dimensions,
    ...fields
  } = row;
  return {
    ...fields,
    themes: labels.parse(JSON.parse(themes)),
    dimensions: labels.parse(JSON.parse(dimensions)),
    passage: row.passage === null ? null : passage.parse(JSON.parse(row.passage)),
  };
}

/** All recommendations of a process by reference, without their texts. */
export async function listRecommendations(db: Database, processId: string): Promise<RecommendationSummary[]> {
  const rows = await db
    .selectFrom('recommendation')
    .selectAll()
    .where('processId', '=', processId)
    .orderBy('reference')
    .execute();
  return rows.map((row) => {
    const { text: _text, passage: _passage, ...summary } = parse(row);
    return summary;
  });
}

/** One recommendation whole, or null. */
export async function findRecommendation(
  db: Database,
  processId: string,
  id: string,
): Promise<RecommendationView | null> {
  const row = await db
    .selectFrom('recommendation')
    .selectAll()
    .where('processId', '=', processId)
    .where('id', '=', id)
    .executeTakeFirst();
  return row ? parse(row) : null;
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
      highlight(recommendation_fts, 1, ${MARK_START}, ${MARK_END}) as title,
      snippet(recommendation_fts, 2, ${MARK_START}, ${MARK_END}, '…', 24) as excerpt
    from recommendation_fts join recommendation r on r.seq = recommendation_fts.rowid
    where recommendation_fts match ${expression} and r.processId = ${processId}
    order by bm25(recommendation_fts, 8.0, 4.0, 1.0, 2.0, 1.0), r.reference
    limit ${MAX_HITS}`.execute(db);
  return rows;
}

/** What keeping some recommendations would do, or did. */
export interface UpsertResult {
  added: number;
  updated: number;
  unchanged: number;
}

/** A recommendation's fields as columns. */
export function columnsOf(input: RecommendationInput) {
  return { ...input, themes: JSON.stringify(input.themes), dimensions: JSON.stringify(input.dimensions) };
}

/**
 * Adds recommendations, or updates those whose reference is known; all or none.
 * @param commit false only counts what would happen
 */
export async function upsertRecommendations(
  db: Database,
  processId: string,
  inputs: readonly RecommendationInput[],
  commit: boolean,
): Promise<UpsertResult> {
  const run = async (trx: Database): Promise<UpsertResult> => {
    const existing = await trx
      .selectFrom('recommendation')
      .selectAll()
      .where('processId', '=', processId)
      .execute();
    const byReference = new Map(existing.map((row) => [row.reference, row]));
    const result: UpsertResult = { added: 0, updated: 0, unchanged: 0 };
    const now = new Date().toISOString();
    for (const input of inputs) {
      const columns = columnsOf(input);
      const known = byReference.get(input.reference);
      if (known === undefined) {
        result.added += 1;
        if (commit) {
          await trx
            .insertInto('recommendation')
            .values({ ...columns, id: randomUUID(), processId, createdAt: now, updatedAt: now })
            .execute();
        }
        continue;
      }
      const current: Record<string, unknown> = known;
      if (Object.entries(columns).every(([name, value]) => current[name] === value)) {
        result.unchanged += 1;
        continue;
      }
      result.updated += 1;
      if (commit) {
        await trx
          .updateTable('recommendation')
          .set({ ...columns, updatedAt: now })
          .where('id', '=', known.id)
          .execute();
      }
    }
    return result;
  };
  return db.isTransaction ? run(db) : db.transaction().execute(run);
}
