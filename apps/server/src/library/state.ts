import type { ChangedFields } from '@zerodraft/contract';
import {
  type Disposition,
  type Passage,
  passage,
  recommendationFields,
  type TaxonomyName,
} from '@zerodraft/trace';
import { sql } from 'kysely';
import type { Database } from '../db/database.ts';
import type { Terms } from '../taxonomies/terms.ts';

/** The columns of a recommendation that people change. */
export const COLUMNS = recommendationFields.keyof().options;

/** All that can change of a recommendation, as it is now. */
export interface State {
  id: string;
  version: number;
  reference: string;
  title: string;
  text: string;
  source: string;
  document: string;
  locator: string;
  date: string | null;
  session: string;
  phase: string;
  language: string;
  disposition: Disposition;
  dispositionReason: string;
  sourceId: string | null;
  passage: Passage | null;
  mergedInto: string | null;
  deletedAt: string | null;
  createdAt: string;
  updatedAt: string;
  terms: Record<TaxonomyName, string[]>;
}

/** A list of ids as one parameter, however long. */
export const listed = (ids: readonly string[]) =>
  sql<string>`(select value from json_each(${JSON.stringify(ids)}))`;

/**
 * Recommendations as they are now.
 * @param which some ids; `live` are all that are neither merged nor deleted; `all` are these as well
 */
export async function readStates(
  db: Database,
  processId: string,
  terms: Terms,
  which: readonly string[] | 'live' | 'all',
): Promise<State[]> {
  // Of some, the ids are looked up; the process (with a sign that hides its index) is only compared.
  const own = typeof which === 'string' ? sql.ref('processId') : sql`+${sql.ref('processId')}`;
  let query = db.selectFrom('recommendation').selectAll().where(own, '=', processId);
  if (which === 'live') query = query.where('deletedAt', 'is', null).where('mergedIntoId', 'is', null);
  else if (which !== 'all') query = query.where('id', 'in', listed(which));
  const rows = await query.orderBy('reference').execute();
  const of = new Map<string, string[]>(rows.map(({ id }) => [id, []]));
  const pairs =
    typeof which === 'string'
      ? db
          .selectFrom('recommendation_term')
          .innerJoin('recommendation', 'recommendation.id', 'recommendation_term.recommendationId')
          .select(['recommendationId', 'termId'])
          .where('processId', '=', processId)
      : db
          .selectFrom('recommendation_term')
          .select(['recommendationId', 'termId'])
          .where('recommendationId', 'in', listed(which));
  for (const { recommendationId, termId } of await pairs.execute()) of.get(recommendationId)?.push(termId);
  return rows.map(
    ({ seq: _seq, processId: _process, changed: _changed, fileId: _file, mergedIntoId, ...row }) => ({
      ...row,
      mergedInto: mergedIntoId,
      passage: row.passage === null ? null : passage.parse(JSON.parse(row.passage)),
      terms: terms.sort(of.get(row.id) ?? []),
    }),
  );
}

/** One recommendation's fields as history names them. */
export function fieldsOf(state: State): Required<ChangedFields> {
  const {
    id: _id,
    version: _version,
    passage: _passage,
    createdAt: _created,
    updatedAt: _updated,
    ...rest
  } = state;
  const { deletedAt, ...fields } = rest;
  return { ...fields, deleted: deletedAt !== null };
}
