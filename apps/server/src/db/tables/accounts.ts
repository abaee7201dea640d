import type { AuditAction, AuditObject, Digest, NotificationKind } from '@zerodraft/contract';
import type { Generated } from 'kysely';

/** Accounts, and what is told to people. Of better-auth's tables only what is read here. */
export interface AccountTables {
  user: {
    id: string;
    name: string;
    email: string;
    emailVerified: number;
    createdAt: string;
    updatedAt: string;
    twoFactorEnabled: Generated<number>;
    mayCreateProcesses: Generated<number>;
  };
  account: {
    id: string;
    accountId: string;
    providerId: string;
    userId: string;
    password: string | null;
    createdAt: string;
    updatedAt: string;
  };
  session: {
    id: string;
    userId: string;
    token: string;
    createdAt: string;
    expiresAt: string;
    ipAddress: string | null;
    userAgent: string | null;
  };
  mail_preference: { userId: string; processId: string; digest: Digest };
  notification: {
    id: Generated<number>;
    userId: string;
    kind: NotificationKind;
    /** What it is about: a thread, or else the discussion of a recommendation. */
    threadId: string | null;
    recommendationId: string | null;
    /** A comment of the one or the other. */
    commentId: string | null;
    byId: string;
    at: string;
    readAt: string | null;
    mailedAt: string | null;
  };
  audit: {
    id: Generated<number>;
    at: string;
    /** The process it is about; null for what concerns an account alone. */
    scope: string | null;
    userId: string | null;
    userName: string | null;
    action: AuditAction;
    objectKind: AuditObject;
    objectId: string;
    details: string;
    ip: string | null;
    sessionHash: string | null;
    device: string | null;
  };
}
