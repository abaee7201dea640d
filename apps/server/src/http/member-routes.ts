import { DELEGATE_PROBLEM, explain, type MemberChange, memberChange, permission } from '@zerodraft/contract';
import { Hono } from 'hono';
import { record } from '../audit/record.ts';
import type { Database } from '../db/database.ts';
import {
  changeMember,
  findMember,
  isLastFacilitator,
  listMembers,
  removeMember,
} from '../members/repository.ts';
import type { Standing } from '../members/standing.ts';
import { permit, type RouteEnv, refuse, type Services } from './context.ts';
import { json } from './valid.ts';

const LAST_FACILITATOR =
  'This is the last facilitator of the process. Make somebody else a facilitator first.';

/** Thrown in a transaction that must not leave a process without a facilitator. */
class LastFacilitator extends Error {}

async function keepOneFacilitator(db: Database, processId: string, userId: string): Promise<void> {
  if (await isLastFacilitator(db, processId, userId)) throw new LastFacilitator();
}

function managing({ viewer, circumstances }: Standing) {
  return permission(viewer.role, 'member.manage', { ...circumstances, now: new Date() });
}

/** The members of a process. */
export function memberRoutes(services: Services) {
  const { db } = services;

  /** Runs a change in a transaction. @returns false when it would take the last facilitator away */
  async function change(work: (trx: Database) => Promise<void>): Promise<boolean> {
    try {
      await db.transaction().execute(work);
      return true;
    } catch (error) {
      if (error instanceof LastFacilitator) return false;
      throw error;
    }
  }

  return new Hono<RouteEnv>()
    .get('/:processId/members', permit(services, 'member.read'), async (c) => {
      const withEmail = managing(c.get('standing')).allowed;
      return c.json({ members: await listMembers(db, c.get('processId'), withEmail) }, 200);
    })
    .patch(
      '/:processId/members/:userId',
      permit(services, 'member.manage'),
      json(memberChange),
      async (c) => {
        const processId = c.get('processId');
        const { userId } = c.req.param();
        const member = await findMember(db, processId, userId);
        if (member === null) return refuse(c, 404, 'not-found', 'There is no such member in this process.');
        const { role = member.role, organisation = member.organisation } = c.req.valid('json');
        if (role === 'delegate' && organisation === null)
          return refuse(c, 422, 'no-organisation', DELEGATE_PROBLEM);
        const wanted: Required<MemberChange> = { role, organisation };
        const done = await change(async (trx) => {
          if (role !== 'facilitator') await keepOneFacilitator(trx, processId, userId);
          await changeMember(trx, processId, userId, wanted);
          const before = { role: member.role, organisation: member.organisation };
          await record(trx, c.get('author'), {
            action: 'member.change',
            objectKind: 'member',
            objectId: userId,
            processId,
            details: { name: member.name, before, after: wanted },
          });
        });
        return done
          ? c.json({ ok: true as const }, 200)
          : refuse(c, 409, 'last-facilitator', LAST_FACILITATOR);
      },
    )
    .delete('/:processId/members/:userId', permit(services, 'member.read'), async (c) => {
      const processId = c.get('processId');
      const { userId } = c.req.param();
      // Everybody may leave.
      const verdict = managing(c.get('standing'));
      if (userId !== c.get('userId') && !verdict.allowed)
        return refuse(c, 403, 'forbidden', explain(verdict.reason), verdict.reason);
      const member = await findMember(db, processId, userId);
      if (member === null) return refuse(c, 404, 'not-found', 'There is no such member in this process.');
      const done = await change(async (trx) => {
        await keepOneFacilitator(trx, processId, userId);
        await removeMember(trx, processId, userId);
        await record(trx, c.get('author'), {
          action: 'member.remove',
          objectKind: 'member',
          objectId: userId,
          processId,
          details: { name: member.name, role: member.role },
        });
      });
      return done ? c.json({ ok: true as const }, 200) : refuse(c, 409, 'last-facilitator', LAST_FACILITATOR);
    });
}
