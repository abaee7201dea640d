import { commentChange, newComment, permission } from '@zerodraft/contract';
import { type Context, Hono } from 'hono';
import { createMiddleware } from 'hono/factory';
import { record } from '../audit/record.ts';
import {
  addComment,
  findComment,
  listDiscussion,
  listVersions,
  markDiscussionRead,
  rewriteComment,
} from '../discussion/repository.ts';
import { tellOfComment, tellOfEdit } from '../discussion/tell.ts';
import { withMerged } from '../library/repository.ts';
import { namesOf, resolveNames } from '../notifications/names.ts';
import { permit, type RouteEnv, refuse, type Services } from './context.ts';
import { notifyPeople } from './notify.ts';
import { TAKEN } from './thread-routes.ts';
import { json } from './valid.ts';

/** What a route of one recommendation's discussion knows beside. */
interface DiscussionEnv {
  Variables: RouteEnv['Variables'] & { recommendationId: string; recommendationIds: string[] };
}

const MISSING = 'There is no such comment on this recommendation.';
const NOT_YOURS = 'Only its author changes a comment.';
const COMMENTS = '/:processId/recommendations/:id/comments';

/** The team's discussion of a recommendation: nobody else learns that there is one. */
export function discussionRoutes(services: Services) {
  const { db } = services;

  const here = createMiddleware<DiscussionEnv>(async (c, next) => {
    const recommendationId = c.req.param('id') ?? '';
    const ids = await withMerged(db, c.get('processId'), recommendationId);
    if (ids.length === 0)
      return refuse(c, 404, 'not-found', 'There is no such recommendation in this process.');
    c.set('recommendationId', recommendationId);
    c.set('recommendationIds', ids);
    return next();
  });
  const place = (c: Context<DiscussionEnv>) => ({
    processId: c.get('processId'),
    recommendationId: c.get('recommendationId'),
  });

  /** Tells who has a new notification. */
  async function announce(c: Context<DiscussionEnv>, told: readonly string[]): Promise<void> {
    if (told.length === 0) return;
    await notifyPeople(services, c.get('processId'), told, 'notifications');
    services.digests.wake();
  }

  return new Hono<DiscussionEnv>()
    .get(COMMENTS, permit(services, 'discussion.read'), here, async (c) => {
      const processId = c.get('processId');
      const comments = await listDiscussion(db, processId, c.get('recommendationIds'));
      const named = await resolveNames(
        db,
        comments.map(({ body }) => ({ processId, body })),
      );
      const names = new Map(named.flatMap(namesOf).map((name) => [`${name.kind} ${name.id}`, name]));
      return c.json({ comments, names: [...names.values()] }, 200);
    })
    .put(`${COMMENTS}/read`, permit(services, 'discussion.read'), here, async (c) => {
      return c.json(
        { marked: await markDiscussionRead(db, c.get('userId'), c.get('recommendationIds')) },
        200,
      );
    })
    .post(COMMENTS, permit(services, 'discussion.write'), json(newComment), here, async (c) => {
      const viewer = c.get('viewer');
      const input = c.req.valid('json');
      const { result, told } = await db.transaction().execute(async (trx) => {
        const kept = await addComment(trx, place(c), viewer, input);
        const event = { ...place(c), commentId: input.id, byId: viewer.id };
        return { result: kept, told: kept === 'new' ? await tellOfComment(trx, event, input.body) : [] };
      });
      if (result === 'taken') return refuse(c, 409, 'taken', TAKEN);
      await announce(c, told);
      return c.json({ ok: true as const }, 201);
    })
    .patch(
      `${COMMENTS}/:commentId`,
      permit(services, 'discussion.write'),
      json(commentChange),
      here,
      async (c) => {
        const { id: byId } = c.get('viewer');
        const { body } = c.req.valid('json');
        const outcome = await db.transaction().execute(async (trx) => {
          const found = await findComment(trx, place(c), c.req.param('commentId'));
          if (found === null || found.deletedAt !== null) return 'missing';
          if (found.authorId !== byId) return 'not-yours';
          if (found.body === body) return [];
          await rewriteComment(trx, found, byId, body);
          const event = { ...place(c), commentId: found.id, byId };
          return tellOfEdit(trx, event, { before: found.body, after: body });
        });
        if (outcome === 'missing') return refuse(c, 404, 'not-found', MISSING);
        if (outcome === 'not-yours') return refuse(c, 403, 'not-author', NOT_YOURS);
        await announce(c, outcome);
        return c.json({ ok: true as const }, 200);
      },
    )
    .delete(`${COMMENTS}/:commentId`, permit(services, 'discussion.write'), here, async (c) => {
      const { id: byId, role } = c.get('viewer');
      const circumstances = { ...c.get('standing').circumstances, now: new Date() };
      const moderates = permission(role, 'discussion.moderate', circumstances).allowed;
      const outcome = await db.transaction().execute(async (trx) => {
        const found = await findComment(trx, place(c), c.req.param('commentId'));
        if (found === null) return 'missing';
        const own = found.authorId === byId;
        if (!own && !moderates) return 'not-yours';
        // Asked for twice, it is deleted once.
        if (found.deletedAt !== null) return 'done';
        await rewriteComment(trx, found, byId, null);
        if (!own)
          await record(trx, c.get('author'), {
            action: 'comment.delete',
            objectKind: 'comment',
            objectId: found.id,
            processId: c.get('processId'),
            details: { recommendationId: c.get('recommendationId'), author: found.authorId },
          });
        return 'done';
      });
      if (outcome === 'missing') return refuse(c, 404, 'not-found', MISSING);
      if (outcome === 'not-yours') return refuse(c, 403, 'not-author', NOT_YOURS);
      return c.json({ ok: true as const }, 200);
    })
    .get(`${COMMENTS}/:commentId/history`, permit(services, 'discussion.read'), here, async (c) => {
      const found = await findComment(db, place(c), c.req.param('commentId'));
      if (found === null) return refuse(c, 404, 'not-found', MISSING);
      return c.json({ versions: await listVersions(db, c.get('processId'), found.id) }, 200);
    });
}
