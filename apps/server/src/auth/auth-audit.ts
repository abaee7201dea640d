import type { AuditAction } from '@zerodraft/contract';
import type { BetterAuthPlugin } from 'better-auth';
import { createAuthMiddleware, getSessionFromCtx, isAPIError } from 'better-auth/api';
import { z } from 'zod';
import { type Author, record } from '../audit/record.ts';
import type { Database } from '../db/database.ts';
import { deviceOf } from '../http/client.ts';

/** The header in which the server passes the caller's address to better-auth; from outside it is dropped. */
export const IP_HEADER = 'x-zerodraft-ip';

/** What signs somebody in, by path. */
const SIGN_INS: Record<string, string> = {
  '/sign-in/email': 'password',
  '/sign-in/demo': 'demo',
  '/magic-link/verify': 'link',
  '/callback/:id': 'identity provider',
  '/passkey/verify-authentication': 'passkey',
  '/two-factor/verify-totp': 'password and code',
  '/two-factor/verify-backup-code': 'password and backup code',
};
/** What changes how somebody signs in, by path. */
const CHANGES: Record<string, AuditAction> = {
  '/change-password': 'password.change',
  '/two-factor/disable': 'two-factor.disable',
  '/two-factor/generate-backup-codes': 'two-factor.backup-codes',
  '/passkey/verify-registration': 'passkey.add',
  '/passkey/delete-passkey': 'passkey.remove',
};

const typedEmail = z.looseObject({ email: z.string() });

type Context = Parameters<Parameters<typeof createAuthMiddleware>[0]>[0];

function authorAt(ctx: Context, user: { id: string; name: string } | null, sessionId: string | null): Author {
  return {
    userId: user?.id ?? null,
    name: user?.name ?? null,
    sessionId,
    ip: ctx.headers?.get(IP_HEADER) ?? null,
    device: deviceOf(ctx.headers?.get('user-agent')),
  };
}

/** Whose account a failed try was for: the address typed, or the one whose password was right and whose code is not. */
async function aimedAt(db: Database, ctx: Context): Promise<{ id: string; name: string } | null> {
  const { data } = typedEmail.safeParse(ctx.body);
  const people = db.selectFrom('user').select(['id', 'name']);
  if (data) return (await people.where('email', '=', data.email.toLowerCase()).executeTakeFirst()) ?? null;
  if (!ctx.path?.startsWith('/two-factor/')) return null;
  const cookie = ctx.context.createAuthCookie('two_factor');
  const challenge = await ctx.getSignedCookie(cookie.name, ctx.context.secret);
  const found = challenge ? await ctx.context.internalAdapter.findVerificationValue(challenge) : null;
  return found ? ((await people.where('id', '=', found.value).executeTakeFirst()) ?? null) : null;
}

/**
 * Records what happens in better-auth. It stands last among the plugins, so that a sign-in which still waits for its
 * second factor is none yet.
 */
export function authAudit(db: Database) {
  const accountDeed = (action: AuditAction, userId: string, details = {}) => ({
    action,
    objectKind: 'account' as const,
    objectId: userId,
    processId: null,
    details,
  });
  return {
    id: 'audit',
    hooks: {
      before: [
        {
          // Afterwards there is no session left to name.
          matcher: (ctx) => ctx.path === '/sign-out',
          handler: createAuthMiddleware(async (ctx) => {
            const current = await getSessionFromCtx(ctx);
            if (!current) return;
            const author = authorAt(ctx, current.user, current.session.id);
            await record(db, author, accountDeed('sign-out', current.user.id));
          }),
        },
      ],
      after: [
        {
          matcher: (ctx) => (ctx.path ?? '') in SIGN_INS || (ctx.path ?? '') in CHANGES,
          handler: createAuthMiddleware(async (ctx) => {
            const path = ctx.path ?? '';
            const method = SIGN_INS[path];
            const { newSession, returned, session } = ctx.context;
            const failed = isAPIError(returned) && returned.status !== 'FOUND';
            if (method !== undefined && session === null) {
              if (newSession) {
                const author = authorAt(ctx, newSession.user, newSession.session.id);
                await record(db, author, accountDeed('sign-in', newSession.user.id, { method }));
              } else if (failed || isAPIError(returned)) {
                const person = await aimedAt(db, ctx);
                const author = authorAt(ctx, person, null);
                await record(db, author, accountDeed('sign-in.failed', person?.id ?? 'unknown', { method }));
              }
              return;
            }
            const change = path === '/two-factor/verify-totp' ? 'two-factor.enable' : CHANGES[path];
            const current = newSession ?? session;
            if (failed || !current || change === undefined) return;
            const author = authorAt(ctx, current.user, current.session.id);
            await record(db, author, accountDeed(change, current.user.id));
          }),
        },
      ],
    },
  } satisfies BetterAuthPlugin;
}
