import { suggestionRequest } from '@zerodraft/contract';
import { Hono } from 'hono';
import { visibleDrafts } from '../library/history.ts';
import { permit, type RouteEnv, refuse, type Services } from './context.ts';
import { json } from './valid.ts';

/** Likely recommendations of a clause. What is asked is the person's own text, which is posted; nothing is changed. */
export function clauseSuggestionRoutes(services: Services) {
  return new Hono<RouteEnv>().post(
    '/:draftId/suggestions',
    permit(services, 'draft.read'),
    permit(services, 'recommendation.read'),
    json(suggestionRequest),
    async (c) => {
      const place = { processId: c.get('processId'), draftId: c.req.param('draftId') };
      const suggestions = await services.suggest.recommendations({ ...place, ...c.req.valid('json') });
      return c.json({ suggestions }, 200);
    },
  );
}

/** Likely clauses of a recommendation, in the drafts that the person may see. */
export function recommendationSuggestionRoutes(services: Services) {
  return new Hono<RouteEnv>().get(
    '/:processId/recommendations/:id/suggestions',
    permit(services, 'recommendation.read'),
    async (c) => {
      const processId = c.get('processId');
      const draftIds = await visibleDrafts(services.db, processId, c.get('viewer'));
      const recommendationId = c.req.param('id');
      const suggestions = await services.suggest.clauses({ processId, recommendationId, draftIds });
      return suggestions
        ? c.json({ suggestions }, 200)
        : refuse(c, 404, 'not-found', 'There is no such recommendation in this process, or no more.');
    },
  );
}
