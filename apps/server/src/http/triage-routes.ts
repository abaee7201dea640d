import {
  type AuditAction,
  depositChange,
  depositDecision,
  depositMerge,
  depositReturn,
  depositSplit,
} from '@zerodraft/contract';
import { type Context, Hono } from 'hono';
import { record } from '../audit/record.ts';
import type { Database } from '../db/database.ts';
import {
  acceptDeposit,
  type Deciding,
  Declined,
  editDeposit,
  mergeDeposit,
  reopenDeposit,
  returnDeposit,
  splitDeposit,
} from '../deposits/decide.ts';
import { draftsBuiltOn } from '../deposits/recommend.ts';
import { findDeposit, outcomesOf } from '../deposits/repository.ts';
import { permit, type RouteEnv, refuse, type Services } from './context.ts';
import { missingDeposit } from './deposit-routes.ts';
import { notifyProcess, notifyTeam } from './notify.ts';
import { json } from './valid.ts';

const STATUS: Record<Declined['code'], 404 | 409 | 422> = {
  missing: 404,
  changed: 409,
  claimed: 409,
  decided: 409,
  'no-target': 422,
  'built-on': 409,
};

/** Decisions on deposits; each is recorded, and undone by putting the deposit back. */
export function triageRoutes(services: Services) {
  const { db, log } = services;

  /** Decides in one transaction with the record of it. `library` tells those who have a draft open that it changed. */
  const decide = async (
    c: Context<RouteEnv>,
    action: AuditAction,
    version: number,
    library: boolean,
    deed: (trx: Database, deciding: Deciding) => Promise<object | undefined>,
  ) => {
    const processId = c.get('processId');
    const deciding = { processId, id: c.req.param('depositId') ?? '', userId: c.get('userId'), version };
    try {
      await db.transaction().execute(async (trx) => {
        const details = { ...(await deed(trx, deciding)) };
        const about = { objectKind: 'deposit', objectId: deciding.id, processId, details } as const;
        await record(trx, c.get('author'), { action, ...about });
      });
    } catch (error) {
      if (error instanceof Declined) return refuse(c, STATUS[error.code], error.code, error.message);
      throw error;
    }
    await notifyTeam(services, processId, 'deposits');
    if (library)
      for (const topic of ['recommendations', 'sources', 'taxonomies'] as const)
        await notifyProcess(services, processId, topic);
    const after = await findDeposit(db, processId, deciding.id);
    return after === null ? missingDeposit(c) : c.json(after, 200);
  };

  const route = '/:processId/deposits/:depositId' as const;
  const allowed = permit(services, 'deposit.triage');
  return new Hono<RouteEnv>()
    .patch(route, allowed, json(depositChange), (c) => {
      const { version, ...change } = c.req.valid('json');
      return decide(c, 'deposit.edit', version, false, async (trx, deciding) => {
        await editDeposit(trx, deciding, change);
        return { fields: Object.keys(change) };
      });
    })
    .post(`${route}/accept`, allowed, json(depositDecision), (c) =>
      decide(c, 'deposit.accept', c.req.valid('json').version, true, acceptDeposit),
    )
    .post(`${route}/merge`, allowed, json(depositMerge), (c) => {
      const { version, into } = c.req.valid('json');
      return decide(c, 'deposit.merge', version, false, (trx, deciding) => mergeDeposit(trx, deciding, into));
    })
    .post(`${route}/split`, allowed, json(depositSplit), (c) => {
      const { version, parts } = c.req.valid('json');
      return decide(c, 'deposit.split', version, true, (trx, deciding) => splitDeposit(trx, deciding, parts));
    })
    .post(`${route}/return`, allowed, json(depositReturn), (c) => {
      const { version, reason } = c.req.valid('json');
      return decide(c, 'deposit.return', version, false, async (trx, deciding) => {
        await returnDeposit(trx, deciding, reason);
        return { reason };
      });
    })
    .post(`${route}/reopen`, allowed, json(depositDecision), async (c) => {
      const outcomes = await outcomesOf(db, c.req.param('depositId'));
      const ids = outcomes.filter(({ made }) => made === 1).map(({ id }) => id);
      // Read before the transaction: a draft is read on the connection that the transaction holds.
      const linkedIn = ids.length === 0 ? [] : await draftsBuiltOn(db, log, c.get('processId'), ids);
      return decide(c, 'deposit.reopen', c.req.valid('json').version, true, async (trx, deciding) => {
        await reopenDeposit(trx, deciding, linkedIn);
        return undefined;
      });
    });
}
