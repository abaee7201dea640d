import { DEFAULT_DIGEST, mailPreference, notificationsQuery, notificationsRead } from '@zerodraft/contract';
import { Hono } from 'hono';
import {
  countUnread,
  findDigest,
  listNotifications,
  markNotificationsRead,
  setDigest,
} from '../notifications/repository.ts';
import { type AccountEnv, permit, type RouteEnv, type Services, signedIn } from './context.ts';
import { json, query } from './valid.ts';

/** A person's inbox over all their drafts. */
export function notificationRoutes(services: Services) {
  const { db, reader } = services;
  return new Hono<AccountEnv>()
    .get('/', signedIn(services), query(notificationsQuery), async (c) => {
      const { before = null, unread } = c.req.valid('query');
      const wanted = { before, unreadOnly: unread !== undefined };
      return c.json(await listNotifications(db, reader, c.get('userId'), wanted), 200);
    })
    .get('/unread', signedIn(services), async (c) => {
      return c.json({ unread: await countUnread(db, c.get('userId')) }, 200);
    })
    .put('/read', signedIn(services), json(notificationsRead), async (c) => {
      await markNotificationsRead(db, c.get('userId'), c.req.valid('json').ids);
      return c.json({ ok: true as const }, 200);
    });
}

/** How often a process's notifications are mailed to oneself. */
export function mailPreferenceRoutes(services: Services) {
  const { db } = services;
  return new Hono<RouteEnv>()
    .get('/:processId/mail-preference', permit(services, 'process.read'), async (c) => {
      const digest = await findDigest(db, c.get('processId'), c.get('userId'));
      return c.json({ digest: digest ?? DEFAULT_DIGEST }, 200);
    })
    .put('/:processId/mail-preference', permit(services, 'process.read'), json(mailPreference), async (c) => {
      await setDigest(db, c.get('processId'), c.get('userId'), c.req.valid('json').digest);
      services.digests.wake();
      return c.json({ ok: true as const }, 200);
    });
}
