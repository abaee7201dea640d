import type { Digest, Notification, NotificationList } from '@zerodraft/contract';
import { type Expression, expressionBuilder, type SqlBool } from 'kysely';
import type { Database } from '../db/database.ts';
import type { Tables } from '../db/schema.ts';
import { openDiscussions } from '../discussion/visible.ts';
import { type PlacedRow, placedOf } from '../threads/places.ts';
import { visibleThreads } from '../threads/visible.ts';
import type { DraftReader } from '../workers/read-client.ts';
import { namesOf, resolveNames, resolveTold, type Told } from './names.ts';

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

/** What both kinds of notifications tell: what happened, who did it, in which process. */
export const HAPPENED = [
  'notification.id',
  'notification.kind',
  'notification.at',
  'notification.readAt',
  'notification.commentId',
  'author.id as byId',
  'author.name as byName',
  'process.id as processId',
  'process.name as processName',
] as const;
const notifications = expressionBuilder<Tables, 'notification'>();
export const UNREAD = notifications('notification.readAt', 'is', null);

export async function countUnread(db: Database, userId: string): Promise<number> {
  const { threads } = await ownNotifications(db, userId)
    .select(({ fn }) => fn.countAll<number>().as('threads'))
    .where(UNREAD)
    .executeTakeFirstOrThrow();
  const { discussions } = await ownDiscussionNotifications(db, userId)
    .select(({ fn }) => fn.countAll<number>().as('discussions'))
    .where(UNREAD)
    .executeTakeFirstOrThrow();
  return threads + discussions;
}

/** Which notifications are wanted: those before one, only what is unread. */
interface Wanted {
  before: number | null;
  unreadOnly: boolean;
}

function among({ before, unreadOnly }: Wanted): Expression<SqlBool> {
  return notifications.and([
    ...(before === null ? [] : [notifications('notification.id', '<', before)]),
    ...(unreadOnly ? [UNREAD] : []),
  ]);
}

interface HappenedRow {
  id: number;
  at: string;
  readAt: string | null;
  commentId: string | null;
  byId: string;
  byName: string;
  byOrganisation: string | null;
  processId: string;
  processName: string;
}

const happened = (row: HappenedRow) => ({
  id: row.id,
  at: row.at,
  readAt: row.readAt,
  commentId: row.commentId,
  by: { id: row.byId, name: row.byName, organisation: row.byOrganisation },
  process: { id: row.processId, name: row.processName },
});

interface ThreadRow extends Omit<PlacedRow, 'id' | 'kind'> {
  threadId: string;
  threadKind: PlacedRow['kind'];
  processId: string;
  draftId: string;
  body: string | null;
}

/** A notification of a thread, as what it names is looked up. */
export function toldOf<T extends ThreadRow>(row: T): Told & { row: T } {
  const { processId, draftId, threadId, threadKind } = row;
  const thread = placedOf({ ...row, id: threadId, kind: threadKind });
  return { row, processId, draftId, thread, body: row.body ?? '' };
}

async function ofThreads(
  db: Database,
  reader: Pick<DraftReader, 'places'>,
  userId: string,
  wanted: Wanted,
): Promise<Notification[]> {
  const rows = await ownNotifications(db, userId)
    .innerJoin('user as author', 'author.id', 'notification.byId')
    .leftJoin('member as there', (join) =>
      join.onRef('there.userId', '=', 'author.id').onRef('there.processId', '=', 'process.id'),
    )
    .leftJoin('comment', 'comment.id', 'notification.commentId')
    .select(HAPPENED)
    .select(['there.organisation as byOrganisation', 'comment.body', 'draft.id as draftId', 'draft.title'])
    .select(['thread.id as threadId', 'thread.kind as threadKind', 'thread.clauseId', 'thread.sectionId'])
    .select(['thread.anchor', 'thread.quote', 'thread.visibility', 'thread.state', 'thread.stateReason'])
    .select('thread.dueOn')
    .where(among(wanted))
    .orderBy('notification.id', 'desc')
    .limit(PAGE + 1)
    .execute();
  return (await resolveTold(db, reader, rows.map(toldOf))).map((item) => {
    const { row, body, place } = item;
    return {
      about: 'thread',
      ...happened(row),
      kind: row.kind,
      draft: { id: row.draftId, title: row.title },
      threadId: row.threadId,
      place,
      visibility: row.visibility,
      state: row.state,
      reason: row.stateReason,
      dueOn: row.dueOn,
      quote: row.quote,
      body,
      names: namesOf(item),
    };
  });
}

async function ofDiscussions(db: Database, userId: string, wanted: Wanted): Promise<Notification[]> {
  const rows = await ownDiscussionNotifications(db, userId)
    .innerJoin('user as author', 'author.id', 'notification.byId')
    .leftJoin('member as there', (join) =>
      join.onRef('there.userId', '=', 'author.id').onRef('there.processId', '=', 'process.id'),
    )
    .leftJoin('discussion_comment as said', 'said.id', 'notification.commentId')
    .select(HAPPENED)
    .select(['there.organisation as byOrganisation', 'said.body'])
    .select(['recommendation.id as recommendationId', 'recommendation.reference', 'recommendation.title'])
    .where(among(wanted))
    .orderBy('notification.id', 'desc')
    .limit(PAGE + 1)
    .execute();
  const told = rows.map((row) => ({ row, processId: row.processId, body: row.body ?? '' }));
  return (await resolveNames(db, told)).map((item) => {
    const { row, body } = item;
    return {
      about: 'recommendation',
      ...happened(row),
      kind: row.kind === 'mention' ? 'mention' : 'reply',
      recommendation: { id: row.recommendationId, reference: row.reference, title: row.title },
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
