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
          .select(['user.id', 'user.name', 'member.organisation', 'member.role'])
          .where('user.email', 'like', `%${DEMO_EMAIL_DOMAIN}`)
          // Who they are in the process they came with, whatever they join later.
          .where('member.processId', '=', (eb) =>
            eb.selectFrom('process').select('process.id').orderBy('process.createdAt').limit(1),
          )
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
