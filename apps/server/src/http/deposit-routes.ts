import { claimRequest, depositsQuery } from '@zerodraft/contract';
import { type Context, Hono } from 'hono';
import { record } from '../audit/record.ts';
import { claimDeposit, releaseDeposit } from '../deposits/claims.ts';
import { nearDuplicatesOf } from '../deposits/near-duplicates.ts';
import {
  claimOf,
  depositRevision,
  depositsBehind,
  findDeposit,
  findRow,
  listDeposits,
} from '../deposits/repository.ts';
import { withMerged } from '../library/repository.ts';
import { permit, type RouteEnv, refuse, type Services } from './context.ts';
import { notifyTeam } from './notify.ts';
import { json, query } from './valid.ts';

export const missingDeposit = (c: Context) =>
  refuse(c, 404, 'not-found', 'There is no such deposit in this process.');

/** What was deposited in a process's box, for its team, and who works on what. */
export function depositRoutes(services: Services) {
  const { db } = services;
  return new Hono<RouteEnv>()
    .get('/:processId/deposits', permit(services, 'deposit.read'), query(depositsQuery), async (c) => {
      const processId = c.get('processId');
      const { state } = c.req.valid('query');
      // Asked every second by whoever has triage open: what has not changed is neither read nor sent again.
      const tag = `"${await depositRevision(db, processId)}"`;
      c.header('etag', tag);
      c.header('cache-control', 'private, no-cache');
      if (c.req.header('if-none-match') === tag) return c.body(null, 304);
      return c.json(await listDeposits(db, processId, state), 200);
    })
    .get('/:processId/recommendations/:id/deposits', permit(services, 'deposit.read'), async (c) => {
      const processId = c.get('processId');
      const ids = await withMerged(db, processId, c.req.param('id'));
      return c.json({ deposits: await depositsBehind(db, processId, ids) }, 200);
    })
    .get('/:processId/deposits/:depositId', permit(services, 'deposit.read'), async (c) => {
      const found = await findDeposit(db, c.get('processId'), c.req.param('depositId'));
      return found === null ? missingDeposit(c) : c.json(found, 200);
    })
    .get('/:processId/deposits/:depositId/duplicates', permit(services, 'deposit.read'), async (c) => {
      const row = await findRow(db, c.get('processId'), c.req.param('depositId'));
      return row === null ? missingDeposit(c) : c.json({ duplicates: await nearDuplicatesOf(db, row) }, 200);
    })
    .put(
      '/:processId/deposits/:depositId/claim',
      permit(services, 'deposit.triage'),
      json(claimRequest),
      async (c) => {
        const processId = c.get('processId');
        const { takeOver } = c.req.valid('json');
        const outcome = await db.transaction().execute(async (trx) => {
          const row = await findRow(trx, processId, c.req.param('depositId'));
          if (row === null) return null;
          const held = claimOf(row);
          if (!(await claimDeposit(trx, row, c.get('userId'), takeOver))) return { held };
          const after = await findRow(trx, processId, row.id);
          if (held !== null && held.by.id !== c.get('userId')) {
            const details = { from: held.by.name };
            const deed = { objectKind: 'deposit', objectId: row.id, processId, details } as const;
            await record(trx, c.get('author'), { action: 'deposit.take-over', ...deed });
          }
          return { claim: after && claimOf(after) };
        });
        if (outcome === null) return missingDeposit(c);
        if ('held' in outcome)
          return refuse(
            c,
            409,
            'claimed',
            `${outcome.held?.by.name ?? 'Somebody'} is on this deposit. Take it over, or choose another.`,
          );
        await notifyTeam(services, processId, 'deposits');
        return c.json(outcome, 200);
      },
    )
    .delete('/:processId/deposits/:depositId/claim', permit(services, 'deposit.triage'), async (c) => {
      const processId = c.get('processId');
      const row = await findRow(db, processId, c.req.param('depositId'));
      if (row === null) return missingDeposit(c);
      await releaseDeposit(db, row.id, c.get('userId'));
      await notifyTeam(services, processId, 'deposits');
      return c.json({ ok: true as const }, 200);
    });
}
