import { setup } from '@zerodraft/contract';
import { type Context, Hono } from 'hono';
import { passwordProblem } from '../auth/passwords.ts';
import { isSetupToken, makeFirstFacilitator } from '../auth/setup.ts';
import { clientIp } from './client.ts';
import { authorOf, refuse, type Services } from './context.ts';
import { limit } from './rate-limits.ts';
import { signInAs } from './sign-in-as.ts';
import { json } from './valid.ts';

/** Making the first facilitator of a new server, by the link that it prints. */
export function setupRoutes(services: Services) {
  const { db, limits, config, auth } = services;
  const rate = limit(limits, 'links', (c) => clientIp(c, config.trustedProxies));
  const ended = (c: Context) =>
    refuse(
      c,
      404,
      'setup-ended',
      'This set-up link was used or has expired. Restart the server: it prints a new one while nobody has an account.',
    );
  return new Hono()
    .get('/:token', rate, async (c) =>
      (await isSetupToken(db, c.req.param('token'))) ? c.json({ ok: true as const }, 200) : ended(c),
    )
    .post('/:token', rate, json(setup), async (c) => {
      const { token } = c.req.param();
      if (!(await isSetupToken(db, token))) return ended(c);
      const { name, email, password } = c.req.valid('json');
      const problem = passwordProblem(password, email);
      if (problem) return refuse(c, 422, problem.code, problem.message);
      const passwordHash = await (await auth.$context).password.hash(password);
      const author = authorOf(c, services, null);
      const userId = await db
        .transaction()
        .execute((trx) => makeFirstFacilitator(trx, author, { name, email, passwordHash }, token));
      if (userId === null) return ended(c);
      await signInAs(c, services, { userId, name, method: 'set-up' });
      return c.json({ ok: true as const }, 200);
    });
}
