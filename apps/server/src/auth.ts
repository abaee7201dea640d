import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BetterAuthPlugin } from 'better-auth';
import { APIError, betterAuth } from 'better-auth';
import { createAuthEndpoint } from 'better-auth/api';
import { setSessionCookie } from 'better-auth/cookies';
import { z } from 'zod';
import type { Database } from './db/database.ts';
import type { Config } from './env.ts';
import { DEMO_EMAIL_DOMAIN } from './process/load.ts';

/** One-click sign-in as a sample person; mounted only in a demo. */
function demoSignIn(isDemoPerson: (userId: string) => Promise<boolean>): BetterAuthPlugin {
  return {
    id: 'demo',
    endpoints: {
      signInDemo: createAuthEndpoint(
        '/sign-in/demo',
        { method: 'POST', body: z.object({ personId: z.string() }) },
        async (ctx) => {
          const { personId } = ctx.body;
          const user = (await isDemoPerson(personId))
            ? await ctx.context.internalAdapter.findUserById(personId)
            : null;
          if (!user) throw new APIError('NOT_FOUND', { message: 'There is no such sample person.' });
          const session = await ctx.context.internalAdapter.createSession(user.id);
          await setSessionCookie(ctx, { session, user });
          return ctx.json({ ok: true });
        },
      ),
    },
  };
}

/** The key that signs cookies: from the environment, else made once and kept beside the database. */
function secretOf(config: Config): string {
  if (config.secret) return config.secret;
  const file = join(config.dataDir, 'secret');
  if (!existsSync(file)) writeFileSync(file, randomBytes(32).toString('hex'), { mode: 0o600 });
  return readFileSync(file, 'utf8').trim();
}

/** Accounts and sessions, by better-auth on the same database. */
export function createAuth(db: Database, config: Config, demo: boolean) {
  const isDemoPerson = async (userId: string): Promise<boolean> =>
    (await db
      .selectFrom('user')
      .select('id')
      .where('id', '=', userId)
      .where('email', 'like', `%${DEMO_EMAIL_DOMAIN}`)
      .executeTakeFirst()) !== undefined;
  return betterAuth({
    database: { db, type: 'sqlite' },
    secret: secretOf(config),
    baseURL: config.url ?? `http://127.0.0.1:${config.port}`,
    basePath: '/api/auth',
    // The browser's own address, checked against the Host header before this is reached.
    trustedOrigins: (request) => {
      const host = request?.headers.get('host');
      return host ? [`http://${host}`, `https://${host}`] : [];
    },
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: 12 },
    session: { expiresIn: 60 * 60 * 24 * 7, updateAge: 60 * 60 * 24 },
    telemetry: { enabled: false },
    plugins: demo ? [demoSignIn(isDemoPerson)] : [],
  });
}

export type Auth = ReturnType<typeof createAuth>;

/** Makes an account that can sign in with a password. Returns the user's id. */
export async function createAccount(
  auth: Auth,
  account: { name: string; email: string; password: string },
): Promise<string> {
  const context = await auth.$context;
  const user = await context.internalAdapter.createUser(
    { name: account.name, email: account.email.toLowerCase(), emailVerified: true },
    { method: 'admin' },
  );
  await context.internalAdapter.linkAccount({
    userId: user.id,
    accountId: user.id,
    providerId: 'credential',
    password: await context.password.hash(account.password),
  });
  return user.id;
}
