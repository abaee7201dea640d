import { newRecommendation } from '@zerodraft/contract';
import { Hono } from 'hono';
import { record } from '../audit/record.ts';
import { createFromPassage } from '../library/from-passage.ts';
import { findRecommendation } from '../library/repository.ts';
import { permit, type RouteEnv, refuse, type Services } from './context.ts';
import { notifyProcess } from './notify.ts';
import { json } from './valid.ts';

/** Routes that make and change recommendations. */
export function recommendationRoutes(services: Services) {
  const { db } = services;
  return new Hono<RouteEnv>().post(
    '/:processId/recommendations',
    permit(services, 'recommendation.edit'),
    json(newRecommendation),
    async (c) => {
      const processId = c.get('processId');
      const input = c.req.valid('json');
      const result = await db.transaction().execute(async (trx) => {
        const outcome = await createFromPassage(trx, processId, input);
        if ('made' in outcome && outcome.made) {
          const details = { source: input.sourceId };
          const deed = { objectKind: 'recommendation', objectId: input.id, processId, details } as const;
          await record(trx, c.get('author'), { action: 'recommendation.create', ...deed });
        }
        return outcome;
      });
      if ('code' in result) {
        const status = result.code === 'no-source' ? 404 : result.code === 'unknown-term' ? 422 : 409;
        return refuse(c, status, result.code, result.error);
      }
      if (result.made)
        for (const topic of ['recommendations', 'sources'] as const)
          await notifyProcess(services, processId, topic);
      const made = await findRecommendation(db, processId, input.id);
      if (made === null) return refuse(c, 404, 'not-found', 'This recommendation is gone again.');
      return c.json(made, result.made ? 201 : 200);
    },
  );
}
