import type { NotificationKind } from '@zerodraft/contract';
import type { Database } from '../db/database.ts';
import { visibleThreads } from '../threads/visible.ts';
import { mentioned } from './mentioned.ts';

/** Something that happened to a thread. Each function here says whom it told. */
interface Event {
  draftId: string;
  threadId: string;
  byId: string;
  at: string;
}

/** Keeps those to whom a thread may be told: they may know of it, have not muted it, and did not do it themselves. */
async function listeners(
  db: Database,
  { threadId, byId }: Event,
  candidates: ReadonlySet<string>,
): Promise<string[]> {
  const muted = await db
    .selectFrom('thread_mute')
    .select('userId')
    .where('threadId', '=', threadId)
    .execute();
  const deaf = new Set([byId, ...muted.map(({ userId }) => userId)]);
  const told: string[] = [];
  for (const userId of candidates) {
    if (deaf.has(userId)) continue;
    const visible = await visibleThreads(db, userId)
      .select('thread.id')
      .where('thread.id', '=', threadId)
      .executeTakeFirst();
    if (visible) told.push(userId);
  }
  return told;
}

async function tell(
  db: Database,
  event: Event,
  kind: NotificationKind,
  commentId: string | null,
  candidates: ReadonlySet<string>,
): Promise<string[]> {
  const userIds = await listeners(db, event, candidates);
  const { threadId, byId, at } = event;
  if (userIds.length > 0)
    await db
      .insertInto('notification')
      .values(userIds.map((userId) => ({ userId, kind, threadId, commentId, byId, at })))
      .execute();
  return userIds;
}

/** The people that a comment in a draft names. */
async function named(db: Database, draftId: string, body: string): Promise<Set<string>> {
  const draft = await db.selectFrom('draft').select('processId').where('id', '=', draftId).executeTakeFirst();
  return mentioned(db, draft?.processId ?? '', body);
}

/** Those who take part in a thread: who wrote in it, and who has it to do. */
async function participants(db: Database, threadId: string): Promise<Set<string>> {
  const [authors, thread] = await Promise.all([
    db.selectFrom('comment').select('authorId').distinct().where('threadId', '=', threadId).execute(),
    db.selectFrom('thread').select('assigneeId').where('id', '=', threadId).executeTakeFirst(),
  ]);
  const people = new Set(authors.map(({ authorId }) => authorId));
  if (thread?.assigneeId) people.add(thread.assigneeId);
  return people;
}

/** Tells of a new comment those whom it names, and those who take part in its thread. */
export async function tellOfComment(db: Database, event: Event, id: string, body: string): Promise<string[]> {
  const people = await named(db, event.draftId, body);
  const told = await tell(db, event, 'mention', id, people);
  const others = new Set(
    [...(await participants(db, event.threadId))].filter((person) => !people.has(person)),
  );
  return [...told, ...(await tell(db, event, 'reply', id, others))];
}

/** Tells those whom a changed comment names and did not name before. */
export async function tellOfEdit(
  db: Database,
  event: Event,
  id: string,
  body: { before: string; after: string },
): Promise<string[]> {
  const before = await named(db, event.draftId, body.before);
  const after = await named(db, event.draftId, body.after);
  return tell(db, event, 'mention', id, new Set([...after].filter((person) => !before.has(person))));
}

/** Tells those who take part in a thread of the decision on it. */
export async function tellOfDecision(db: Database, event: Event): Promise<string[]> {
  return tell(db, event, 'state', null, await participants(db, event.threadId));
}

export async function tellOfAssignment(db: Database, event: Event, assigneeId: string): Promise<string[]> {
  return tell(db, event, 'assigned', null, new Set([assigneeId]));
}
