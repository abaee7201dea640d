import { facetsRequest, searchRequest } from '@zerodraft/contract';
import { type Context, Hono } from 'hono';
import { visibleDrafts } from '../library/history.ts';
import { permit, type RouteEnv, refuse, type Services } from './context.ts';
import { json } from './valid.ts';

/** Search in the library. The requests are too large for an address, so they are posted; they change nothing. */
export function searchRoutes(services: Services) {
  const { db, library } = services;

  /** Whose links count: of the draft asked for, or of all that the person may see; null when they may not see that one. */
  async function placeOf(c: Context<RouteEnv>, draftId: string | null) {
    const processId = c.get('processId');
    const visible = await visibleDrafts(db, processId, c.get('viewer'));
    if (draftId === null) return { processId, draftIds: visible };
    return visible.includes(draftId) ? { processId, draftIds: [draftId] } : null;
  }
  const noDraft = (c: Context) => refuse(c, 404, 'not-found', 'There is no such draft in this process.');

  return new Hono<RouteEnv>()
    .post(
      '/:processId/library/search',
      permit(services, 'recommendation.read'),
      json(searchRequest),
      async (c) => {
        const request = c.req.valid('json');
        const place = await placeOf(c, request.draftId);
        return place ? c.json(await library.search(place, request), 200) : noDraft(c);
      },
    )
    .post(
      '/:processId/library/facets',
      permit(services, 'recommendation.read'),
      json(facetsRequest),
      async (c) => {
        const request = c.req.valid('json');
        const place = await placeOf(c, request.draftId);
        return place ? c.json(await library.facets(place, request), 200) : noDraft(c);
      },
    )
    .post(
      '/:processId/library/selection',
      permit(services, 'recommendation.read'),
      json(searchRequest),
      async (c) => {
        const request = c.req.valid('json');
        const place = await placeOf(c, request.draftId);
        return place ? c.json(await library.selection(place, request), 200) : noDraft(c);
      },
    );
}
