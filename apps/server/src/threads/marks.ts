import type { Database } from '../db/database.ts';
import { visibleIn } from './visible.ts';

/** Notes up to when somebody has read threads; what they may not know of is passed over. A mark never goes back. */
export async function markRead(
  db: Database,
  draftId: string,
  userId: string,
  marks: readonly { threadId: string; upTo: string }[],
): Promise<void> {
  if (marks.length === 0) return;
  const upTo = new Map(marks.map((mark) => [mark.threadId, mark.upTo]));
  const known = await visibleIn(db, draftId, userId)
    .select('thread.id')
    .where('thread.id', 'in', [...upTo.keys()])
    .execute();
  if (known.length === 0) return;
  await db
    .insertInto('thread_read')
    .values(known.map(({ id }) => ({ threadId: id, userId, upTo: upTo.get(id) ?? '' })))
    .onConflict((conflict) =>
      conflict
        .columns(['threadId', 'userId'])
        .doUpdateSet((eb) => ({ upTo: eb.ref('excluded.upTo') }))
        .whereRef('thread_read.upTo', '<', 'excluded.upTo'),
    )
    .execute();
  // Who has read a thread need not be told of it again.
  for (const { id } of known)
    await db
      .updateTable('notification')
      .set({ readAt: new Date().toISOString() })
      .where('userId', '=', userId)
      .where('threadId', '=', id)
      .where('readAt', 'is', null)
      .where('at', '<=', upTo.get(id) ?? '')
      .execute();
}

/** Ends or begins what somebody is told of a thread. */
export async function setMuted(
  db: Database,
  threadId: string,
  userId: string,
  muted: boolean,
): Promise<void> {
  if (muted)
    await db
      .insertInto('thread_mute')
      .values({ threadId, userId })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  else
    await db
      .deleteFrom('thread_mute')
      .where('threadId', '=', threadId)
      .where('userId', '=', userId)
      .execute();
}
