import { sql } from 'kysely';
import type { Database } from '../db/database.ts';
import { excerpt } from '../db/full-text.ts';
import { searchExpression } from '../library/search-expression.ts';
import { visibleIn } from './visible.ts';

const MAX_HITS = 1_000;

/** Full-text hits in the comments and quotations of the threads that somebody may know of, best first. */
export async function searchThreads(db: Database, draftId: string, userId: string, query: string) {
  const expression = searchExpression(query);
  if (expression === null) return [];
  return visibleIn(db, draftId, userId)
    .innerJoin('comment_text', 'comment_text.threadId', 'thread.id')
    .innerJoin(
      sql<{ rowid: number; excerpt: string; score: number }>`(
        select rowid, ${excerpt('comment_fts', 'body', expression)} as excerpt, rank as score
        from comment_fts where comment_fts match ${expression})`.as('hit'),
      'hit.rowid',
      'comment_text.seq',
    )
    .select(['thread.id as threadId', 'comment_text.commentId', 'hit.excerpt'])
    .orderBy('hit.score')
    .orderBy('comment_text.seq')
    .limit(MAX_HITS)
    .execute();
}
