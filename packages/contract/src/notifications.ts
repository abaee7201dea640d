import { z } from 'zod';
import { person } from './people.ts';

/** Why somebody is told of a thread. */
export const NOTIFICATION_KINDS = ['mention', 'reply', 'state', 'assigned'] as const;
export type NotificationKind = (typeof NOTIFICATION_KINDS)[number];

export const notification = z.object({
  id: z.number(),
  kind: z.enum(NOTIFICATION_KINDS),
  at: z.string(),
  readAt: z.string().nullable(),
  /** Who did it. */
  by: person,
  process: z.object({ id: z.string(), name: z.string() }),
  draft: z.object({ id: z.string(), title: z.string() }),
  threadId: z.string(),
  commentId: z.string().nullable(),
  quote: z.string(),
  /** The comment, with its tokens; empty when there is none, or it was deleted. */
  body: z.string(),
});
export type Notification = z.infer<typeof notification>;

/** Newest first; `before` is the `next` of the page before. */
export const notificationsQuery = z.object({ before: z.coerce.number().int().positive().optional() });
export const notificationList = z.object({
  unread: z.number(),
  notifications: z.array(notification),
  next: z.number().nullable(),
});
export type NotificationList = z.infer<typeof notificationList>;
/** Marks these as read; or all up to now when null. */
export const notificationsRead = z.object({ ids: z.array(z.number().int()).max(500).nullable() });

/** How somebody's notifications of a process are mailed. */
export const DIGESTS = ['immediate', 'daily', 'off'] as const;
export type Digest = (typeof DIGESTS)[number];
export const DEFAULT_DIGEST: Digest = 'daily';
export const mailPreference = z.object({ digest: z.enum(DIGESTS) });
