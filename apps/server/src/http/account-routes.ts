import { accountChange } from '@zerodraft/contract';
import { Hono } from 'hono';
import { endOtherSessions, endSession, listSessions, renameAccount } from '../accounts/repository.ts';
import { record } from '../audit/record.ts';
import { type AccountEnv, refuse, type Services, signedIn } from './context.ts';
import { json } from './valid.ts';

/** A person's own account. */
export function accountRoutes(services: Services) {
  const { db } = services;
  return new Hono<AccountEnv>()
    .patch('/', signedIn(services), json(accountChange), async (c) => {
      const userId = c.get('userId');
      const { name } = c.req.valid('json');
      await db.transaction().execute(async (trx) => {
        await renameAccount(trx, userId, name);
        const deed = { objectKind: 'account', objectId: userId, processId: null, details: { name } } as const;
        await record(trx, c.get('author'), { action: 'account.rename', ...deed });
      });
      return c.json({ ok: true as const }, 200);
    })
    .get('/sessions', signedIn(services), async (c) =>
      c.json({ sessions: await listSessions(db, c.get('userId'), c.get('sessionId')) }, 200),
    )
    .delete('/sessions', signedIn(services), async (c) => {
      const userId = c.get('userId');
      await db.transaction().execute(async (trx) => {
        const count = await endOtherSessions(trx, userId, c.get('sessionId'));
        const deed = {
          objectKind: 'session',
          objectId: 'others',
          processId: null,
          details: { count },
        } as const;
        await record(trx, c.get('author'), { action: 'session.revoke', ...deed });
      });
      return c.json({ ok: true as const }, 200);
    })
    .delete('/sessions/:sessionId', signedIn(services), async (c) => {
      const { sessionId } = c.req.param();
      const ended = await db.transaction().execute(async (trx) => {
        if (!(await endSession(trx, c.get('userId'), sessionId))) return false;
        const deed = { objectKind: 'session', objectId: sessionId, processId: null } as const;
        await record(trx, c.get('author'), { action: 'session.revoke', ...deed });
        return true;
      });
      return ended
        ? c.json({ ok: true as const }, 200)
        : refuse(c, 404, 'not-found', 'You have no such session.');
    });
}
