import type { DiscussionNotification } from '@zerodraft/contract';
import type { Database } from '../db/database.ts';
import { withMerged } from '../library/repository.ts';
import { mentioned } from '../notifications/mentioned.ts';
import type { Place } from './repository.ts';
import { openDiscussions } from './visible.ts';

/** A comment that was made or changed. Each function here says whom it told. */
interface Event extends Place {
  commentId: string;
  byId: string;
}

/** Tells those of the team among some people, save who did it. */
async function tell(
  db: Database,
  event: Event,
  kind: DiscussionNotification['kind'],
  candidates: ReadonlySet<string>,
): Promise<string[]> {
  const { recommendationId, commentId, byId } = event;
  const at = new Date().toISOString();
  const told: string[] = [];
  for (const userId of candidates) {
    if (userId === byId) continue;
    const open = await openDiscussions(db, userId)
      .select('recommendation.id')
      .where('recommendation.id', '=', recommendationId)
      .executeTakeFirst();
    if (open) told.push(userId);
  }
  if (told.length > 0)
    await db
      .insertInto('notification')
      .values(told.map((userId) => ({ userId, kind, recommendationId, commentId, byId, at })))
      .execute();
  return told;
}

/** Tells of a new comment those of the team whom it names, and those who took part in the discussion. */
export async function tellOfComment(db: Database, event: Event, body: string): Promise<string[]> {
  const named = await mentioned(db, event.processId, body);
  const authors = await db
    .selectFrom('discussion_comment')
    .select('authorId')
    .distinct()
    .where('recommendationId', 'in', await withMerged(db, event.processId, event.recommendationId))
    .execute();
  const others = authors.map(({ authorId }) => authorId).filter((id) => !named.has(id));
  return [...(await tell(db, event, 'mention', named)), ...(await tell(db, event, 'reply', new Set(others)))];
}

/** Tells those whom a changed comment names and did not name before. */
export async function tellOfEdit(
  db: Database,
  event: Event,
  body: { before: string; after: string },
): Promise<string[]> {
  const before = await mentioned(db, event.processId, body.before);
  const after = await mentioned(db, event.processId, body.after);
  return tell(db, event, 'mention', new Set([...after].filter((person) => !before.has(person))));
}
