import { anchor, type NewComment, type NewThread, type Thread } from '@zerodraft/contract';
import { groupBy } from '@zerodraft/schema';
import type { Database } from '../db/database.ts';

interface PersonRow {
  id: string;
  name: string;
  organisation: string | null;
}

/** Those who wrote in a draft, members or not: what somebody said keeps their name when they leave. */
async function peopleOf(db: Database, draftId: string): Promise<Map<string, PersonRow>> {
  const rows = await db
    .selectFrom('user')
    .leftJoin('member', (join) =>
      join
        .onRef('member.userId', '=', 'user.id')
        .on('member.processId', '=', (eb) =>
          eb.selectFrom('draft').select('draft.processId').where('draft.id', '=', draftId),
        ),
    )
    .select(['user.id', 'user.name', 'member.organisation'])
    .where(({ eb, or, selectFrom }) =>
      or([
        eb(
          'user.id',
          'in',
          selectFrom('comment')
            .innerJoin('thread', 'thread.id', 'comment.threadId')
            .select('comment.authorId')
            .where('thread.draftId', '=', draftId),
        ),
        eb(
          'user.id',
          'in',
          selectFrom('thread')
            .select('resolvedBy')
            .where('draftId', '=', draftId)
            .where('resolvedBy', 'is not', null)
            .$narrowType<{ resolvedBy: string }>(),
        ),
      ]),
    )
    .execute();
  return new Map(rows.map((row) => [row.id, row]));
}

/** All threads of a draft with their comments, oldest first. */
export async function listThreads(db: Database, draftId: string): Promise<Thread[]> {
  const [people, threads, comments] = await Promise.all([
    peopleOf(db, draftId),
    db
      .selectFrom('thread')
      .selectAll()
      .where('draftId', '=', draftId)
      .orderBy('createdAt')
      .orderBy('id')
      .execute(),
    db
      .selectFrom('comment')
      .innerJoin('thread', 'thread.id', 'comment.threadId')
      .selectAll('comment')
      .where('thread.draftId', '=', draftId)
      .orderBy('comment.createdAt')
      .orderBy('comment.id')
      .execute(),
  ]);
  const nobody = (id: string): PersonRow => ({ id, name: 'Former member', organisation: null });
  const byThread = groupBy(comments, (row) => row.threadId);
  return threads.map((row) => ({
    id: row.id,
    clauseId: row.clauseId,
    anchor: anchor.parse(JSON.parse(row.anchor)),
    quote: row.quote,
    resolved: row.resolvedAt !== null,
    resolvedBy: row.resolvedBy === null ? null : (people.get(row.resolvedBy) ?? nobody(row.resolvedBy)),
    createdAt: row.createdAt,
    comments: (byThread.get(row.id) ?? []).map(({ id, authorId, body, createdAt }) => ({
      id,
      author: people.get(authorId) ?? nobody(authorId),
      body,
      createdAt,
    })),
  }));
}

/** Starts a thread with its first comment. Sent twice, it is kept once. */
export async function createThread(
  db: Database,
  draftId: string,
  authorId: string,
  input: NewThread,
): Promise<void> {
  const createdAt = new Date().toISOString();
  await db.transaction().execute(async (trx) => {
    await trx
      .insertInto('thread')
      .values({
        id: input.id,
        draftId,
        clauseId: input.clauseId,
        anchor: JSON.stringify(input.anchor),
        quote: input.quote,
        resolvedBy: null,
        resolvedAt: null,
        createdAt,
      })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .execute();
    await trx
      .insertInto('comment')
      .values({ id: input.commentId, threadId: input.id, authorId, body: input.body, createdAt })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .execute();
  });
}

/** The draft that a thread belongs to; null when there is no such thread. */
export async function threadDraft(db: Database, threadId: string): Promise<string | null> {
  const row = await db.selectFrom('thread').select('draftId').where('id', '=', threadId).executeTakeFirst();
  return row?.draftId ?? null;
}

/** Adds a reply. Sent twice, it is kept once. */
export async function addComment(
  db: Database,
  threadId: string,
  authorId: string,
  input: NewComment,
): Promise<void> {
  await db
    .insertInto('comment')
    .values({ id: input.id, threadId, authorId, body: input.body, createdAt: new Date().toISOString() })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute();
}

/** Resolves or reopens a thread. */
export async function setResolved(
  db: Database,
  threadId: string,
  userId: string,
  resolved: boolean,
): Promise<void> {
  await db
    .updateTable('thread')
    .set(
      resolved
        ? { resolvedBy: userId, resolvedAt: new Date().toISOString() }
        : { resolvedBy: null, resolvedAt: null },
    )
    .where('id', '=', threadId)
    .execute();
}
