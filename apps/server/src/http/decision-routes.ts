import {
  type AuditAction,
  assignment,
  decision,
  labelChange,
  muteChange,
  placeChange,
  visibilityChange,
} from '@zerodraft/contract';
import { type Context, Hono } from 'hono';
import { record } from '../audit/record.ts';
import type { Database } from '../db/database.ts';
import { tellOfAssignment, tellOfDecision } from '../notifications/tell.ts';
import { assign, decide, findThreads, isTeam, publish, setLabels, setPlace } from '../threads/decide.ts';
import { setMuted } from '../threads/marks.ts';
import { permit, refuse, type Services } from './context.ts';
import { announce, type ThreadEnv, threadHere } from './thread-env.ts';
import { json } from './valid.ts';

/** What the team decides about threads; and muting one for oneself. */
export function decisionRoutes(services: Services) {
  const { db } = services;
  const here = threadHere(services);

  /** Changes one thread and records it. @param work says who was told of it */
  async function change(
    c: Context<ThreadEnv>,
    action: AuditAction,
    details: Record<string, unknown>,
    work: (trx: Database, draftId: string, threadId: string) => Promise<readonly string[]>,
    visibility = c.get('thread').visibility,
  ) {
    const draftId = c.req.param('draftId') ?? '';
    const { id } = c.get('thread');
    const told = await db.transaction().execute(async (trx) => {
      const named = await work(trx, draftId, id);
      await record(trx, c.get('author'), {
        action,
        objectKind: 'thread',
        objectId: id,
        processId: c.get('processId'),
        details: { draft: draftId, ...details },
      });
      return named;
    });
    await announce(services, draftId, visibility, told);
    return c.json({ ok: true as const }, 200);
  }

  const eventOf = (c: Context<ThreadEnv>, draftId: string, threadId: string) => ({
    draftId,
    threadId,
    byId: c.get('viewer').id,
    at: new Date().toISOString(),
  });

  return new Hono<ThreadEnv>()
    .put('/:draftId/threads/states', permit(services, 'comment.decide'), json(decision), async (c) => {
      const draftId = c.req.param('draftId');
      const input = c.req.valid('json');
      const threadIds = [...new Set(input.threadIds)];
      const threads = await findThreads(db, draftId, c.get('viewer').id, threadIds);
      if (threads.length < threadIds.length)
        return refuse(c, 404, 'not-found', 'One of these threads is not in this draft. Nothing was changed.');
      const told = await db.transaction().execute(async (trx) => {
        await decide(trx, draftId, c.get('viewer').id, { ...input, threadIds });
        await record(
          trx,
          c.get('author'),
          ...threads.map(({ id, state }) => ({
            action: 'thread.state' as const,
            objectKind: 'thread' as const,
            objectId: id,
            processId: c.get('processId'),
            details: { draft: draftId, from: state, to: input.state },
          })),
        );
        const named = new Set<string>();
        for (const { id } of threads)
          for (const userId of await tellOfDecision(trx, eventOf(c, draftId, id))) named.add(userId);
        return [...named];
      });
      const audience = threads.some(({ visibility }) => visibility === 'all') ? 'all' : 'team';
      await announce(services, draftId, audience, told);
      return c.json({ ok: true as const }, 200);
    })
    .put(
      '/:draftId/threads/:threadId/assignment',
      permit(services, 'comment.assign'),
      json(assignment),
      here,
      async (c) => {
        const input = c.req.valid('json');
        const { assigneeId } = input;
        if (assigneeId !== null && !(await isTeam(db, c.req.param('draftId'), assigneeId)))
          return refuse(c, 422, 'not-team', 'A thread is given to a facilitator or drafter of this draft.');
        return change(c, 'thread.assign', input, async (trx, draftId, threadId) => {
          await assign(trx, draftId, threadId, input);
          return assigneeId === null ? [] : tellOfAssignment(trx, eventOf(c, draftId, threadId), assigneeId);
        });
      },
    )
    .put(
      '/:draftId/threads/:threadId/labels',
      permit(services, 'comment.assign'),
      json(labelChange),
      here,
      async (c) => {
        const { labels } = c.req.valid('json');
        return change(c, 'thread.label', { labels }, async (trx, draftId, threadId) => {
          await setLabels(trx, draftId, threadId, labels);
          return [];
        });
      },
    )
    .put(
      '/:draftId/threads/:threadId/visibility',
      permit(services, 'comment.private'),
      json(visibilityChange),
      here,
      async (c) => {
        // Asked for twice, it is done and recorded once.
        if (c.get('thread').visibility === 'all') return c.json({ ok: true as const }, 200);
        const work = async (trx: Database, draftId: string, threadId: string) => {
          await publish(trx, draftId, threadId);
          return [];
        };
        return change(c, 'thread.publish', {}, work, 'all');
      },
    )
    .put(
      '/:draftId/threads/:threadId/place',
      permit(services, 'comment.private'),
      json(placeChange),
      here,
      async (c) => {
        const { draftId } = c.req.param();
        const { id, visibility } = c.get('thread');
        if (visibility !== 'team')
          return refuse(c, 422, 'not-private', 'The place of a visible thread is kept in the document.');
        await db.transaction().execute((trx) => setPlace(trx, draftId, id, c.req.valid('json')));
        await announce(services, draftId, visibility);
        return c.json({ ok: true as const }, 200);
      },
    )
    .put(
      '/:draftId/threads/:threadId/mute',
      permit(services, 'comment.read'),
      json(muteChange),
      here,
      async (c) => {
        await setMuted(db, c.get('thread').id, c.get('viewer').id, c.req.valid('json').muted);
        return c.json({ ok: true as const }, 200);
      },
    );
}
