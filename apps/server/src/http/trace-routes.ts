import { traceQuery } from '@zerodraft/contract';
import { Hono } from 'hono';
import { readTrace } from '../trace/view.ts';
import { permit, type RouteEnv, type Services } from './context.ts';
import { query } from './valid.ts';

/** What a draft's links need beside the document, and what is wrong with them. */
export function traceRoutes(services: Services) {
  const { db, reader } = services;
  return new Hono<RouteEnv>()
    .get('/:draftId/trace', permit(services, 'recommendation.read'), query(traceQuery), async (c) => {
      const { links, library } = c.req.valid('query');
      const since = links === undefined || library === undefined ? null : { links, library };
      const asked = { processId: c.get('processId'), draftId: c.req.param('draftId'), since };
      return c.json(await readTrace(db, asked), 200);
    })
    .get('/:draftId/trace/check', permit(services, 'recommendation.read'), async (c) => {
      const place = { processId: c.get('processId'), draftId: c.req.param('draftId') };
      return c.json({ findings: await reader.check(place) }, 200);
    });
}
