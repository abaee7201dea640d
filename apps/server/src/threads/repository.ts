import type { Comment, Person, Thread, ThreadList } from '@zerodraft/contract';
import { groupBy } from '@zerodraft/schema';
import { sql } from 'kysely';
import { z } from 'zod';
import type { Database } from '../db/database.ts';
import { peopleOf, shownComment } from './people.ts';
import { placedOf } from './places.ts';
import { visibleIn } from './visible.ts';

const labelList = z.array(z.string());

/** The comments of threads, oldest first, by thread. */
async function commentsOf(
  db: Database,
  threadIds: readonly string[],
  person: (id: string) => Person,
): Promise<Map<string, Comment[]>> {
  // One parameter, however many there are.
  const these = sql<boolean>`comment.threadId in (select value from json_each(${JSON.stringify(threadIds)}))`;
  const [comments, reactions] = await Promise.all([
    db.selectFrom('comment').selectAll().where(these).orderBy('createdAt').orderBy('id').execute(),
    db
      .selectFrom('comment_reaction')
      .innerJoin('comment', 'comment.id', 'comment_reaction.commentId')
      .select(['comment_reaction.commentId', 'comment_reaction.userId', 'comment_reaction.reaction'])
      .where(these)
      .orderBy('comment_reaction.at')
      .execute(),
  ]);
  const reactionsOf = groupBy(reactions, ({ commentId }) => commentId);
  const shown = comments.map(({ threadId, ...row }) => ({
    threadId,
    comment: {
      ...shownComment(row, person),
      reactions: [...groupBy(reactionsOf.get(row.id) ?? [], ({ reaction }) => reaction)].map(
        ([reaction, given]) => ({ reaction, people: given.map(({ userId }) => person(userId)) }),
      ),
    },
  }));
  return new Map(
    [...groupBy(shown, ({ threadId }) => threadId)].map(([threadId, rows]) => [
      threadId,
      rows.map((row) => row.comment),
    ]),
  );
}

/**
 * The threads of a draft that somebody may know of, with their comments, oldest first.
 * @param since only what changed at that time or later
 */
export async function listThreads(
  db: Database,
  draftId: string,
  userId: string,
  since: string | null = null,
): Promise<ThreadList> {
  let query = visibleIn(db, draftId, userId)
    .leftJoin('thread_read', (join) =>
      join.onRef('thread_read.threadId', '=', 'thread.id').on('thread_read.userId', '=', userId),
    )
    .leftJoin('thread_mute', (join) =>
      join.onRef('thread_mute.threadId', '=', 'thread.id').on('thread_mute.userId', '=', userId),
    )
    .selectAll('thread')
    .select(['thread_read.upTo as readUpTo', 'thread_mute.userId as mutedBy']);
  if (since !== null) query = query.where('thread.changedAt', '>=', since);
  const rows = await query.orderBy('thread.createdAt').orderBy('thread.id').execute();
  const person = await peopleOf(db, draftId);
  const comments = await commentsOf(
    db,
    rows.map(({ id }) => id),
    person,
  );
  const threads = rows.map((row): Thread => {
    const { stateBy, stateAt, stateReason, roundId, roundName, createdBy } = row;
    const own = comments.get(row.id) ?? [];
    return {
      ...placedOf(row),
      quote: row.quote,
      visibility: row.visibility,
      state: row.state,
      decided:
        stateBy === null || stateAt === null
          ? null
          : { by: person(stateBy), at: stateAt, reason: stateReason },
      assignee: row.assigneeId === null ? null : person(row.assigneeId),
      dueOn: row.dueOn,
      labels: labelList.parse(JSON.parse(row.labels)),
      round: roundId === null || roundName === null ? null : { id: roundId, name: roundName },
      createdBy: own[0]?.author ?? person(createdBy ?? ''),
      createdAt: row.createdAt,
      changedAt: row.changedAt,
      readUpTo: row.readUpTo,
      muted: row.mutedBy !== null,
      comments: own,
    };
  });
  // Of what is private nothing shows in the cursor either: it is the time of a change that this person can see.
  const cursor = rows.reduce<string | null>(
    (newest, { changedAt }) => (newest === null || changedAt > newest ? changedAt : newest),
    since,
  );
  return { threads, cursor };
}
