import {
  bulkEdit,
  deleteQuery,
  mergeRequest,
  newRecommendation,
  recommendationChange,
  undoRequest,
} from '@zerodraft/contract';
import { type Context, Hono } from 'hono';
import { type Deed, record } from '../audit/record.ts';
import type { Database } from '../db/database.ts';
import { deleteOne, editMany, editOne, mergeInto, type Outcome, unmerge } from '../library/edit.ts';
import { createFromPassage } from '../library/from-passage.ts';
import { readHistory, readLinkedClauses, visibleDrafts } from '../library/history.ts';
import { findRecommendation } from '../library/repository.ts';
import { undoBatch } from '../library/undo.ts';
import { permit, type RouteEnv, refuse, type Services } from './context.ts';
import { notifyProcess } from './notify.ts';
import { json, query } from './valid.ts';

const NONE = 'There is no such recommendation in this process.';

function refused(c: Context, result: Exclude<Outcome, { batch: string }>) {
  if ('rows' in result) return c.json(result, 409);
  const { code, error } = result;
  const status =
    code === 'not-found'
      ? 404
      : code === 'unknown-term' || code === 'no-reason' || code === 'itself'
        ? 422
        : 409;
  return refuse(c, status, code, error);
}

/** Routes that make and change recommendations, and tell what became of them. */
export function recommendationRoutes(services: Services) {
  const { db } = services;

  /** Changes something in one transaction with its record; tells everybody when it changed. */
  async function change(
    c: Context<RouteEnv>,
    action: Deed['action'],
    objectId: string,
    details: object,
    run: (trx: Database, place: { processId: string; userId: string }) => Promise<Outcome>,
  ): Promise<Outcome> {
    const place = { processId: c.get('processId'), userId: c.get('userId') };
    const result = await db.transaction().execute(async (trx) => {
      const outcome = await run(trx, place);
      if ('batch' in outcome && outcome.changed > 0) {
        const { batch, changed } = outcome;
        const deed = { objectKind: 'recommendation', objectId, processId: place.processId } as const;
        await record(trx, c.get('author'), { action, ...deed, details: { ...details, batch, changed } });
      }
      return outcome;
    });
    if ('batch' in result && result.changed > 0)
      for (const topic of ['recommendations', 'taxonomies'] as const)
        await notifyProcess(services, place.processId, topic);
    return result;
  }

  return new Hono<RouteEnv>()
    .post(
      '/:processId/recommendations',
      permit(services, 'recommendation.edit'),
      json(newRecommendation),
      async (c) => {
        const processId = c.get('processId');
        const input = c.req.valid('json');
        const result = await db.transaction().execute(async (trx) => {
          const outcome = await createFromPassage(trx, { processId, userId: c.get('userId') }, input);
          if ('made' in outcome && outcome.made) {
            const details = { source: input.sourceId };
            const deed = { objectKind: 'recommendation', objectId: input.id, processId, details } as const;
            await record(trx, c.get('author'), { action: 'recommendation.create', ...deed });
          }
          return outcome;
        });
        if ('code' in result) {
          const status = result.code === 'no-source' ? 404 : 409;
          return refuse(c, status, result.code, result.error);
        }
        if (result.made)
          for (const topic of ['recommendations', 'taxonomies', 'sources'] as const)
            await notifyProcess(services, processId, topic);
        const made = await findRecommendation(db, processId, input.id);
        if (made === null) return refuse(c, 404, 'not-found', 'This recommendation is gone again.');
        return c.json(made, result.made ? 201 : 200);
      },
    )
    .get('/:processId/recommendations/:id', permit(services, 'recommendation.read'), async (c) => {
      const found = await findRecommendation(db, c.get('processId'), c.req.param('id'));
      return found ? c.json(found, 200) : refuse(c, 404, 'not-found', NONE);
    })
    .get('/:processId/recommendations/:id/history', permit(services, 'recommendation.read'), async (c) => {
      const found = await findRecommendation(db, c.get('processId'), c.req.param('id'));
      if (!found) return refuse(c, 404, 'not-found', NONE);
      return c.json({ events: await readHistory(db, c.get('processId'), found.id) }, 200);
    })
    .get('/:processId/recommendations/:id/links', permit(services, 'recommendation.read'), async (c) => {
      const processId = c.get('processId');
      const found = await findRecommendation(db, processId, c.req.param('id'));
      if (!found) return refuse(c, 404, 'not-found', NONE);
      const drafts = await visibleDrafts(db, processId, c.get('viewer'));
      return c.json({ links: await readLinkedClauses(db, processId, found.id, drafts) }, 200);
    })
    .patch(
      '/:processId/recommendations/:id',
      permit(services, 'recommendation.edit'),
      json(recommendationChange),
      async (c) => {
        const id = c.req.param('id');
        const input = c.req.valid('json');
        const changed = Object.keys(input).filter((name) => name !== 'version');
        const result = await change(c, 'recommendation.change', id, { fields: changed }, (trx, place) =>
          editOne(trx, place, id, input),
        );
        if (!('batch' in result)) return refused(c, result);
        const found = await findRecommendation(db, c.get('processId'), id);
        return found ? c.json(found, 200) : refuse(c, 404, 'not-found', NONE);
      },
    )
    .delete(
      '/:processId/recommendations/:id',
      permit(services, 'recommendation.edit'),
      query(deleteQuery),
      async (c) => {
        const id = c.req.param('id');
        const { version } = c.req.valid('query');
        const visible = await visibleDrafts(db, c.get('processId'), c.get('viewer'));
        const result = await change(c, 'recommendation.delete', id, {}, (trx, place) =>
          deleteOne(trx, place, id, version, visible),
        );
        return 'batch' in result ? c.json(result, 200) : refused(c, result);
      },
    )
    .post(
      '/:processId/recommendations/:id/merges',
      permit(services, 'recommendation.edit'),
      json(mergeRequest),
      async (c) => {
        const id = c.req.param('id');
        const input = c.req.valid('json');
        const from = input.from.map((row) => row.id);
        const result = await change(c, 'recommendation.merge', id, { from }, (trx, place) =>
          mergeInto(trx, place, id, input),
        );
        return 'batch' in result ? c.json(result, 200) : refused(c, result);
      },
    )
    .delete(
      '/:processId/recommendations/:id/merge',
      permit(services, 'recommendation.edit'),
      query(deleteQuery),
      async (c) => {
        const id = c.req.param('id');
        const { version } = c.req.valid('query');
        const result = await change(c, 'recommendation.unmerge', id, {}, (trx, place) =>
          unmerge(trx, place, id, version),
        );
        return 'batch' in result ? c.json(result, 200) : refused(c, result);
      },
    )
    .post('/:processId/library/bulk', permit(services, 'recommendation.edit'), json(bulkEdit), async (c) => {
      const input = c.req.valid('json');
      const fields = Object.keys(input.set);
      const details = { fields, added: input.add, removed: input.remove };
      const result = await change(c, 'recommendation.change', c.get('processId'), details, (trx, place) =>
        editMany(trx, place, input),
      );
      return 'batch' in result ? c.json(result, 200) : refused(c, result);
    })
    .post(
      '/:processId/library/batches/:batch/undo',
      permit(services, 'recommendation.edit'),
      json(undoRequest),
      async (c) => {
        const { batch } = c.req.param();
        const { skipChanged } = c.req.valid('json');
        const visible = await visibleDrafts(db, c.get('processId'), c.get('viewer'));
        const result = await change(
          c,
          'recommendation.undo',
          c.get('processId'),
          { undone: batch },
          (trx, place) => undoBatch(trx, place, batch, skipChanged, visible),
        );
        return 'batch' in result ? c.json(result, 200) : refused(c, result);
      },
    );
}
