import { type Context, Hono, type MiddlewareHandler } from 'hono';
import { createMiddleware } from 'hono/factory';
import { z } from 'zod';
import { clientIp } from './client.ts';
import { refuse, type Services } from './context.ts';
import { type Budget, type RateLimits, tooMany } from './rate-limits.ts';
import { authHeaders } from './sign-in-as.ts';

/** What of better-auth is reachable from outside, below /api/auth; all else is not. */
export const AUTH_ROUTES: readonly ['GET' | 'POST', string][] = [
  ['POST', '/sign-in/email'],
  ['POST', '/sign-in/demo'],
  ['POST', '/sign-in/magic-link'],
  ['GET', '/magic-link/verify'],
  ['POST', '/sign-in/social'],
  ['GET', '/callback/oidc'],
  ['POST', '/sign-out'],
  ['POST', '/request-password-reset'],
  ['POST', '/reset-password'],
  ['POST', '/change-password'],
  ['POST', '/two-factor/enable'],
  ['POST', '/two-factor/disable'],
  ['POST', '/two-factor/verify-totp'],
  ['POST', '/two-factor/verify-backup-code'],
  ['POST', '/two-factor/generate-backup-codes'],
  ['GET', '/passkey/generate-register-options'],
  ['POST', '/passkey/verify-registration'],
  ['GET', '/passkey/generate-authenticate-options'],
  ['POST', '/passkey/verify-authentication'],
  ['GET', '/passkey/list-user-passkeys'],
  ['POST', '/passkey/delete-passkey'],
  ['POST', '/passkey/update-passkey'],
];

const typed = z.object({ email: z.string().max(254) });

/** The address typed into a form, as a key to count by; it is not said whether anybody has it. */
async function mailboxOf(c: Context): Promise<string> {
  const body: unknown = await c.req.raw
    .clone()
    .json()
    .catch(() => null);
  return typed.safeParse(body).data?.email.trim().toLowerCase() ?? '';
}

type Counted = readonly [Budget, string];

/** Takes from each budget; gives the longest wait when one is used up. */
async function takeAll(limits: RateLimits, counted: readonly Counted[]): Promise<number | null> {
  const waits: number[] = [];
  for (const [budget, key] of counted) {
    const wait = await limits.take(budget, key);
    if (wait !== null) waits.push(wait);
  }
  return waits.length > 0 ? Math.max(...waits) : null;
}

/** Counts all tries. */
function tries(limits: RateLimits, counted: (c: Context) => Promise<readonly Counted[]>) {
  return createMiddleware(async (c, next) => {
    const wait = await takeAll(limits, await counted(c));
    return wait === null ? next() : tooMany(c, wait);
  });
}

/** Counts tries that fail: what succeeds is given back. */
function failures(limits: RateLimits, counted: (c: Context) => Promise<readonly Counted[]>) {
  return createMiddleware(async (c, next) => {
    const keys = await counted(c);
    const wait = await takeAll(limits, keys);
    if (wait !== null) return tooMany(c, wait);
    await next();
    if (c.res.ok) for (const [budget, key] of keys) await limits.giveBack(budget, key);
  });
}

/** Accounts: better-auth, behind a list of what is reachable and counts of what is tried. */
export function authRoutes(services: Services) {
  const { limits, config, auth } = services;
  const ipOf = (c: Context): string => clientIp(c, config.trustedProxies);
  const signIn = failures(limits, async (c) => {
    const [ip, account] = [ipOf(c), await mailboxOf(c)];
    return [
      ['signInByAddress', ip],
      ['signInByPerson', `${account} ${ip}`],
      ['signInByAccount', account],
    ];
  });
  const mail = tries(limits, async (c) => [
    ['mailByAddress', ipOf(c)],
    ['mailByMailbox', await mailboxOf(c)],
  ]);
  const code = failures(limits, async (c) => [['secondFactor', ipOf(c)]]);
  const passkey = failures(limits, async (c) => [['signInByAddress', ipOf(c)]]);
  const link = tries(limits, async (c) => [['links', ipOf(c)]]);
  const counted: Record<string, MiddlewareHandler> = {
    '/sign-in/email': signIn,
    '/sign-in/magic-link': mail,
    '/request-password-reset': mail,
    '/two-factor/verify-totp': code,
    '/two-factor/verify-backup-code': code,
    '/passkey/verify-authentication': passkey,
    '/passkey/generate-authenticate-options': link,
    '/sign-in/social': link,
    '/magic-link/verify': link,
    '/reset-password': link,
  };
  const pass: MiddlewareHandler = (_c, next) => next();
  const app = new Hono();
  for (const [method, path] of AUTH_ROUTES) {
    app.on(method, path, counted[path] ?? pass, (c) =>
      auth.handler(new Request(c.req.raw, { headers: authHeaders(c, services) })),
    );
  }
  return app.all('*', (c) => refuse(c, 404, 'not-found', 'There is no such address in the API.'));
}
