import { zValidator } from '@hono/zod-validator';
import { newComment, newThread, threadState } from '@zerodraft/contract';
import { Hono } from 'hono';
import {
  addComment,
  createThread,
  hasThread,
  listThreads,
  setResolved,
  threadDraft,
} from '../threads/repository.ts';
import { permit, type RouteEnv, refuse, type Services } from './context.ts';

/** Routes of a draft's comment threads. The author is always the session's person. */
export function threadRoutes(services: Services) {
  const { db, rooms } = services;
  return new Hono<RouteEnv>()
    .get('/:draftId/threads', permit(services, 'comment.read'), async (c) =>
      c.json({ threads: await listThreads(db, c.req.param('draftId')) }),
    )
    .post(
      '/:draftId/threads',
      permit(services, 'comment.write'),
      zValidator('json', newThread),
      async (c) => {
        const draftId = c.req.param('draftId');
        const input = c.req.valid('json');
        const home = await threadDraft(db, input.id);
        if (home !== null && home !== draftId)
          return refuse(c, 409, 'taken', 'This thread id is in use. Send the comment again.');
        await createThread(db, draftId, c.get('viewer').id, input);
        await rooms.notify(draftId, 'threads');
        return c.json({ ok: true }, 201);
      },
    )
    .post(
      '/:draftId/threads/:threadId/comments',
      permit(services, 'comment.write'),
      zValidator('json', newComment),
      async (c) => {
        const { draftId, threadId } = c.req.param();
        if (!(await hasThread(db, draftId, threadId)))
          return refuse(c, 404, 'not-found', 'There is no such thread in this draft.');
        await addComment(db, threadId, c.get('viewer').id, c.req.valid('json'));
        await rooms.notify(draftId, 'threads');
        return c.json({ ok: true }, 201);
      },
    )
    .put(
      '/:draftId/threads/:threadId/state',
      permit(services, 'comment.resolve'),
      zValidator('json', threadState),
      async (c) => {
        const { draftId, threadId } = c.req.param();
        if (!(await hasThread(db, draftId, threadId)))
          return refuse(c, 404, 'not-found', 'There is no such thread in this draft.');
        await setResolved(db, threadId, c.get('viewer').id, c.req.valid('json').resolved);
        await rooms.notify(draftId, 'threads');
        return c.json({ ok: true }, 200);
      },
    );
}
