import { MAX_VIEWS, newView, viewChange } from '@zerodraft/contract';
import { type Context, Hono } from 'hono';
import { type Deed, record } from '../audit/record.ts';
import { changeView, createView, deleteView, findView, listViews } from '../views/repository.ts';
import { permit, type RouteEnv, refuse, type Services } from './context.ts';
import { notifyProcess } from './notify.ts';
import { json } from './valid.ts';

const NONE = 'There is no such view in this process.';
const TAKEN = 'There is a view of this name already. Choose another name.';

/** Views of the library that the team keeps. */
export function viewRoutes(services: Services) {
  const { db } = services;
  const deed = (c: Context<RouteEnv>, action: Deed['action'], id: string, name: string): Deed => ({
    action,
    objectKind: 'view',
    objectId: id,
    processId: c.get('processId'),
    details: { name },
  });
  return new Hono<RouteEnv>()
    .get('/:processId/views', permit(services, 'recommendation.read'), async (c) =>
      c.json({ views: await listViews(db, c.get('processId')) }, 200),
    )
    .post('/:processId/views', permit(services, 'view.manage'), json(newView), async (c) => {
      const processId = c.get('processId');
      const input = c.req.valid('json');
      const outcome = await db.transaction().execute(async (trx) => {
        const result = await createView(trx, processId, c.get('userId'), input);
        if (result === 'made')
          await record(trx, c.get('author'), deed(c, 'view.create', input.id, input.name));
        return result;
      });
      if (outcome === 'taken') return refuse(c, 409, 'taken', TAKEN);
      if (outcome === 'full')
        return refuse(c, 409, 'full', `A process keeps at most ${MAX_VIEWS} views. Delete one first.`);
      if (outcome === 'made') await notifyProcess(services, processId, 'views');
      const view = await findView(db, processId, input.id);
      return view ? c.json(view, outcome === 'made' ? 201 : 200) : refuse(c, 404, 'not-found', NONE);
    })
    .patch('/:processId/views/:viewId', permit(services, 'view.manage'), json(viewChange), async (c) => {
      const processId = c.get('processId');
      const { viewId } = c.req.param();
      const change = c.req.valid('json');
      const outcome = await db.transaction().execute(async (trx) => {
        const result = await changeView(trx, processId, viewId, change);
        const view = await findView(trx, processId, viewId);
        if (result === 'changed' && view)
          await record(trx, c.get('author'), deed(c, 'view.change', viewId, view.name));
        return result;
      });
      if (outcome === 'taken') return refuse(c, 409, 'taken', TAKEN);
      if (outcome === 'stale')
        return refuse(c, 409, 'changed-since', 'Somebody changed this view meanwhile. Open it again first.');
      if (outcome === 'changed') await notifyProcess(services, processId, 'views');
      const view = await findView(db, processId, viewId);
      return view ? c.json(view, 200) : refuse(c, 404, 'not-found', NONE);
    })
    .delete('/:processId/views/:viewId', permit(services, 'view.manage'), async (c) => {
      const processId = c.get('processId');
      const { viewId } = c.req.param();
      const name = await db.transaction().execute(async (trx) => {
        const deleted = await deleteView(trx, processId, viewId);
        if (deleted !== null) await record(trx, c.get('author'), deed(c, 'view.delete', viewId, deleted));
        return deleted;
      });
      if (name === null) return refuse(c, 404, 'not-found', NONE);
      await notifyProcess(services, processId, 'views');
      return c.json({ ok: true as const }, 200);
    });
}
