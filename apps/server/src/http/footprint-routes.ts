import { footprintQuery } from '@zerodraft/contract';
import { Hono } from 'hono';
import { record } from '../audit/record.ts';
import { addressOf } from '../env.ts';
import { findVersion } from '../versions/repository.ts';
import { attachment } from './attachment.ts';
import { permit, type RouteEnv, refuse, type Services } from './context.ts';
import { limit } from './rate-limits.ts';
import { query } from './valid.ts';

/** The footprint of a draft as a file: where its clauses come from, and what became of what was proposed. */
export function footprintRoutes(services: Services) {
  const { db, footprints, config, limits } = services;
  const rate = limit(limits, 'footprints', (c) => c.get('userId'));
  return new Hono<RouteEnv>().get(
    '/:draftId/footprint',
    permit(services, 'footprint.export'),
    query(footprintQuery),
    rate,
    async (c) => {
      const { draftId } = c.req.param();
      const asked = c.req.valid('query');
      if (asked.version !== undefined && !(await findVersion(db, draftId, asked.version)))
        return refuse(
          c,
          404,
          'not-found',
          'There is no such version of this draft; it may have been deleted. Choose another, or leave it out.',
        );
      const file = await footprints.file({
        processId: c.get('processId'),
        draftId,
        address: addressOf(config).replace(/\/+$/, ''),
        at: new Date().toISOString(),
        query: asked,
      });
      if (file === null)
        return refuse(
          c,
          404,
          'no-organisation',
          'Nobody of this name proposed anything in this process. Choose a name from the list of sources.',
        );
      await record(db, c.get('author'), {
        action: 'footprint.export',
        objectKind: 'draft',
        objectId: draftId,
        processId: c.get('processId'),
        details: { ...asked },
      });
      return c.body(file.bytes, 200, {
        'content-type': file.type,
        'content-disposition': attachment(file.name),
        'cache-control': 'no-store',
      });
    },
  );
}
