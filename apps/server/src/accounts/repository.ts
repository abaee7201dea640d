import { randomUUID } from 'node:crypto';
import type { Account, OpenSession } from '@zerodraft/contract';
import type { Database } from '../db/database.ts';
import { deviceOf } from '../http/client.ts';

/** A person's own account. */
export async function findAccount(db: Database, userId: string): Promise<Account> {
  const user = await db
    .selectFrom('user')
    .select(['id', 'name', 'email', 'twoFactorEnabled', 'mayCreateProcesses'])
    .where('id', '=', userId)
    .executeTakeFirstOrThrow();
  const password = await db
    .selectFrom('account')
    .select('id')
    .where('userId', '=', userId)
    .where('providerId', '=', 'credential')
    .where('password', 'is not', null)
    .executeTakeFirst();
  const { twoFactorEnabled, mayCreateProcesses, ...own } = user;
  return {
    ...own,
    hasPassword: password !== undefined,
    twoFactor: twoFactorEnabled === 1,
    mayCreateProcesses: mayCreateProcesses === 1,
  };
}

/**
 * Makes an account, in the transaction of what it is made for.
 * @param account `passwordHash` by better-auth; null for somebody who signs in another way. `emailVerified` only when
 * something shows that the mailbox is theirs: else whoever proves it later takes the account over, clean.
 * @returns the user's id
 */
export async function createAccount(
  db: Database,
  account: {
    name: string;
    email: string;
    passwordHash: string | null;
    emailVerified: boolean;
    mayCreateProcesses?: boolean;
  },
): Promise<string> {
  const id = randomUUID();
  const now = new Date().toISOString();
  const times = { createdAt: now, updatedAt: now };
  await db
    .insertInto('user')
    .values({
      id,
      name: account.name,
      email: account.email.toLowerCase(),
      emailVerified: account.emailVerified ? 1 : 0,
      mayCreateProcesses: account.mayCreateProcesses ? 1 : 0,
      ...times,
    })
    .execute();
  if (account.passwordHash !== null) {
    await db
      .insertInto('account')
      .values({
        id: randomUUID(),
        accountId: id,
        providerId: 'credential',
        userId: id,
        password: account.passwordHash,
        ...times,
      })
      .execute();
  }
  return id;
}

export async function renameAccount(db: Database, userId: string, name: string): Promise<void> {
  await db
    .updateTable('user')
    .set({ name, updatedAt: new Date().toISOString() })
    .where('id', '=', userId)
    .execute();
}

/** Where a person is signed in, the newest first. */
export async function listSessions(db: Database, userId: string, currentId: string): Promise<OpenSession[]> {
  const rows = await db
    .selectFrom('session')
    .select(['id', 'createdAt', 'expiresAt', 'ipAddress', 'userAgent'])
    .where('userId', '=', userId)
    .orderBy('createdAt', 'desc')
    .execute();
  const now = Date.now();
  return rows
    .filter(({ expiresAt }) => Date.parse(expiresAt) > now)
    .map(({ id, createdAt, expiresAt, ipAddress, userAgent }) => ({
      id,
      current: id === currentId,
      createdAt,
      expiresAt,
      ip: ipAddress || null,
      device: deviceOf(userAgent),
    }));
}

/** Ends a session of a person. @returns false when they have no such session */
export async function endSession(db: Database, userId: string, id: string): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('session')
    .where('userId', '=', userId)
    .where('id', '=', id)
    .executeTakeFirst();
  return numDeletedRows === 1n;
}

/** Ends all sessions of a person but one. @returns how many */
export async function endOtherSessions(db: Database, userId: string, keptId: string): Promise<number> {
  const { numDeletedRows } = await db
    .deleteFrom('session')
    .where('userId', '=', userId)
    .where('id', '!=', keptId)
    .executeTakeFirst();
  return Number(numDeletedRows);
}
