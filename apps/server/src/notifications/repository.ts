import type { Digest, Notification, NotificationList } from '@zerodraft/contract';
import type { Database } from '../db/database.ts';
import { openDiscussions } from '../discussion/visible.ts';
import { placedOf } from '../threads/places.ts';
import { visibleThreads } from '../threads/visible.ts';
import type { DraftReader } from '../workers/read-client.ts';
import { namesOf, resolveNames, resolveTold } from './names.ts';

const PAGE = 50;

/** Somebody's notifications, of threads that they may still know of. */
export function ownNotifications(db: Database, userId: string) {
  return visibleThreads(db, userId)
    .innerJoin('notification', 'notification.threadId', 'thread.id')
    .where('notification.userId', '=', userId);
}

/** Somebody's notifications, of discussions that are still open to them. */
export function ownDiscussionNotifications(db: Database, userId: string) {
  return openDiscussions(db, userId)
    .innerJoin('notification', 'notification.recommendationId', 'recommendation.id')
    .where('notification.userId', '=', userId);
}

export async function countUnread(db: Database, userId: string): Promise<number> {
  const { threads } = await ownNotifications(db, userId)
    .select(({ fn }) => fn.countAll<number>().as('threads'))
    .where('notification.readAt', 'is', null)
    .executeTakeFirstOrThrow();
  const { discussions } = await ownDiscussionNotifications(db, userId)
    .select(({ fn }) => fn.countAll<number>().as('discussions'))
    .where('notification.readAt', 'is', null)
    .executeTakeFirstOrThrow();
  return threads + discussions;
}

/** Which notifications are wanted: those before one, only what is unread. */
interface Wanted {
  before: number | null;
  unreadOnly: boolean;
}

async function ofThreads(
  db: Database,
  reader: Pick<DraftReader, 'places'>,
  userId: string,
  { before, unreadOnly }: Wanted,
): Promise<Notification[]> {
  let query = ownNotifications(db, userId)
    .innerJoin('user as author', 'author.id', 'notification.byId')
    .leftJoin('member as there', (join) =>
      join.onRef('there.userId', '=', 'author.id').onRef('there.processId', '=', 'draft.processId'),
    )
    .leftJoin('comment', 'comment.id', 'notification.commentId')
    .select(['notification.id', 'notification.kind', 'notification.at', 'notification.readAt'])
    .select(['thread.id as threadId', 'notification.commentId', 'comment.body'])
    .select(['thread.kind as threadKind', 'thread.clauseId', 'thread.sectionId', 'thread.anchor'])
    .select(['thread.quote', 'thread.visibility', 'thread.state', 'thread.stateReason', 'thread.dueOn'])
    .select(['author.id as byId', 'author.name as byName', 'there.organisation as byOrganisation'])
    .select(['draft.id as draftId', 'draft.title', 'process.id as processId', 'process.name as processName']);
  if (before !== null) query = query.where('notification.id', '<', before);
  if (unreadOnly) query = query.where('notification.readAt', 'is', null);
  const rows = await query
    .orderBy('notification.id', 'desc')
    .limit(PAGE + 1)
    .execute();
  const told = rows.map((row) => ({
    row,
    processId: row.processId,
    draftId: row.draftId,
    thread: placedOf({ ...row, id: row.threadId, kind: row.threadKind }),
    body: row.body ?? '',
  }));
  return (await resolveTold(db, reader, told)).map((item) => {
    const { row, body, place } = item;
    return {
      about: 'thread',
      id: row.id,
      kind: row.kind,
      at: row.at,
      readAt: row.readAt,
      by: { id: row.byId, name: row.byName, organisation: row.byOrganisation },
      process: { id: row.processId, name: row.processName },
      draft: { id: row.draftId, title: row.title },
      threadId: row.threadId,
      place,
      visibility: row.visibility,
      state: row.state,
      reason: row.stateReason,
      dueOn: row.dueOn,
      commentId: row.commentId,
      quote: row.quote,
      body,
      names: namesOf(item),
    };
  });
}

async function ofDiscussions(
  db: Database,
  userId: string,
  { before, unreadOnly }: Wanted,
): Promise<Notification[]> {
  let query = ownDiscussionNotifications(db, userId)
    .innerJoin('user as author', 'author.id', 'notification.byId')
    .leftJoin('member as there', (join) =>
      join.onRef('there.userId', '=', 'author.id').onRef('there.processId', '=', 'recommendation.processId'),
    )
    .leftJoin('discussion_comment as said', 'said.id', 'notification.commentId')
    .select(['notification.id', 'notification.kind', 'notification.at', 'notification.readAt'])
    .select(['notification.commentId', 'said.body'])
    .select(['author.id as byId', 'author.name as byName', 'there.organisation as byOrganisation'])
    .select(['recommendation.id as recommendationId', 'recommendation.reference', 'recommendation.title'])
    .select(['process.id as processId', 'process.name as processName']);
  if (before !== null) query = query.where('notification.id', '<', before);
  if (unreadOnly) query = query.where('notification.readAt', 'is', null);
  const rows = await query
    .orderBy('notification.id', 'desc')
    .limit(PAGE + 1)
    .execute();
  const told = rows.map((row) => ({ row, processId: row.processId, body: row.body ?? '' }));
  return (await resolveNames(db, told)).map((item) => {
    const { row, body } = item;
    return {
      about: 'recommendation',
      id: row.id,
      kind: row.kind === 'mention' ? 'mention' : 'reply',
      at: row.at,
      readAt: row.readAt,
      by: { id: row.byId, name: row.byName, organisation: row.byOrganisation },
      process: { id: row.processId, name: row.processName },
      recommendation: { id: row.recommendationId, reference: row.reference, title: row.title },
      commentId: row.commentId,
      body,
      names: namesOf(item),
    };
  });
}

/** The inbox: newest first, with how many are unread in all. */
export async function listNotifications(
  db: Database,
  reader: Pick<DraftReader, 'places'>,
  userId: string,
  wanted: Wanted,
): Promise<NotificationList> {
  const told = [
    ...(await ofThreads(db, reader, userId, wanted)),
    ...(await ofDiscussions(db, userId, wanted)),
  ].sort((one, other) => other.id - one.id);
  const shown = told.slice(0, PAGE);
  return {
    unread: await countUnread(db, userId),
    notifications: shown,
    next: told.length > PAGE ? (shown.at(-1)?.id ?? null) : null,
  };
}

/** Marks notifications as read: these, or all. */
export async function markNotificationsRead(
  db: Database,
  userId: string,
  ids: readonly number[] | null,
): Promise<void> {
  let query = db
    .updateTable('notification')
    .set({ readAt: new Date().toISOString() })
    .where('userId', '=', userId)
    .where('readAt', 'is', null);
  if (ids !== null) query = query.where('id', 'in', ids);
  if (ids === null || ids.length > 0) await query.execute();
}

export async function findDigest(db: Database, processId: string, userId: string): Promise<Digest | null> {
  const row = await db
    .selectFrom('mail_preference')
    .select('digest')
    .where('processId', '=', processId)
    .where('userId', '=', userId)
    .executeTakeFirst();
  return row?.digest ?? null;
}

export async function setDigest(
  db: Database,
  processId: string,
  userId: string,
  digest: Digest,
): Promise<void> {
  await db
    .insertInto('mail_preference')
    .values({ processId, userId, digest })
    .onConflict((conflict) => conflict.columns(['userId', 'processId']).doUpdateSet({ digest }))
    .execute();
}
