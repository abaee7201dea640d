import {
  newThread,
  permission,
  readMarks,
  searchQuery,
  threadExport,
  threadsQuery,
  type Visibility,
  windowState,
} from '@zerodraft/contract';
import { type Context, Hono } from 'hono';
import { tellOfComment } from '../notifications/tell.ts';
import { markRead } from '../threads/marks.ts';
import { listThreads } from '../threads/repository.ts';
import { searchThreads } from '../threads/search.ts';
import { createThread } from '../threads/write.ts';
import { permit, type RouteEnv, refuse, type Services } from './context.ts';
import { announce } from './thread-env.ts';
import { json, query } from './valid.ts';

export const TAKEN = 'This id is in use by another comment. Send it again with a new id.';

/** A draft's threads as a whole: list, search, export, read marks; and new ones. The author is always the session's person. */
export function threadRoutes(services: Services) {
  const { db, reader } = services;

  const file = (c: Context<RouteEnv>, draftId: string, audience: Visibility, format: 'csv' | 'xlsx') =>
    reader.sheet({
      processId: c.get('processId'),
      draftId,
      userId: c.get('userId'),
      audience,
      format,
    });

  return new Hono<RouteEnv>()
    .get('/:draftId/threads', permit(services, 'comment.read'), query(threadsQuery), async (c) => {
      const { since = null } = c.req.valid('query');
      return c.json(await listThreads(db, c.req.param('draftId'), c.get('viewer').id, since), 200);
    })
    .get('/:draftId/threads/search', permit(services, 'comment.read'), query(searchQuery), async (c) => {
      const { q } = c.req.valid('query');
      return c.json({ hits: await searchThreads(db, c.req.param('draftId'), c.get('viewer').id, q) }, 200);
    })
    .get('/:draftId/threads.csv', permit(services, 'comment.read'), query(threadExport), async (c) => {
      const bytes = await file(c, c.req.param('draftId'), c.req.valid('query').visibility, 'csv');
      c.header('content-type', 'text/csv; charset=utf-8');
      c.header('content-disposition', 'attachment; filename="comments.csv"');
      return c.body(new Uint8Array(bytes), 200);
    })
    .get('/:draftId/threads.xlsx', permit(services, 'comment.read'), query(threadExport), async (c) => {
      const bytes = await file(c, c.req.param('draftId'), c.req.valid('query').visibility, 'xlsx');
      c.header('content-type', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet');
      c.header('content-disposition', 'attachment; filename="comments.xlsx"');
      return c.body(new Uint8Array(bytes), 200);
    })
    .post('/:draftId/threads', permit(services, 'comment.write'), json(newThread), async (c) => {
      const draftId = c.req.param('draftId');
      const input = c.req.valid('json');
      const viewer = c.get('viewer');
      const { circumstances } = c.get('standing');
      const now = new Date();
      if (input.visibility === 'team') {
        const verdict = permission(viewer.role, 'comment.private', { ...circumstances, now });
        if (!verdict.allowed)
          return refuse(
            c,
            403,
            'forbidden',
            'Only the facilitators’ team writes private threads.',
            verdict.reason,
          );
      }
      const open = windowState(circumstances.rounds, 'comments', now);
      const round = open.kind === 'open' ? open.round : null;
      const { result, told } = await db.transaction().execute(async (trx) => {
        const kept = await createThread(trx, draftId, viewer, input, round);
        const event = { draftId, threadId: input.id, byId: viewer.id, at: now.toISOString() };
        const named = kept === 'new' ? await tellOfComment(trx, event, input.commentId, input.body) : [];
        return { result: kept, told: named };
      });
      if (result === 'taken') return refuse(c, 409, 'taken', TAKEN);
      if (result === 'new') await announce(services, draftId, input.visibility, told);
      return c.json({ ok: true as const }, 201);
    })
    .put('/:draftId/threads/read', permit(services, 'comment.read'), json(readMarks), async (c) => {
      const { marks } = c.req.valid('json');
      await db
        .transaction()
        .execute((trx) => markRead(trx, c.req.param('draftId'), c.get('viewer').id, marks));
      return c.json({ ok: true as const }, 200);
    });
}
