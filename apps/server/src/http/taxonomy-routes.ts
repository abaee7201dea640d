import { newTerm, taxonomyName, termChange, termMerge, termOrder } from '@zerodraft/contract';
import type { TaxonomyName } from '@zerodraft/trace';
import { type Context, Hono } from 'hono';
import { type Deed, record } from '../audit/record.ts';
import {
  changeTerm,
  createTerm,
  deleteTerm,
  findTerm,
  listTaxonomies,
  mergeTerm,
  orderTerms,
  type TermRefusal,
  taxonomiesPrint,
} from '../taxonomies/repository.ts';
import { permit, type RouteEnv, refuse, type Services } from './context.ts';
import { notifyProcess } from './notify.ts';
import { json, param } from './valid.ts';

const STATUS = { 'not-found': 404, 'other-taxonomy': 422 } as const;

function refused(c: Context, { code, error }: TermRefusal) {
  return refuse(c, code === 'not-found' || code === 'other-taxonomy' ? STATUS[code] : 409, code, error);
}

/** The vocabularies of a process: reading them, and changing them in the screen. */
export function taxonomyRoutes(services: Services) {
  const { db } = services;

  async function notify(processId: string): Promise<void> {
    for (const topic of ['taxonomies', 'recommendations', 'sources', 'draft'] as const)
      await notifyProcess(services, processId, topic);
  }
  const deed = (
    c: Context<RouteEnv>,
    action: Deed['action'],
    taxonomy: TaxonomyName,
    id: string,
    details: object,
  ): Deed => ({
    action,
    objectKind: 'term',
    objectId: id,
    processId: c.get('processId'),
    details: { taxonomy, ...details },
  });
  const manage = () => [permit(services, 'taxonomy.manage'), param('taxonomy', taxonomyName)] as const;

  return new Hono<RouteEnv>()
    .get('/:processId/taxonomies', permit(services, 'recommendation.read'), async (c) => {
      const processId = c.get('processId');
      // Asked for again and again by whoever has the page open: counting is for what has changed.
      const tag = `"${await taxonomiesPrint(db, processId)}"`;
      c.header('etag', tag);
      c.header('cache-control', 'private, no-cache');
      if (c.req.header('if-none-match') === tag) return c.body(null, 304);
      return c.json(await listTaxonomies(db, processId), 200);
    })
    .post('/:processId/taxonomies/:taxonomy/terms', ...manage(), json(newTerm), async (c) => {
      const processId = c.get('processId');
      const taxonomy = taxonomyName.parse(c.req.param('taxonomy'));
      const input = c.req.valid('json');
      const result = await db.transaction().execute(async (trx) => {
        const outcome = await createTerm(trx, processId, taxonomy, input);
        if ('made' in outcome && outcome.made)
          await record(
            trx,
            c.get('author'),
            deed(c, 'term.create', taxonomy, input.id, { label: input.label }),
          );
        return outcome;
      });
      if ('code' in result) return refused(c, result);
      if (result.made) await notify(processId);
      const made = await findTerm(db, processId, input.id);
      return made
        ? c.json(made, result.made ? 201 : 200)
        : refuse(c, 404, 'not-found', 'This term is gone again.');
    })
    .patch('/:processId/taxonomies/:taxonomy/terms/:termId', ...manage(), json(termChange), async (c) => {
      const processId = c.get('processId');
      const taxonomy = taxonomyName.parse(c.req.param('taxonomy'));
      const id = c.req.param('termId');
      const change = c.req.valid('json');
      const result = await db.transaction().execute(async (trx) => {
        const outcome = await changeTerm(trx, { processId, taxonomy, id }, change);
        if (!('code' in outcome))
          await record(
            trx,
            c.get('author'),
            deed(c, 'term.change', taxonomy, id, { was: outcome.label, ...change }),
          );
        return outcome;
      });
      if ('code' in result) return refused(c, result);
      await notify(processId);
      const found = await findTerm(db, processId, id);
      return found ? c.json(found, 200) : refuse(c, 404, 'not-found', 'This term is gone.');
    })
    .put('/:processId/taxonomies/:taxonomy/order', ...manage(), json(termOrder), async (c) => {
      const processId = c.get('processId');
      const taxonomy = taxonomyName.parse(c.req.param('taxonomy'));
      const { ids } = c.req.valid('json');
      const problem = await db.transaction().execute(async (trx) => {
        const outcome = await orderTerms(trx, processId, taxonomy, ids);
        if (outcome === null)
          await record(trx, c.get('author'), deed(c, 'term.order', taxonomy, taxonomy, {}));
        return outcome;
      });
      if (problem) return refused(c, problem);
      await notify(processId);
      return c.json({ ok: true as const }, 200);
    })
    .post('/:processId/taxonomies/:taxonomy/terms/:termId/merge', ...manage(), json(termMerge), async (c) => {
      const processId = c.get('processId');
      const taxonomy = taxonomyName.parse(c.req.param('taxonomy'));
      const id = c.req.param('termId');
      const { into } = c.req.valid('json');
      const result = await db.transaction().execute(async (trx) => {
        const outcome = await mergeTerm(trx, { processId, taxonomy, id }, into);
        if (!('code' in outcome))
          await record(trx, c.get('author'), deed(c, 'term.merge', taxonomy, id, outcome));
        return outcome;
      });
      if ('code' in result) return refused(c, result);
      await notify(processId);
      const found = await findTerm(db, processId, into);
      return found ? c.json(found, 200) : refuse(c, 404, 'not-found', 'This term is gone.');
    })
    .delete('/:processId/taxonomies/:taxonomy/terms/:termId', ...manage(), async (c) => {
      const processId = c.get('processId');
      const taxonomy = taxonomyName.parse(c.req.param('taxonomy'));
      const id = c.req.param('termId');
      const result = await db.transaction().execute(async (trx) => {
        const outcome = await deleteTerm(trx, { processId, taxonomy, id });
        if (!('code' in outcome))
          await record(trx, c.get('author'), deed(c, 'term.delete', taxonomy, id, outcome));
        return outcome;
      });
      if ('code' in result) return refused(c, result);
      await notify(processId);
      return c.json({ ok: true as const }, 200);
    });
}
