import { getConnInfo } from '@hono/node-server/conninfo';
import type { Context } from 'hono';

/**
 * The address a request comes from. What proxies say is believed only as far as trusted proxies stand before this server:
 * each adds the address it was called from at the end of x-forwarded-for.
 */
export function clientIp(c: Context, trustedProxies: number): string {
  const remote = getConnInfo(c).remote.address ?? '';
  const forwarded = c.req.header('x-forwarded-for')?.split(',') ?? [];
  const named = trustedProxies > 0 ? forwarded.at(-trustedProxies)?.trim() : undefined;
  const address = named && /^[0-9a-f.:]{3,45}$/i.test(named) ? named : remote;
  return address.replace(/^::ffff:(?=\d+\.)/i, '');
}

/** Whether the browser's own connection is encrypted, by the server's address or by what a trusted proxy says. */
export function isSecure(c: Context, config: { url: string | null; trustedProxies: number }): boolean {
  if (config.url?.startsWith('https:')) return true;
  if (config.trustedProxies === 0) return false;
  return c.req.header('x-forwarded-proto')?.split(',').at(-1)?.trim() === 'https';
}

const BROWSERS: readonly [RegExp, string][] = [
  [/Edg\//, 'Edge'],
  [/OPR\//, 'Opera'],
  [/Firefox\//, 'Firefox'],
  [/Chrome\//, 'Chrome'],
  [/Safari\//, 'Safari'],
];
const SYSTEMS: readonly [RegExp, string][] = [
  [/Windows/, 'Windows'],
  [/Android/, 'Android'],
  [/iPhone|iPad/, 'iOS'],
  [/Mac OS X|Macintosh/, 'macOS'],
  [/Linux|X11/, 'Linux'],
];

/** A user agent in a few words: "Firefox on Linux". */
export function deviceOf(userAgent: string | undefined | null): string | null {
  if (!userAgent) return null;
  const browser = BROWSERS.find(([pattern]) => pattern.test(userAgent))?.[1];
  const system = SYSTEMS.find(([pattern]) => pattern.test(userAgent))?.[1];
  if (browser && system) return `${browser} on ${system}`;
  return userAgent.replace(/[^\x20-\x7e]/g, '').slice(0, 60);
}
