import { type Context, Hono, type MiddlewareHandler } from 'hono';
import { createMiddleware } from 'hono/factory';
import { z } from 'zod';
import { clientIp } from './client.ts';
import { refuse, type Services } from './context.ts';
import { limit, type RateLimits, tooMany } from './rate-limits.ts';
import { authHeaders } from './sign-in-as.ts';

const SOURCES = ['GET', 'POST'] as const;

/** What of better-auth is reachable from outside, below /api/auth; all else is not. */
export const AUTH_ROUTES: readonly [(typeof SOURCES)[number], string][] = [
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

/** Counts failed sign-ins, by address and by account; a success is forgiven. */
function signInLimit(limits: RateLimits, ipOf: (c: Context) => string) {
  return createMiddleware(async (c, next) => {
    const [ip, account] = [ipOf(c), await mailboxOf(c)];
    const waits = [
      await limits.take('signInByAddress', ip),
      await limits.take('signInByPerson', `${account} ${ip}`),
      await limits.take('signInByAccount', account),
    ].filter((wait) => wait !== null);
    if (waits.length > 0) return tooMany(c, Math.max(...waits));
    await next();
    if (!c.res.ok) return;
    await limits.giveBack('signInByAddress', ip);
    await limits.forget('signInByPerson', `${account} ${ip}`);
    await limits.giveBack('signInByAccount', account);
  });
}

function mailLimits(limits: RateLimits, ipOf: (c: Context) => string) {
  return createMiddleware(async (c, next) => {
    const waits = [
      await limits.take('mailByAddress', ipOf(c)),
      await limits.take('mailByMailbox', await mailboxOf(c)),
    ].filter((wait) => wait !== null);
    return waits.length > 0 ? tooMany(c, Math.max(...waits)) : next();
  });
}

/** Accounts: better-auth, behind a list of what is reachable and counts of what is tried. */
export function authRoutes(services: Services) {
  const { limits, config, auth } = services;
  const ipOf = (c: Context): string => clientIp(c, config.trustedProxies);
  const counted: Record<string, MiddlewareHandler> = {
    '/sign-in/email': signInLimit(limits, ipOf),
    '/sign-in/magic-link': mailLimits(limits, ipOf),
    '/request-password-reset': mailLimits(limits, ipOf),
    '/two-factor/verify-totp': limit(limits, 'secondFactor', ipOf),
    '/two-factor/verify-backup-code': limit(limits, 'secondFactor', ipOf),
    '/magic-link/verify': limit(limits, 'links', ipOf),
    '/reset-password': limit(limits, 'links', ipOf),
    '/passkey/verify-authentication': limit(limits, 'signInByAddress', ipOf),
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
