import {
  type NewComment,
  type NewThread,
  plainBody,
  type Reaction,
  type Round,
  type Viewer,
} from '@zerodraft/contract';
import type { Database } from '../db/database.ts';
import { spellOut } from '../db/full-text.ts';

/**
 * The time of a change, by which lists are continued: never before that of another change of the draft, even when the
 * clock is set back. Called in the transaction of the change.
 */
export async function stamp(db: Database, draftId: string): Promise<string> {
  const { newest } = await db
    .selectFrom('thread')
    .select(({ fn }) => fn.max('changedAt').as('newest'))
    .where('draftId', '=', draftId)
    .executeTakeFirstOrThrow();
  const now = new Date().toISOString();
  return newest !== null && newest > now ? newest : now;
}

async function touch(db: Database, threadId: string, changedAt: string): Promise<void> {
  await db.updateTable('thread').set({ changedAt }).where('id', '=', threadId).execute();
}

/** What became of something that is sent with an id of the client's: kept; kept before; or the id is another's. */
export type Kept = 'new' | 'known' | 'taken';

async function keepComment(
  db: Database,
  threadId: string,
  author: Viewer,
  { id, body }: NewComment,
  createdAt: string,
): Promise<Kept> {
  const known = await db
    .selectFrom('comment')
    .select(['threadId', 'authorId'])
    .where('id', '=', id)
    .executeTakeFirst();
  if (known) return known.threadId === threadId && known.authorId === author.id ? 'known' : 'taken';
  const { id: authorId, organisation } = author;
  await db.insertInto('comment').values({ id, threadId, authorId, organisation, body, createdAt }).execute();
  await indexWords(db, id, body);
  return 'new';
}

/** Full-text search finds the words of a comment, not the ids and signs in it. */
async function indexWords(db: Database, commentId: string, body: string): Promise<void> {
  const words = plainBody(body, ({ kind, id }) => (kind === 'organisation' ? id : null));
  await db.updateTable('comment_text').set({ body: words }).where('commentId', '=', commentId).execute();
  await spellOut(db);
}

/** Starts a thread with its first comment. Sent twice, it is kept once. */
export async function createThread(
  db: Database,
  draftId: string,
  author: Viewer,
  input: NewThread,
  round: Round | null,
): Promise<Kept> {
  const known = await db
    .selectFrom('thread')
    .select(['draftId', 'createdBy'])
    .where('id', '=', input.id)
    .executeTakeFirst();
  if (known) return known.draftId === draftId && known.createdBy === author.id ? 'known' : 'taken';
  const taken = await db
    .selectFrom('comment')
    .select('id')
    .where('id', '=', input.commentId)
    .executeTakeFirst();
  if (taken) return 'taken';
  const createdAt = await stamp(db, draftId);
  const { id, kind, sectionId, quote, visibility } = input;
  await db
    .insertInto('thread')
    .values({
      id,
      draftId,
      kind,
      clauseId: input.clauseId ?? '',
      sectionId,
      anchor: input.anchor === null ? '' : JSON.stringify(input.anchor),
      quote,
      visibility,
      roundId: round?.id ?? null,
      roundName: round?.name ?? null,
      createdBy: author.id,
      createdAt,
      changedAt: createdAt,
    })
    .execute();
  return keepComment(db, id, author, { id: input.commentId, body: input.body }, createdAt);
}

/** Adds a reply. Sent twice, it is kept once. */
export async function addComment(
  db: Database,
  place: { draftId: string; threadId: string },
  author: Viewer,
  input: NewComment,
): Promise<Kept> {
  const at = await stamp(db, place.draftId);
  const kept = await keepComment(db, place.threadId, author, input, at);
  if (kept === 'new') await touch(db, place.threadId, at);
  return kept;
}

export interface CommentRow {
  id: string;
  authorId: string;
  body: string;
  deletedAt: string | null;
}

export async function findComment(
  db: Database,
  threadId: string,
  commentId: string,
): Promise<CommentRow | null> {
  const row = await db
    .selectFrom('comment')
    .select(['id', 'authorId', 'body', 'deletedAt'])
    .where('id', '=', commentId)
    .where('threadId', '=', threadId)
    .executeTakeFirst();
  return row ?? null;
}

/** Puts another body in a comment's place, or none when it is deleted; what stood there is kept as its trace. */
export async function rewriteComment(
  db: Database,
  place: { draftId: string; threadId: string },
  { id, body: earlier }: CommentRow,
  byId: string,
  body: string | null,
): Promise<void> {
  const at = await stamp(db, place.draftId);
  await db.insertInto('comment_edit').values({ commentId: id, body: earlier, until: at, byId }).execute();
  await db
    .updateTable('comment')
    .set(body === null ? { body: '', deletedBy: byId, deletedAt: at } : { body, editedAt: at })
    .where('id', '=', id)
    .execute();
  if (body !== null) await indexWords(db, id, body);
  await touch(db, place.threadId, at);
}

/** Earlier bodies of a comment, oldest first. */
export async function listVersions(db: Database, commentId: string) {
  return db
    .selectFrom('comment_edit')
    .select(['body', 'until', 'byId'])
    .where('commentId', '=', commentId)
    .orderBy('id')
    .execute();
}

/** Gives a reaction, or takes it back. */
export async function react(
  db: Database,
  place: { draftId: string; threadId: string },
  given: { commentId: string; userId: string; reaction: Reaction },
  on: boolean,
): Promise<void> {
  const at = await stamp(db, place.draftId);
  const { commentId, userId, reaction } = given;
  if (on)
    await db
      .insertInto('comment_reaction')
      .values({ ...given, at })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  else
    await db
      .deleteFrom('comment_reaction')
      .where('commentId', '=', commentId)
      .where('userId', '=', userId)
      .where('reaction', '=', reaction)
      .execute();
  await touch(db, place.threadId, at);
}
