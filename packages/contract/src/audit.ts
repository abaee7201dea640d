import { z } from 'zod';
import { instant } from './lifecycle.ts';

/** Everything that the audit log records. */
export const AUDIT_ACTIONS = [
  'sign-in',
  'sign-in.failed',
  'sign-out',
  'session.revoke',
  'password.change',
  'password.reset',
  'two-factor.enable',
  'two-factor.disable',
  'two-factor.backup-codes',
  'passkey.add',
  'passkey.remove',
  'account.create',
  'account.rename',
  'account.rights',
  'invitation.create',
  'invitation.resend',
  'invitation.revoke',
  'invitation.accept',
  'member.change',
  'member.remove',
  'draft-role.change',
  'process.create',
  'process.change',
  'process.state',
  'process.purge',
  'draft.create',
  'draft.rename',
  'draft.state',
  'draft.purge',
  'round.create',
  'round.change',
  'round.close',
  'round.reopen',
  'round.delete',
  'public-link.create',
  'public-link.revoke',
  'recommendation.import',
  'recommendation.create',
  'recommendation.change',
  'recommendation.delete',
  'recommendation.merge',
  'recommendation.unmerge',
  'recommendation.undo',
  'recommendation.export',
  'term.create',
  'term.change',
  'term.order',
  'term.merge',
  'term.delete',
  'view.create',
  'view.change',
  'view.delete',
  'source.create',
  'source.change',
  'source.upload',
  'source.delete',
  'box.open',
  'box.close',
  'box.move',
  'deposit.receive',
  'deposit.take-over',
  'deposit.edit',
  'deposit.accept',
  'deposit.merge',
  'deposit.split',
  'deposit.return',
  'deposit.reopen',
  'thread.resolve',
  'thread.reopen',
  'thread.state',
  'thread.assign',
  'thread.label',
  'thread.publish',
  'comment.delete',
] as const;
export type AuditAction = (typeof AUDIT_ACTIONS)[number];

export const AUDIT_OBJECTS = [
  'account',
  'session',
  'process',
  'draft',
  'member',
  'invitation',
  'round',
  'public-link',
  'thread',
  'comment',
  'recommendation',
  'source',
  'box',
  'deposit',
  'term',
  'view',
] as const;
export type AuditObject = (typeof AUDIT_OBJECTS)[number];

/** One record: who did what to what, when and from where. */
export const auditEntry = z.object({
  id: z.number(),
  at: z.string(),
  userId: z.string().nullable(),
  /** The name at the time; null for the server itself. */
  userName: z.string().nullable(),
  action: z.enum(AUDIT_ACTIONS),
  objectKind: z.enum(AUDIT_OBJECTS),
  objectId: z.string(),
  details: z.record(z.string(), z.unknown()),
  ip: z.string().nullable(),
  device: z.string().nullable(),
});
export type AuditEntry = z.infer<typeof auditEntry>;

export const auditFilter = z.object({
  person: z.string().optional(),
  action: z.enum(AUDIT_ACTIONS).optional(),
  objectKind: z.enum(AUDIT_OBJECTS).optional(),
  objectId: z.string().optional(),
  from: instant.optional(),
  to: instant.optional(),
});
export type AuditFilter = z.infer<typeof auditFilter>;
/** Newest first; `cursor` is the `next` of the page before. */
export const auditQuery = auditFilter.extend({
  cursor: z.coerce.number().int().positive().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export const auditPage = z.object({ entries: z.array(auditEntry), next: z.number().nullable() });
export type AuditPage = z.infer<typeof auditPage>;
