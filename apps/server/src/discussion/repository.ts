import type { DiscussionComment, NewComment, Viewer } from '@zerodraft/contract';
import type { Database } from '../db/database.ts';
import { peopleIn, shownComment } from '../threads/people.ts';
import type { Kept } from '../threads/write.ts';

/** Where a comment stands. */
export interface Place {
  processId: string;
  recommendationId: string;
}

/** What the team says about some recommendations, oldest first. */
export async function listDiscussion(
  db: Database,
  processId: string,
  recommendationIds: readonly string[],
): Promise<DiscussionComment[]> {
  const rows = await db
    .selectFrom('discussion_comment as said')
    .innerJoin('recommendation', 'recommendation.id', 'said.recommendationId')
    .selectAll('said')
    .select('recommendation.reference')
    .where('said.recommendationId', 'in', recommendationIds)
    .orderBy('said.createdAt')
    .orderBy('said.seq')
    .execute();
  const person = await peopleIn(db, processId);
  return rows.map((row) => ({
    ...shownComment(row, person),
    recommendation: { id: row.recommendationId, reference: row.reference },
  }));
}

/** Adds a comment. Sent twice, it is kept once. */
export async function addComment(
  db: Database,
  place: Place,
  { id: authorId, organisation }: Viewer,
  { id, body }: NewComment,
): Promise<Kept> {
  const known = await db
    .selectFrom('discussion_comment')
    .select(['recommendationId', 'authorId'])
    .where('id', '=', id)
    .executeTakeFirst();
  if (known)
    return known.recommendationId === place.recommendationId && known.authorId === authorId
      ? 'known'
      : 'taken';
  const createdAt = new Date().toISOString();
  await db
    .insertInto('discussion_comment')
    .values({ ...place, id, authorId, organisation, body, createdAt })
    .execute();
  return 'new';
}

export interface CommentRow {
  id: string;
  authorId: string;
  body: string;
  deletedAt: string | null;
}

export async function findComment(db: Database, place: Place, id: string): Promise<CommentRow | null> {
  const row = await db
    .selectFrom('discussion_comment')
    .select(['id', 'authorId', 'body', 'deletedAt'])
    .where('id', '=', id)
    .where('processId', '=', place.processId)
    .where('recommendationId', '=', place.recommendationId)
    .executeTakeFirst();
  return row ?? null;
}

/** Puts another body in a comment's place, or none when it is deleted; what stood there is kept as its trace. */
export async function rewriteComment(
  db: Database,
  { id, body: earlier }: CommentRow,
  byId: string,
  body: string | null,
): Promise<void> {
  const at = new Date().toISOString();
  await db.insertInto('discussion_edit').values({ commentId: id, body: earlier, until: at, byId }).execute();
  await db
    .updateTable('discussion_comment')
    .set(body === null ? { body: '', deletedBy: byId, deletedAt: at } : { body, editedAt: at })
    .where('id', '=', id)
    .execute();
}

/** Earlier bodies of a comment, oldest first. */
export async function listVersions(db: Database, processId: string, commentId: string) {
  const person = await peopleIn(db, processId);
  const rows = await db
    .selectFrom('discussion_edit')
    .select(['body', 'until', 'byId'])
    .where('commentId', '=', commentId)
    .orderBy('id')
    .execute();
  return rows.map(({ byId, ...version }) => ({ ...version, by: person(byId) }));
}

/** Who has read a discussion need not be told of it again. */
export async function markDiscussionRead(
  db: Database,
  userId: string,
  recommendationIds: readonly string[],
): Promise<number> {
  const { numUpdatedRows } = await db
    .updateTable('notification')
    .set({ readAt: new Date().toISOString() })
    .where('userId', '=', userId)
    .where('recommendationId', 'in', recommendationIds)
    .where('readAt', 'is', null)
    .executeTakeFirst();
  return Number(numUpdatedRows);
}
