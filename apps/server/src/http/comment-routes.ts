import { commentChange, newComment, permission, REACTIONS, reactionChange } from '@zerodraft/contract';
import { type Context, Hono } from 'hono';
import { record } from '../audit/record.ts';
import { tellOfComment, tellOfEdit } from '../notifications/tell.ts';
import { peopleOf } from '../threads/people.ts';
import {
  addComment,
  type CommentRow,
  findComment,
  listVersions,
  react,
  rewriteComment,
} from '../threads/write.ts';
import { permit, refuse, type Services } from './context.ts';
import { announce, type ThreadEnv, threadHere } from './thread-env.ts';
import { TAKEN } from './thread-routes.ts';
import { json } from './valid.ts';

const MISSING = 'There is no such comment in this thread.';
const NOT_YOURS = 'Only its author changes a comment.';

/** The comments of a thread: replies, changes with a trace, reactions. */
export function commentRoutes(services: Services) {
  const { db } = services;
  const here = threadHere(services);

  async function find(c: Context<ThreadEnv>): Promise<CommentRow | null> {
    return findComment(db, c.get('thread').id, c.req.param('commentId') ?? '');
  }

  function allows(c: Context<ThreadEnv>, action: 'comment.moderate' | 'comment.private'): boolean {
    const { circumstances } = c.get('standing');
    return permission(c.get('viewer').role, action, { ...circumstances, now: new Date() }).allowed;
  }

  const place = (c: Context<ThreadEnv>) => ({
    draftId: c.req.param('draftId') ?? '',
    threadId: c.get('thread').id,
  });

  return new Hono<ThreadEnv>()
    .post(
      '/:draftId/threads/:threadId/comments',
      permit(services, 'comment.write'),
      json(newComment),
      here,
      async (c) => {
        const viewer = c.get('viewer');
        const input = c.req.valid('json');
        const { result, told } = await db.transaction().execute(async (trx) => {
          const kept = await addComment(trx, place(c), viewer, input);
          const event = { ...place(c), byId: viewer.id, at: new Date().toISOString() };
          const named = kept === 'new' ? await tellOfComment(trx, event, input.id, input.body) : [];
          return { result: kept, told: named };
        });
        if (result === 'taken') return refuse(c, 409, 'taken', TAKEN);
        if (result === 'new') await announce(services, place(c).draftId, c.get('thread').visibility, told);
        return c.json({ ok: true as const }, 201);
      },
    )
    .patch(
      '/:draftId/threads/:threadId/comments/:commentId',
      permit(services, 'comment.write'),
      json(commentChange),
      here,
      async (c) => {
        const viewer = c.get('viewer');
        const { body } = c.req.valid('json');
        const found = await find(c);
        if (found === null || found.deletedAt !== null) return refuse(c, 404, 'not-found', MISSING);
        if (found.authorId !== viewer.id) return refuse(c, 403, 'not-author', NOT_YOURS);
        if (found.body === body) return c.json({ ok: true as const }, 200);
        const told = await db.transaction().execute(async (trx) => {
          await rewriteComment(trx, place(c), found, viewer.id, body);
          const event = { ...place(c), byId: viewer.id, at: new Date().toISOString() };
          return tellOfEdit(trx, event, found.id, { before: found.body, after: body });
        });
        await announce(services, place(c).draftId, c.get('thread').visibility, told);
        return c.json({ ok: true as const }, 200);
      },
    )
    .delete(
      '/:draftId/threads/:threadId/comments/:commentId',
      permit(services, 'comment.write'),
      here,
      async (c) => {
        const viewer = c.get('viewer');
        const found = await find(c);
        if (found === null) return refuse(c, 404, 'not-found', MISSING);
        const own = found.authorId === viewer.id;
        if (!own && !allows(c, 'comment.moderate')) return refuse(c, 403, 'not-author', NOT_YOURS);
        // Asked for twice, it is deleted once.
        if (found.deletedAt !== null) return c.json({ ok: true as const }, 200);
        await db.transaction().execute(async (trx) => {
          await rewriteComment(trx, place(c), found, viewer.id, null);
          if (!own)
            await record(trx, c.get('author'), {
              action: 'comment.delete',
              objectKind: 'comment',
              objectId: found.id,
              processId: c.get('processId'),
              details: { ...place(c), author: found.authorId },
            });
        });
        await announce(services, place(c).draftId, c.get('thread').visibility);
        return c.json({ ok: true as const }, 200);
      },
    )
    .get(
      '/:draftId/threads/:threadId/comments/:commentId/history',
      permit(services, 'comment.read'),
      here,
      async (c) => {
        const found = await find(c);
        // What was deleted is read by the team alone.
        if (found === null || (found.deletedAt !== null && !allows(c, 'comment.private')))
          return refuse(c, 404, 'not-found', MISSING);
        const person = await peopleOf(db, place(c).draftId);
        const versions = await listVersions(db, found.id);
        return c.json(
          { versions: versions.map(({ byId, ...version }) => ({ ...version, by: person(byId) })) },
          200,
        );
      },
    )
    .put(
      '/:draftId/threads/:threadId/comments/:commentId/reactions/:reaction',
      permit(services, 'comment.write'),
      json(reactionChange),
      here,
      async (c) => {
        const found = await find(c);
        if (found === null || found.deletedAt !== null) return refuse(c, 404, 'not-found', MISSING);
        const reaction = REACTIONS.find((name) => name === c.req.param('reaction'));
        if (reaction === undefined)
          return refuse(c, 422, 'no-such-reaction', `A reaction is one of: ${REACTIONS.join(', ')}.`);
        const given = { commentId: found.id, userId: c.get('viewer').id, reaction };
        await db.transaction().execute((trx) => react(trx, place(c), given, c.req.valid('json').on));
        await announce(services, place(c).draftId, c.get('thread').visibility);
        return c.json({ ok: true as const }, 200);
      },
    );
}
