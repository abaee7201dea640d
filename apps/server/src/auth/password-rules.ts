import type { BetterAuthPlugin } from 'better-auth';
import { APIError } from 'better-auth';
import { createAuthMiddleware, getSessionFromCtx } from 'better-auth/api';
import { z } from 'zod';
import { passwordProblem } from './passwords.ts';

const CHANGES = new Set(['/change-password', '/reset-password']);
const changed = z.looseObject({ newPassword: z.string() });

/** Refuses common passwords where better-auth takes new ones, and ends the other sessions of whoever changes theirs. */
export function passwordRules() {
  return {
    id: 'password-rules',
    hooks: {
      before: [
        {
          matcher: (ctx) => CHANGES.has(ctx.path ?? ''),
          handler: createAuthMiddleware(async (ctx) => {
            const body = changed.safeParse(ctx.body);
            if (!body.success) return;
            const email = (await getSessionFromCtx(ctx))?.user.email ?? null;
            const problem = passwordProblem(body.data.newPassword, email);
            if (problem) throw new APIError('BAD_REQUEST', { ...problem });
            if (ctx.path === '/change-password')
              return { context: { body: { ...body.data, revokeOtherSessions: true } } };
          }),
        },
      ],
    },
  } satisfies BetterAuthPlugin;
}
