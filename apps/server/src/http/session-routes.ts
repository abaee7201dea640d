import type { Session } from '@zerodraft/contract';
import { Hono } from 'hono';
import { DEMO_EMAIL_DOMAIN } from '../process/load.ts';
import { taxonomyOf } from '../process/taxonomy.ts';
import { findViewer, type Services, sessionOf } from './context.ts';

/** The route the web app asks first. */
export function sessionRoutes(services: Services) {
  const { db, demo } = services;
  return new Hono().get('/', async (c) => {
    const process = await db.selectFrom('process').selectAll().orderBy('createdAt').executeTakeFirst();
    const session = await sessionOf(services, c.req.raw.headers);
    const viewer = process && session ? await findViewer(db, process.id, session.userId) : null;
    const demoPeople = demo
      ? await db
          .selectFrom('member')
          .innerJoin('user', 'user.id', 'member.userId')
          .select(['user.id', 'user.name', 'member.organisation', 'member.role'])
          .where('user.email', 'like', `%${DEMO_EMAIL_DOMAIN}`)
          .orderBy('member.position')
          .execute()
      : [];
    const answer: Session = { demo, demoPeople, viewer, process: null, drafts: [] };
    if (process && viewer) {
      answer.process = {
        id: process.id,
        name: process.name,
        illustrative: process.illustrative === 1,
        ...taxonomyOf(process.definition),
      };
      answer.drafts = await db
        .selectFrom('draft')
        .select(['id', 'title', 'generation'])
        .where('processId', '=', process.id)
        .orderBy('createdAt')
        .execute();
    }
    return c.json(answer);
  });
}
