import { draftChange, draftRoleChange, stateChange } from '@zerodraft/contract';
import { Hono } from 'hono';
import { record } from '../audit/record.ts';
import { findDraft, renameDraft, setDraftState } from '../drafts/repository.ts';
import { findMember, listDraftMembers, setDraftRole } from '../members/repository.ts';
import { findProcess } from '../processes/repository.ts';
import { permit, type RouteEnv, refuse, type Services } from './context.ts';
import { json } from './valid.ts';

/** One draft: what it opens with, its name and state, and who is what in it. */
export function draftRoutes(services: Services) {
  const { db, rooms } = services;
  return new Hono<RouteEnv>()
    .get('/:draftId', permit(services, 'draft.read'), async (c) => {
      const viewer = c.get('viewer');
      const draft = await findDraft(db, c.req.param('draftId'), viewer.id);
      return c.json({ draft, process: await findProcess(db, draft.processId), viewer }, 200);
    })
    .patch('/:draftId', permit(services, 'draft.manage'), json(draftChange), async (c) => {
      const { draftId } = c.req.param();
      const { title } = c.req.valid('json');
      await db.transaction().execute(async (trx) => {
        await renameDraft(trx, draftId, title);
        const deed = { objectKind: 'draft', objectId: draftId, processId: c.get('processId') } as const;
        await record(trx, c.get('author'), { action: 'draft.rename', ...deed, details: { title } });
      });
      await rooms.notify(draftId, 'draft');
      return c.json({ ok: true as const }, 200);
    })
    .put('/:draftId/state', permit(services, 'draft.manage'), json(stateChange), async (c) => {
      const { draftId } = c.req.param();
      const { state } = c.req.valid('json');
      await db.transaction().execute(async (trx) => {
        await setDraftState(trx, draftId, state);
        const deed = { objectKind: 'draft', objectId: draftId, processId: c.get('processId') } as const;
        await record(trx, c.get('author'), { action: 'draft.state', ...deed, details: { state } });
      });
      await rooms.notify(draftId, 'draft');
      return c.json({ ok: true as const }, 200);
    })
    .get('/:draftId/members', permit(services, 'member.read'), async (c) =>
      c.json({ members: await listDraftMembers(db, c.req.param('draftId')) }, 200),
    )
    .put('/:draftId/members/:userId', permit(services, 'member.manage'), json(draftRoleChange), async (c) => {
      const { draftId, userId } = c.req.param();
      const { role } = c.req.valid('json');
      const member = await findMember(db, c.get('processId'), userId);
      if (member === null) return refuse(c, 404, 'not-found', 'There is no such member in this process.');
      if (member.role === 'facilitator' && role !== null) {
        return refuse(
          c,
          422,
          'facilitator',
          'A facilitator of the process is one in each draft. Change their role in the process first.',
        );
      }
      if (role === 'delegate' && member.organisation === null) {
        return refuse(
          c,
          422,
          'no-organisation',
          'A delegate belongs to a delegation or organisation. Name it among the members first.',
        );
      }
      await db.transaction().execute(async (trx) => {
        await setDraftRole(trx, draftId, userId, role);
        await record(trx, c.get('author'), {
          action: 'draft-role.change',
          objectKind: 'draft',
          objectId: draftId,
          processId: c.get('processId'),
          details: { member: userId, name: member.name, role },
        });
      });
      return c.json({ ok: true as const }, 200);
    });
}
