import { newPublicLink, permission } from '@zerodraft/contract';
import { numberBlocks, readBlocks } from '@zerodraft/schema';
import { Hono } from 'hono';
import { record } from '../audit/record.ts';
import { readDocument } from '../drafts/new-text.ts';
import { findDraft } from '../drafts/repository.ts';
import { addressOf } from '../env.ts';
import { createPublicLink, listPublicLinks, openPublicLink, revokePublicLink } from '../links/repository.ts';
import { clientIp } from './client.ts';
import { permit, type RouteEnv, refuse, type Services } from './context.ts';
import { limit } from './rate-limits.ts';
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
      const { expiresAt } = c.req.valid('json');
      if (expiresAt !== null && expiresAt <= new Date().toISOString())
        return refuse(c, 422, 'order', 'A link expires at a time that is still to come, or never.');
      const { id, token } = await db.transaction().execute(async (trx) => {
        const link = await createPublicLink(trx, draftId, c.get('userId'), expiresAt);
        await record(trx, c.get('author'), {
          action: 'public-link.create',
          objectKind: 'public-link',
          objectId: link.id,
          processId: c.get('processId'),
          details: { draft: draftId, expiresAt },
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

/** What the holder of a public link reads; no cookie is asked for, nobody's name is told. */
export function publicRoutes(services: Services) {
  const { db, log, limits, config } = services;
  const rate = limit(limits, 'publicLinks', (c) => clientIp(c, config.trustedProxies));
  return new Hono().get('/:token', rate, async (c) => {
    const link = await openPublicLink(db, c.req.param('token'));
    const verdict =
      link &&
      permission('public', 'draft.read', {
        draft: { state: link.state, stateSince: link.stateSince },
        process: { state: link.processState, stateSince: link.processStateSince },
        rounds: [],
        now: new Date(),
      });
    if (!link || !verdict?.allowed)
      return refuse(c, 404, 'link-ended', 'This link has ended or never was. Ask whoever gave it to you.');
    const blocks = readBlocks(await readDocument(log, link.draftId));
    const numbers = numberBlocks(blocks.map(({ kind }) => kind));
    const { editedAt } = await findDraft(db, link.draftId, '');
    c.header('cache-control', 'no-store');
    return c.json(
      {
        title: link.title,
        processName: link.processName,
        illustrative: link.illustrative === 1,
        editedAt,
        expiresAt: link.expiresAt,
        blocks: blocks.map(({ id, kind, text }, index) => ({
          id,
          kind,
          label: numbers[index]?.label ?? '',
          citation: numbers[index]?.citation ?? '',
          text,
        })),
      },
      200,
    );
  });
}
