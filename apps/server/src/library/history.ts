import { changedFields, type LinkedClause, type RecommendationEvent, type Viewer } from '@zerodraft/contract';
import { sql } from 'kysely';
import type { Database } from '../db/database.ts';
import { readMerged } from './repository.ts';

/** The history of a recommendation and of what was merged into it, newest first. */
export async function readHistory(
  db: Database,
  processId: string,
  id: string,
): Promise<RecommendationEvent[]> {
  const own = [id, ...((await readMerged(db, processId)).get(id) ?? [])];
  const rows = await db
    .selectFrom('recommendation_change as change')
    .leftJoin('user', 'user.id', 'change.userId')
    .select(['change.id', 'change.kind', 'change.at', 'change.batch', 'change.before', 'change.after'])
    .select(['change.recommendationId', 'change.userId', 'user.name'])
    .select(
      sql<number>`(select count(*) from recommendation_change b where b.batch = change.batch)`.as('rows'),
    )
    .where('change.recommendationId', 'in', own)
    .orderBy('change.id', 'desc')
    .execute();
  return rows.map(({ userId, name, before, after, ...row }) => ({
    ...row,
    by: userId === null || name === null ? null : { id: userId, name },
    before: changedFields.parse(JSON.parse(before)),
    after: changedFields.parse(JSON.parse(after)),
  }));
}

/** Where a recommendation, or what was merged into it, is linked in these drafts. */
export async function readLinkedClauses(
  db: Database,
  processId: string,
  id: string,
  draftIds: readonly string[],
): Promise<LinkedClause[]> {
  const own = [id, ...((await readMerged(db, processId)).get(id) ?? [])];
  return db
    .selectFrom('clause_link')
    .innerJoin('draft', 'draft.id', 'clause_link.draftId')
    .select(['draftId', 'draft.title as draftTitle', 'clauseId', 'citation', 'relation', 'recommendationId'])
    .where('recommendationId', 'in', own)
    .where('draftId', 'in', draftIds)
    .orderBy('draft.title')
    .orderBy('draftId')
    .orderBy('clauseId')
    .execute();
}

/** The drafts of a process that somebody may see. */
export async function visibleDrafts(
  db: Database,
  processId: string,
  viewer: Pick<Viewer, 'id' | 'role'>,
): Promise<string[]> {
  const rows = await db
    .selectFrom('draft')
    .leftJoin('draft_member', (join) =>
      join.onRef('draft_member.draftId', '=', 'draft.id').on('draft_member.userId', '=', viewer.id),
    )
    .select(['draft.id', 'draft_member.role'])
    .where('draft.processId', '=', processId)
    .where('draft.state', '!=', 'deleted')
    .execute();
  return rows.filter(({ role }) => viewer.role === 'facilitator' || role !== 'none').map(({ id }) => id);
}
