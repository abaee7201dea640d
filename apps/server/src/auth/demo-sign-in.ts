import type { BetterAuthPlugin } from 'better-auth';
import { APIError } from 'better-auth';
import { createAuthEndpoint } from 'better-auth/api';
import { setSessionCookie } from 'better-auth/cookies';
import { z } from 'zod';

/** One-click sign-in as a sample person; mounted only in a demo. */
export function demoSignIn(isDemoPerson: (userId: string) => Promise<boolean>): BetterAuthPlugin {
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
