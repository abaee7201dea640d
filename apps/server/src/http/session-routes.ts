import type { Session } from '@zerodraft/contract';
import { Hono } from 'hono';
import { findAccount } from '../accounts/repository.ts';
import { DEMO_EMAIL_DOMAIN } from '../processes/load.ts';
import { type Services, sessionOf } from './context.ts';

/** The route the web app asks first. */
export function sessionRoutes(services: Services) {
  const { db, demo, config, mailer } = services;
  return new Hono().get('/', async (c) => {
    const session = await sessionOf(services, c.req.raw.headers);
    const demoPeople = demo
      ? await db
          .selectFrom('member')
          .innerJoin('user', 'user.id', 'member.userId')
          .innerJoin('process', 'process.id', 'member.processId')
          .select(['user.id', 'user.name', 'member.organisation', 'member.role'])
          .where('user.email', 'like', `%${DEMO_EMAIL_DOMAIN}`)
          // Who they are in the sample process, whatever they join later.
          .where('process.illustrative', '=', 1)
          .orderBy('member.position')
          .execute()
      : [];
    const answer: Session = {
      demo,
      demoPeople,
      identityProvider: config.oidc?.name ?? null,
      mail: mailer.configured,
      account: session && (await findAccount(db, session.userId)),
    };
    return c.json(answer);
  });
}
