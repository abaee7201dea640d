import type { Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { createMiddleware } from 'hono/factory';
import { secureHeaders } from 'hono/secure-headers';
import type { Config } from '../env.ts';
import { isSecure } from './client.ts';
import { refuse } from './context.ts';

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]']);
const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

function parts(address: string): { host: string; name: string } | null {
  try {
    const { host, hostname } = new URL(address);
    return { host, name: hostname };
  } catch {
    return null;
  }
}

/**
 * Refuses requests to a name that is not this server's: a name that a stranger's page rebinds to this machine would
 * else count as one origin with it.
 */
function ownHost(config: Config) {
  const own = config.url === null ? null : parts(config.url);
  return createMiddleware(async (c, next) => {
    // Probes come by whatever address the machine has; nothing that is anybody's is told there.
    if (c.req.path.startsWith('/health/') || c.req.path === '/metrics') return next();
    const asked = parts(`http://${c.req.header('host') ?? ''}`);
    const known =
      asked !== null &&
      (LOOPBACK.has(asked.name) ||
        asked.host === own?.host ||
        (own === null && !LOOPBACK.has(bracketed(config.host))));
    if (known) return next();
    return refuse(
      c,
      421,
      'other-host',
      'This server is not known by this name. Open it at its own address; ZERODRAFT_URL sets it.',
    );
  });
}

function bracketed(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}

/** Whether a request comes from a page of this server, by what the browser says; who is no browser says nothing. */
function isOwnPage(c: Context, config: Config): boolean {
  const site = c.req.header('sec-fetch-site');
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return false;
  const origin = c.req.header('origin');
  if (origin === undefined) return true;
  const from = parts(origin)?.host;
  return from !== undefined && (from === c.req.header('host') || from === parts(config.url ?? '')?.host);
}

/** Refuses what another site's page does with the visitor's cookie: sockets, and all that changes something. */
function ownPages(config: Config) {
  return createMiddleware(async (c, next) => {
    const changes = !SAFE.has(c.req.method) || c.req.header('upgrade') !== undefined;
    if (changes && !isOwnPage(c, config)) {
      return refuse(
        c,
        403,
        'cross-site',
        'This request came from another site. Open Zerodraft at its own address.',
      );
    }
    return next();
  });
}

/** Bytes of a body that is no file: the longest list of people. */
const MAX_BODY = 1024 * 1024;

/** Bounds bodies; an import and an upload, which are files, have bounds of their own. */
function boundedBodies() {
  const bound = bodyLimit({
    maxSize: MAX_BODY,
    onError: (c) => refuse(c, 413, 'too-large', 'This request is larger than 1 MiB. Send less at once.'),
  });
  return createMiddleware(async (c, next) => (isImport(c) || isUpload(c) ? next() : bound(c, next)));
}

function isImport(c: Context): boolean {
  return c.req.method === 'POST' && c.req.path.endsWith('/imports');
}

function isUpload(c: Context): boolean {
  return c.req.method === 'PUT' && /^\/api\/processes\/[^/]+\/sources\/[^/]+\/file$/.test(c.req.path);
}

/** Bodies are JSON, which no form of another site can send; only an import is a form, with a file, and an upload is the file itself. */
const jsonBodies = createMiddleware(async (c, next) => {
  const type = c.req.header('content-type')?.split(';')[0]?.trim().toLowerCase();
  const hasBody =
    type !== undefined ||
    Number(c.req.header('content-length') ?? 0) > 0 ||
    c.req.header('transfer-encoding') !== undefined;
  const file =
    (type === 'multipart/form-data' && isImport(c)) || (type === 'application/octet-stream' && isUpload(c));
  if (SAFE.has(c.req.method) || !hasBody || type === 'application/json' || file) return next();
  return refuse(c, 415, 'not-json', 'Send the body as application/json.');
});

/** Marks cookies as secure, and asks browsers for encryption from now on, when the browser's connection is encrypted. */
function whenSecure(config: Config) {
  return createMiddleware(async (c, next) => {
    await next();
    if (!isSecure(c, config)) return;
    c.header('strict-transport-security', 'max-age=31536000; includeSubDomains');
    const cookies = c.res.headers.getSetCookie();
    if (cookies.length === 0) return;
    c.res.headers.delete('set-cookie');
    for (const cookie of cookies)
      c.res.headers.append('set-cookie', /;\s*secure/i.test(cookie) ? cookie : `${cookie}; Secure`);
  });
}

/** What is handed out as a file belongs to nobody's page: opened after all, it may do nothing. */
const inertFiles = createMiddleware(async (c, next) => {
  await next();
  if (c.res.headers.get('content-disposition')?.startsWith('attachment'))
    c.header('content-security-policy', "default-src 'none'; sandbox");
});

/** Everything that stands before the routes, in order. */
export function guards(config: Config) {
  return [
    inertFiles,
    secureHeaders({
      contentSecurityPolicy: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        scriptSrcAttr: ["'none'"],
        // Positions of cursors and margins are style attributes.
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:'],
        connectSrc: ["'self'"],
        objectSrc: ["'none'"],
        frameAncestors: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
      },
      referrerPolicy: 'no-referrer',
      strictTransportSecurity: false,
      xFrameOptions: 'DENY',
    }),
    whenSecure(config),
    ownHost(config),
    ownPages(config),
    jsonBodies,
    boundedBodies(),
  ];
}
