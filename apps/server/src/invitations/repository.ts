import { randomUUID } from 'node:crypto';
import { INVITATION_DAYS, type Invitation, type NewInvitation } from '@zerodraft/contract';
import type { Database } from '../db/database.ts';
import { hashToken, newToken } from '../secrets.ts';

function expiry(): string {
  return new Date(Date.now() + INVITATION_DAYS * 24 * 60 * 60 * 1_000).toISOString();
}

function pending(db: Database) {
  return db
    .selectFrom('invitation')
    .innerJoin('user as inviter', 'inviter.id', 'invitation.invitedBy')
    .innerJoin('process', 'process.id', 'invitation.processId')
    .selectAll('invitation')
    .select(['inviter.name as inviterName', 'process.name as processName'])
    .where('invitation.acceptedAt', 'is', null)
    .where('invitation.revokedAt', 'is', null);
}

export type PendingInvitation = Awaited<ReturnType<ReturnType<typeof pending>['execute']>>[number];

/** The invitations of a process that nobody accepted, the newest first; expired ones can be sent again. */
export async function listInvitations(db: Database, processId: string): Promise<Invitation[]> {
  const rows = await pending(db)
    .where('invitation.processId', '=', processId)
    .orderBy('invitation.createdAt', 'desc')
    .orderBy('invitation.id')
    .execute();
  return rows.map(({ id, name, email, organisation, role, inviterName, createdAt, expiresAt }) => ({
    id,
    name,
    email,
    organisation,
    role,
    invitedBy: inviterName,
    createdAt,
    expiresAt,
  }));
}

export async function findInvitation(
  db: Database,
  processId: string,
  id: string,
): Promise<PendingInvitation | null> {
  const row = await pending(db)
    .where('invitation.processId', '=', processId)
    .where('invitation.id', '=', id)
    .executeTakeFirst();
  return row ?? null;
}

/** The invitation that a link's secret opens: not accepted, revoked or expired, into a process that stands. */
export async function openInvitation(db: Database, token: string): Promise<PendingInvitation | null> {
  const row = await pending(db)
    .where('invitation.tokenHash', '=', hashToken(token))
    .where('invitation.expiresAt', '>', new Date().toISOString())
    .where('process.state', '!=', 'deleted')
    .executeTakeFirst();
  return row ?? null;
}

/** Whether an address is invited anywhere now. */
export async function hasOpenInvitation(db: Database, email: string): Promise<boolean> {
  const row = await pending(db)
    .where('invitation.email', '=', email)
    .where('invitation.expiresAt', '>', new Date().toISOString())
    .where('process.state', '!=', 'deleted')
    .executeTakeFirst();
  return row !== undefined;
}

/** The addresses that are members of a process already, or invited to it. */
export async function knownAddresses(
  db: Database,
  processId: string,
): Promise<{ members: Set<string>; invited: Set<string> }> {
  const members = await db
    .selectFrom('member')
    .innerJoin('user', 'user.id', 'member.userId')
    .select('user.email')
    .where('member.processId', '=', processId)
    .execute();
  const invited = await pending(db).where('invitation.processId', '=', processId).execute();
  return {
    members: new Set(members.map(({ email }) => email)),
    invited: new Set(invited.map(({ email }) => email)),
  };
}

/** Makes an invitation. Returns its id and its link's secret, which is kept nowhere. */
export async function createInvitation(
  db: Database,
  processId: string,
  invitedBy: string,
  input: NewInvitation,
  mailed: boolean,
): Promise<{ id: string; token: string; expiresAt: string }> {
  const id = randomUUID();
  const token = newToken();
  const expiresAt = expiry();
  await db
    .insertInto('invitation')
    .values({
      ...input,
      id,
      processId,
      tokenHash: hashToken(token),
      mailed: mailed ? 1 : 0,
      invitedBy,
      createdAt: new Date().toISOString(),
      expiresAt,
      acceptedBy: null,
      acceptedAt: null,
      revokedAt: null,
    })
    .execute();
  return { id, token, expiresAt };
}

/** Gives an invitation a new link; the old one ends. */
export async function renewInvitation(
  db: Database,
  id: string,
  mailed: boolean,
): Promise<{ token: string; expiresAt: string }> {
  const token = newToken();
  const expiresAt = expiry();
  await db
    .updateTable('invitation')
    .set({ tokenHash: hashToken(token), expiresAt, mailed: mailed ? 1 : 0 })
    .where('id', '=', id)
    .execute();
  return { token, expiresAt };
}

export async function revokeInvitation(db: Database, id: string): Promise<void> {
  await db
    .updateTable('invitation')
    .set({ revokedAt: new Date().toISOString() })
    .where('id', '=', id)
    .execute();
}

/** Uses an invitation up. @returns false when somebody was first */
export async function consumeInvitation(db: Database, id: string): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('invitation')
    .set({ acceptedAt: new Date().toISOString() })
    .where('id', '=', id)
    .where('acceptedAt', 'is', null)
    .where('revokedAt', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

export async function nameAccepter(db: Database, id: string, userId: string): Promise<void> {
  await db.updateTable('invitation').set({ acceptedBy: userId }).where('id', '=', id).execute();
}
