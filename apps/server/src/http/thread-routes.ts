import { newComment, newThread, threadState } from '@zerodraft/contract';
import { Hono } from 'hono';
import { createMiddleware } from 'hono/factory';
import { record } from '../audit/record.ts';
import { addComment, createThread, listThreads, setResolved, threadDraft } from '../threads/repository.ts';
import { permit, type RouteEnv, refuse, type Services } from './context.ts';
import { json } from './valid.ts';

/** Routes of a draft's comment threads. The author is always the session's person. */
export function threadRoutes(services: Services) {
  const { db, rooms } = services;
  const threadHere = createMiddleware<RouteEnv>(async (c, next) => {
    const home = await threadDraft(db, c.req.param('threadId') ?? '');
    if (home === null || home !== c.req.param('draftId'))
      return refuse(c, 404, 'not-found', 'There is no such thread in this draft.');
    return next();
  });
  return new Hono<RouteEnv>()
    .get('/:draftId/threads', permit(services, 'comment.read'), async (c) =>
      c.json({ threads: await listThreads(db, c.req.param('draftId')) }),
    )
    .post('/:draftId/threads', permit(services, 'comment.write'), json(newThread), async (c) => {
      const draftId = c.req.param('draftId');
      const input = c.req.valid('json');
      const home = await threadDraft(db, input.id);
      if (home !== null && home !== draftId)
        return refuse(c, 409, 'taken', 'This thread id is in use. Send the comment again.');
      await createThread(db, draftId, c.get('viewer').id, input);
      await rooms.notify(draftId, 'threads');
      return c.json({ ok: true }, 201);
    })
    .post(
      '/:draftId/threads/:threadId/comments',
      permit(services, 'comment.write'),
      json(newComment),
      threadHere,
      async (c) => {
        const { draftId, threadId } = c.req.param();
        await addComment(db, threadId, c.get('viewer').id, c.req.valid('json'));
        await rooms.notify(draftId, 'threads');
        return c.json({ ok: true }, 201);
      },
    )
    .put(
      '/:draftId/threads/:threadId/state',
      permit(services, 'comment.resolve'),
      json(threadState),
      threadHere,
      async (c) => {
        const { draftId, threadId } = c.req.param();
        const { resolved } = c.req.valid('json');
        await db.transaction().execute(async (trx) => {
          await setResolved(trx, threadId, c.get('viewer').id, resolved);
          await record(trx, c.get('author'), {
            action: resolved ? 'thread.resolve' : 'thread.reopen',
            objectKind: 'thread',
            objectId: threadId,
            processId: c.get('processId'),
            details: { draft: draftId },
          });
        });
        await rooms.notify(draftId, 'threads');
        return c.json({ ok: true }, 200);
      },
    );
}
