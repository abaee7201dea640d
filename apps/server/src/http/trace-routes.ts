import { Hono } from 'hono';
import { readTrace } from '../trace/view.ts';
import { permit, type RouteEnv, type Services } from './context.ts';

/** What a draft's links need beside the document, and what is wrong with them. */
export function traceRoutes(services: Services) {
  const { db, reader } = services;
  return new Hono<RouteEnv>()
    .get('/:draftId/trace', permit(services, 'recommendation.read'), async (c) =>
      c.json(await readTrace(db, c.get('processId'), c.req.param('draftId')), 200),
    )
    .get('/:draftId/trace/check', permit(services, 'recommendation.read'), async (c) => {
      const place = { processId: c.get('processId'), draftId: c.req.param('draftId') };
      return c.json({ findings: await reader.check(place) }, 200);
    });
}
