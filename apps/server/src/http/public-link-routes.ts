import { type Action, permission } from '@zerodraft/contract';
import { numberBlocks, readBlocks } from '@zerodraft/schema';
import { type Context, Hono } from 'hono';
import type { Database } from '../db/database.ts';
import { readDocument } from '../drafts/new-text.ts';
import { findDraft } from '../drafts/repository.ts';
import { openPublicLink } from '../links/repository.ts';
import { clientIp } from './client.ts';
import { refuse, type Services } from './context.ts';
import { limit } from './rate-limits.ts';

const ENDED = 'This link has ended or never was. Ask whoever gave it to you.';

/** The link that a secret opens, when what it is for is allowed to the public now; else null. */
async function opened(db: Database, token: string, action: Action) {
  const link = await openPublicLink(db, token);
  const verdict =
    link &&
    permission('public', action, {
      draft: { state: link.state, stateSince: link.stateSince },
      process: { state: link.processState, stateSince: link.processStateSince },
      rounds: [],
      now: new Date(),
    });
  return verdict?.allowed ? link : null;
}

/** What the holder of a public link reads; no cookie is asked for, nobody's name is told. */
export function publicRoutes(services: Services) {
  const { db, log, limits, config, reader } = services;
  const rate = limit(limits, 'publicLinks', (c) => clientIp(c, config.trustedProxies));
  const ended = (c: Context) => refuse(c, 404, 'link-ended', ENDED);
  return new Hono()
    .get('/:token', rate, async (c) => {
      const link = await opened(db, c.req.param('token'), 'draft.read');
      if (!link) return ended(c);
      const withSources = link.withSources === 1;
      const blocks = readBlocks(await readDocument(log, link.draftId));
      const numbers = numberBlocks(blocks.map(({ kind }) => kind));
      const counts = withSources
        ? (await reader.trace({ draftId: link.draftId, clauseId: null })).counts
        : new Map<string, number>();
      const { editedAt } = await findDraft(db, link.draftId, '');
      c.header('cache-control', 'no-store');
      return c.json(
        {
          title: link.title,
          processName: link.processName,
          illustrative: link.illustrative === 1,
          editedAt,
          expiresAt: link.expiresAt,
          withSources,
          blocks: blocks.map(({ id, kind, text }, index) => ({
            id,
            kind,
            label: numbers[index]?.label ?? '',
            citation: numbers[index]?.citation ?? '',
            text,
            sources: counts.get(id) ?? 0,
          })),
        },
        200,
      );
    })
    .get('/:token/clauses/:clauseId', rate, async (c) => {
      const { token, clauseId } = c.req.param();
      const link = await opened(db, token, 'trace.read');
      // A link that does not show sources answers as one that never was.
      if (link?.withSources !== 1) return ended(c);
      const { sources } = await reader.trace({ draftId: link.draftId, clauseId });
      if (sources === null)
        return refuse(c, 404, 'not-found', 'This clause is no longer in the text. Load the page again.');
      c.header('cache-control', 'no-store');
      return c.json({ sources }, 200);
    });
}
