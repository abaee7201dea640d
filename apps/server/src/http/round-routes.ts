import {
  type AuditAction,
  inOrder,
  newRound,
  ORDER_PROBLEM,
  type Round,
  roundChange,
  roundReopening,
} from '@zerodraft/contract';
import { type Context, Hono } from 'hono';
import { record } from '../audit/record.ts';
import type { Database } from '../db/database.ts';
import { createRound, deleteRound, listRounds, updateRound } from '../rounds/repository.ts';
import { permit, type RouteEnv, refuse, type Services } from './context.ts';
import { notifyProcess } from './notify.ts';
import { json } from './valid.ts';

/** The rounds of a process: when delegates may comment and propose. */
export function roundRoutes(services: Services) {
  const { db, roundVersions } = services;

  async function find(c: Context<RouteEnv>): Promise<Round | null> {
    const rounds = await listRounds(db, c.get('processId'));
    return rounds.find(({ id }) => id === c.req.param('roundId')) ?? null;
  }

  /** Does something to a round and records it; open drafts are told. */
  async function change(
    c: Context<RouteEnv>,
    action: AuditAction,
    { id, ...details }: Partial<Round> & { id: string },
    work: (trx: Database) => Promise<void>,
  ): Promise<void> {
    const processId = c.get('processId');
    await db.transaction().execute(async (trx) => {
      await work(trx);
      await record(trx, c.get('author'), { action, objectKind: 'round', objectId: id, processId, details });
    });
    // What opens or closes by this is kept as it is now.
    await roundVersions.look();
    await notifyProcess(services, processId, 'draft');
  }

  const missing = (c: Context) => refuse(c, 404, 'not-found', 'There is no such round in this process.');

  return new Hono<RouteEnv>()
    .get('/:processId/rounds', permit(services, 'process.read'), async (c) =>
      c.json({ rounds: await listRounds(db, c.get('processId')) }, 200),
    )
    .post('/:processId/rounds', permit(services, 'round.manage'), json(newRound), async (c) => {
      const processId = c.get('processId');
      const input = c.req.valid('json');
      const id = await db.transaction().execute(async (trx) => {
        const roundId = await createRound(trx, processId, input);
        const deed = { objectKind: 'round', objectId: roundId, processId, details: input } as const;
        await record(trx, c.get('author'), { action: 'round.create', ...deed });
        return roundId;
      });
      await roundVersions.look();
      await notifyProcess(services, processId, 'draft');
      return c.json({ id }, 201);
    })
    .patch('/:processId/rounds/:roundId', permit(services, 'round.manage'), json(roundChange), async (c) => {
      const round = await find(c);
      if (round === null) return missing(c);
      const changed = { ...round, ...c.req.valid('json') };
      if (!inOrder(changed)) return refuse(c, 422, 'order', ORDER_PROBLEM);
      await change(c, 'round.change', changed, (trx) => updateRound(trx, changed));
      return c.json({ ok: true as const }, 200);
    })
    .post('/:processId/rounds/:roundId/close', permit(services, 'round.manage'), async (c) => {
      const round = await find(c);
      if (round === null) return missing(c);
      const closesAt = new Date().toISOString();
      const changed = { ...round, closesAt };
      if (!inOrder(changed))
        return refuse(
          c,
          409,
          'not-open-yet',
          'This round has not opened yet. Change its dates, or delete it.',
        );
      const { id, name } = round;
      await change(c, 'round.close', { id, name, closesAt }, (trx) => updateRound(trx, changed));
      return c.json({ ok: true as const }, 200);
    })
    .post(
      '/:processId/rounds/:roundId/reopen',
      permit(services, 'round.manage'),
      json(roundReopening),
      async (c) => {
        const round = await find(c);
        if (round === null) return missing(c);
        const { closesAt } = c.req.valid('json');
        if (closesAt !== null && closesAt <= new Date().toISOString())
          return refuse(c, 422, 'order', 'A round reopens until a time that is still to come.');
        const { id, name } = round;
        await change(c, 'round.reopen', { id, name, closesAt }, (trx) =>
          updateRound(trx, { ...round, closesAt }),
        );
        return c.json({ ok: true as const }, 200);
      },
    )
    .delete('/:processId/rounds/:roundId', permit(services, 'round.manage'), async (c) => {
      const round = await find(c);
      if (round === null) return missing(c);
      const { id, name } = round;
      await change(c, 'round.delete', { id, name }, (trx) => deleteRound(trx, id));
      return c.json({ ok: true as const }, 200);
    });
}
