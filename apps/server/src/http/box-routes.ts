import { boxChange } from '@zerodraft/contract';
import { Hono } from 'hono';
import { record } from '../audit/record.ts';
import { changeBox, findBox } from '../deposits/box.ts';
import { addressOf } from '../env.ts';
import { permit, type RouteEnv, refuse, type Services } from './context.ts';
import { json } from './valid.ts';

/** The recommendations box of a process: its address, and whether it takes anything. */
export function boxRoutes(services: Services) {
  const { db, config } = services;
  return new Hono<RouteEnv>()
    .get('/:processId/box', permit(services, 'deposit.read'), async (c) =>
      c.json({ box: await findBox(db, c.get('processId'), addressOf(config)) }, 200),
    )
    .put('/:processId/box', permit(services, 'box.manage'), json(boxChange), async (c) => {
      const processId = c.get('processId');
      const change = c.req.valid('json');
      const outcome = await db.transaction().execute(async (trx) => {
        const result = await changeBox(trx, processId, change);
        if (result === 'taken') return result;
        const box = await findBox(trx, processId, addressOf(config));
        const details = { address: box?.slug };
        const deed = { objectKind: 'box', objectId: processId, processId, details } as const;
        if (result.moved) await record(trx, c.get('author'), { action: 'box.move', ...deed });
        if (result.opened) await record(trx, c.get('author'), { action: 'box.open', ...deed });
        if (result.closed) await record(trx, c.get('author'), { action: 'box.close', ...deed });
        return { box };
      });
      if (outcome === 'taken')
        return refuse(c, 409, 'taken', 'Another box has this address. Choose another.');
      return c.json(outcome, 200);
    });
}
