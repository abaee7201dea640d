import { newPublicLink } from '@zerodraft/contract';
import { Hono } from 'hono';
import { record } from '../audit/record.ts';
import { addressOf } from '../env.ts';
import { createPublicLink, listPublicLinks, revokePublicLink } from '../links/repository.ts';
import { permit, type RouteEnv, refuse, type Services } from './context.ts';
import { json } from './valid.ts';

/** The public read-only links of a draft. */
export function linkRoutes(services: Services) {
  const { db, config } = services;
  return new Hono<RouteEnv>()
    .get('/:draftId/links', permit(services, 'share.manage'), async (c) =>
      c.json({ links: await listPublicLinks(db, c.req.param('draftId')) }, 200),
    )
    .post('/:draftId/links', permit(services, 'share.manage'), json(newPublicLink), async (c) => {
      const { draftId } = c.req.param();
      const { expiresAt, withSources } = c.req.valid('json');
      if (expiresAt !== null && expiresAt <= new Date().toISOString())
        return refuse(c, 422, 'order', 'A link expires at a time that is still to come, or never.');
      const { id, token } = await db.transaction().execute(async (trx) => {
        const link = await createPublicLink(trx, draftId, c.get('userId'), {
          expiresAt,
          withSources,
        });
        await record(trx, c.get('author'), {
          action: 'public-link.create',
          objectKind: 'public-link',
          objectId: link.id,
          processId: c.get('processId'),
          details: { draft: draftId, expiresAt, withSources },
        });
        return link;
      });
      return c.json({ id, link: `${addressOf(config)}/p/${token}` }, 201);
    })
    .delete('/:draftId/links/:linkId', permit(services, 'share.manage'), async (c) => {
      const { draftId, linkId } = c.req.param();
      const revoked = await db.transaction().execute(async (trx) => {
        if (!(await revokePublicLink(trx, draftId, linkId))) return false;
        await record(trx, c.get('author'), {
          action: 'public-link.revoke',
          objectKind: 'public-link',
          objectId: linkId,
          processId: c.get('processId'),
          details: { draft: draftId },
        });
        return true;
      });
      return revoked
        ? c.json({ ok: true as const }, 200)
        : refuse(c, 404, 'not-found', 'There is no such link, or it has ended.');
    });
}
