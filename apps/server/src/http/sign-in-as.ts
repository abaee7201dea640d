import type { Context } from 'hono';
import { record } from '../audit/record.ts';
import { IP_HEADER } from '../auth/auth-audit.ts';
import { clientIp } from './client.ts';
import { authorOf, type Services } from './context.ts';

/** The request's headers for better-auth: the caller's address in a header of our own, and none that names another. */
export function authHeaders(c: Context, { config }: Services): Headers {
  const headers = new Headers(c.req.raw.headers);
  for (const name of ['x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip'])
    headers.delete(name);
  headers.set(IP_HEADER, clientIp(c, config.trustedProxies));
  return headers;
}

/** Signs in, by this answer's cookie, somebody whom the route has vouched for. */
export async function signInAs(
  c: Context,
  services: Services,
  { userId, name, method }: { userId: string; name: string; method: string },
): Promise<void> {
  const answer = await services.auth.api.startSession({
    body: { userId },
    headers: authHeaders(c, services),
    asResponse: true,
  });
  for (const cookie of answer.headers.getSetCookie()) c.header('set-cookie', cookie, { append: true });
  const author = { ...authorOf(c, services, null), userId, name };
  await record(services.db, author, {
    action: 'sign-in',
    objectKind: 'account',
    objectId: userId,
    processId: null,
    details: { method },
  });
}
