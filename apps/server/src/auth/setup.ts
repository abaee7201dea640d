import { z } from 'zod';
import { createAccount } from '../accounts/repository.ts';
import { type Author, record } from '../audit/record.ts';
import type { Database } from '../db/database.ts';
import { addMember } from '../members/repository.ts';
import { DEMO_EMAIL_DOMAIN } from '../processes/load.ts';
import { hashToken, newToken } from '../secrets.ts';

const SETTING = 'setup-link';
const HOURS = 24;
const stored = z.object({ hash: z.string(), expiresAt: z.string() });

/** Whether anybody but sample people has an account. */
async function hasAccounts(db: Database): Promise<boolean> {
  const user = await db
    .selectFrom('user')
    .select('id')
    .where('email', 'not like', `%${DEMO_EMAIL_DOMAIN}`)
    .limit(1)
    .executeTakeFirst();
  return user !== undefined;
}

/** A new set-up link's secret while nobody has an account; the one printed before ends. Null when somebody has. */
export async function renewSetupToken(db: Database): Promise<string | null> {
  if (await hasAccounts(db)) return null;
  const token = newToken();
  const expiresAt = new Date(Date.now() + HOURS * 60 * 60 * 1_000).toISOString();
  const value = JSON.stringify({ hash: hashToken(token), expiresAt });
  await db
    .insertInto('setting')
    .values({ name: SETTING, value })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
    .execute();
  return token;
}

export async function isSetupToken(db: Database, token: string): Promise<boolean> {
  const row = await db.selectFrom('setting').select('value').where('name', '=', SETTING).executeTakeFirst();
  if (!row) return false;
  const { hash, expiresAt } = stored.parse(JSON.parse(row.value));
  return hash === hashToken(token) && expiresAt > new Date().toISOString() && !(await hasAccounts(db));
}

/**
 * Makes the first account: facilitator of every process that is there, and a creator of more.
 * @param token the set-up link's secret, which is used up; null when the environment names the person
 * @returns the user's id; null when the link was used meanwhile
 */
export async function makeFirstFacilitator(
  db: Database,
  author: Author,
  person: { name: string; email: string; passwordHash: string },
  token: string | null,
): Promise<string | null> {
  if (token !== null && !(await isSetupToken(db, token))) return null;
  const userId = await createAccount(db, { ...person, emailVerified: true, mayCreateProcesses: true });
  for (const { id } of await db.selectFrom('process').select('id').execute())
    await addMember(db, { processId: id, userId, role: 'facilitator', organisation: null });
  await db.deleteFrom('setting').where('name', '=', SETTING).execute();
  await record(
    db,
    { ...author, userId, name: person.name },
    { action: 'account.create', objectKind: 'account', objectId: userId, processId: null },
  );
  return userId;
}
