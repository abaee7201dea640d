import { randomUUID } from 'node:crypto';
import type { PublicLink } from '@zerodraft/contract';
import type { Database } from '../db/database.ts';
import { hashToken, newToken } from '../secrets.ts';

/** A draft's public links, the newest first, also those that have ended. */
export async function listPublicLinks(db: Database, draftId: string): Promise<PublicLink[]> {
  const rows = await db
    .selectFrom('public_link')
    .innerJoin('user', 'user.id', 'public_link.createdBy')
    .select(['public_link.id', 'user.name as createdBy', 'public_link.createdAt'])
    .select(['public_link.expiresAt', 'public_link.revokedAt', 'public_link.withSources'])
    .where('draftId', '=', draftId)
    .orderBy('public_link.createdAt', 'desc')
    .execute();
  return rows.map((row) => ({ ...row, withSources: row.withSources === 1 }));
}

/** Makes a public link. Returns its id and its secret, which is kept nowhere. */
export async function createPublicLink(
  db: Database,
  draftId: string,
  createdBy: string,
  { expiresAt, withSources }: { expiresAt: string | null; withSources: boolean },
): Promise<{ id: string; token: string }> {
  const id = randomUUID();
  const token = newToken();
  await db
    .insertInto('public_link')
    .values({
      id,
      draftId,
      tokenHash: hashToken(token),
      createdBy,
      createdAt: new Date().toISOString(),
      expiresAt,
      revokedAt: null,
      withSources: withSources ? 1 : 0,
    })
    .execute();
  return { id, token };
}

/** Ends a link. @returns false when the draft has no such link, or it has ended */
export async function revokePublicLink(db: Database, draftId: string, id: string): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('public_link')
    .set({ revokedAt: new Date().toISOString() })
    .where('draftId', '=', draftId)
    .where('id', '=', id)
    .where('revokedAt', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** The draft that a link's secret opens; null when the link is unknown, expired or revoked. */
export async function openPublicLink(db: Database, token: string) {
  const row = await db
    .selectFrom('public_link')
    .innerJoin('draft', 'draft.id', 'public_link.draftId')
    .innerJoin('process', 'process.id', 'draft.processId')
    .select(['draft.id as draftId', 'draft.title', 'draft.state', 'draft.stateSince'])
    .select(['process.name as processName', 'process.illustrative'])
    .select(['process.state as processState', 'process.stateSince as processStateSince'])
    .select(['public_link.expiresAt', 'public_link.withSources'])
    .where('public_link.tokenHash', '=', hashToken(token))
    .where('public_link.revokedAt', 'is', null)
    .executeTakeFirst();
  if (!row || (row.expiresAt !== null && row.expiresAt <= new Date().toISOString())) return null;
  return row;
}
