import { createMiddleware } from 'hono/factory';
import { findThreads, type ThreadRow } from '../threads/decide.ts';
import { type RouteEnv, refuse, type Services } from './context.ts';

/** What a route of one thread knows beside. */
export interface ThreadEnv {
  Variables: RouteEnv['Variables'] & { thread: ThreadRow };
}

/** Lets a request pass when its thread is in its draft and its person may know of it. */
export function threadHere({ db }: Services) {
  return createMiddleware<ThreadEnv>(async (c, next) => {
    const [draftId, threadId] = [c.req.param('draftId') ?? '', c.req.param('threadId') ?? ''];
    const [thread] = await findThreads(db, draftId, c.get('viewer').id, [threadId]);
    if (!thread) return refuse(c, 404, 'not-found', 'There is no such thread in this draft.');
    c.set('thread', thread);
    return next();
  });
}

/**
 * Tells those who have the draft open to fetch threads anew, and wakes the mails. Of a private thread only those hear
 * who edit the draft, who are the team: to others even a notice without a name would tell that there is one.
 * @param told those who have a new notification
 */
export async function announce(
  { rooms, digests }: Services,
  draftId: string,
  visibility: ThreadRow['visibility'],
  told: readonly string[] = [],
): Promise<void> {
  await rooms.notify(draftId, 'threads', ({ mayEdit }) => visibility === 'all' || mayEdit);
  if (told.length > 0) await rooms.notify(draftId, 'notifications', ({ userId }) => told.includes(userId));
  digests.wake();
}
