import { createHash } from 'node:crypto';
import type { AuditAction, AuditObject } from '@zerodraft/contract';
import type { Database } from '../db/database.ts';

/** Who does something, and from where. */
export interface Author {
  userId: string | null;
  /** The name at the time. */
  name: string | null;
  sessionId: string | null;
  ip: string | null;
  device: string | null;
}

/** The server itself, as for purging the bin. */
export const SERVER: Author = { userId: null, name: null, sessionId: null, ip: null, device: null };

/** What was done. Details hold neither secrets nor the text of drafts. */
export interface Deed {
  action: AuditAction;
  objectKind: AuditObject;
  objectId: string;
  /** The process it belongs to; null when it concerns an account alone. */
  processId: string | null;
  details?: Record<string, unknown>;
}

/** Writes the audit log, in the transaction of what it records. */
export async function record(db: Database, author: Author, ...deeds: Deed[]): Promise<void> {
  if (deeds.length === 0) return;
  const at = new Date().toISOString();
  const sessionHash =
    author.sessionId === null
      ? null
      : createHash('sha256').update(author.sessionId).digest('base64url').slice(0, 16);
  await db
    .insertInto('audit')
    .values(
      deeds.map(({ action, objectKind, objectId, processId, details = {} }) => ({
        at,
        scope: processId,
        userId: author.userId,
        userName: author.name,
        action,
        objectKind,
        objectId,
        details: JSON.stringify(details),
        ip: author.ip,
        sessionHash,
        device: author.device,
      })),
    )
    .execute();
}
