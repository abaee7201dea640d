import { z } from 'zod';
import { person } from './people.ts';
import { THREAD_STATES, VISIBILITIES } from './threads.ts';

/** Why somebody is told of a thread, or of the discussion of a recommendation. */
export const NOTIFICATION_KINDS = ['mention', 'reply', 'state', 'assigned'] as const;
export type NotificationKind = (typeof NOTIFICATION_KINDS)[number];

/** Where a thread stands in its draft now. */
export const threadPlace = z.object({
  /** What its clause is cited by; empty for a heading, and for a thread on the draft. */
  number: z.string(),
  /** The text of the section's heading; empty before the first. */
  section: z.string(),
  /** Whether the text, clause or heading it was made on is no longer there. */
  gone: z.boolean(),
});
export type ThreadPlace = z.infer<typeof threadPlace>;

/** What a reference in a comment is called now. */
export const referenceName = z.object({
  kind: z.enum(['person', 'clause', 'recommendation']),
  id: z.string(),
  name: z.string(),
});
export type ReferenceName = z.infer<typeof referenceName>;

const told = {
  id: z.number(),
  at: z.string(),
  readAt: z.string().nullable(),
  /** Who did it. */
  by: person,
  process: z.object({ id: z.string(), name: z.string() }),
  commentId: z.string().nullable(),
  /** The comment, with its tokens; empty when there is none, or it was deleted. */
  body: z.string(),
  /** Names of what the comment refers to; what is not among them has no name any more. */
  names: z.array(referenceName),
};
export const threadNotification = z.object({
  about: z.literal('thread'),
  kind: z.enum(NOTIFICATION_KINDS),
  ...told,
  draft: z.object({ id: z.string(), title: z.string() }),
  threadId: z.string(),
  place: threadPlace,
  visibility: z.enum(VISIBILITIES),
  /** The thread's state now, and why it was decided so. */
  state: z.enum(THREAD_STATES),
  reason: z.string().nullable(),
  dueOn: z.string().nullable(),
  quote: z.string(),
});

/** Why somebody of the team is told of the discussion of a recommendation. */
export const DISCUSSION_KINDS = ['mention', 'reply'] as const satisfies readonly NotificationKind[];
export const discussionNotification = z.object({
  about: z.literal('recommendation'),
  kind: z.enum(DISCUSSION_KINDS),
  ...told,
  recommendation: z.object({ id: z.string(), reference: z.string(), title: z.string() }),
});
export type DiscussionNotification = z.infer<typeof discussionNotification>;

export const notification = z.discriminatedUnion('about', [threadNotification, discussionNotification]);
export type Notification = z.infer<typeof notification>;

/** Newest first; `before` is the `next` of the page before. With `unread` only those. */
export const notificationsQuery = z.object({
  before: z.coerce.number().int().positive().optional(),
  unread: z.literal('true').optional(),
});
export const notificationList = z.object({
  unread: z.number(),
  notifications: z.array(notification),
  next: z.number().nullable(),
});
export type NotificationList = z.infer<typeof notificationList>;
/** How many are unread, for a sign on every page. */
export const unreadCount = z.object({ unread: z.number() });
/** Marks these as read; or all up to now when null. */
export const notificationsRead = z.object({ ids: z.array(z.number().int()).max(500).nullable() });

/** How somebody's notifications of a process are mailed. */
export const DIGESTS = ['immediate', 'daily', 'off'] as const;
export type Digest = (typeof DIGESTS)[number];
export const DEFAULT_DIGEST: Digest = 'daily';
export const mailPreference = z.object({ digest: z.enum(DIGESTS) });
