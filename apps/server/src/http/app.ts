import { serveStatic } from '@hono/node-server/serve-static';
import { Hono } from 'hono';
import { createMiddleware } from 'hono/factory';
import { secureHeaders } from 'hono/secure-headers';
import { refuse, type Services } from './context.ts';
import { healthRoutes } from './health-routes.ts';
import { libraryRoutes } from './library-routes.ts';
import { sessionRoutes } from './session-routes.ts';
import { syncRoute } from './sync-route.ts';
import { threadRoutes } from './thread-routes.ts';

/** Refuses requests that another site's page makes with the visitor's cookie: sockets, and all that changes something. */
const sameOrigin = createMiddleware(async (c, next) => {
  const origin = c.req.header('origin');
  const changes = !['GET', 'HEAD'].includes(c.req.method) || c.req.header('upgrade') !== undefined;
  if (changes && origin !== undefined && hostOf(origin) !== c.req.header('host')) {
    return refuse(
      c,
      403,
      'cross-site',
      'This request came from another site. Open Zerodraft at its own address.',
    );
  }
  return next();
});

function hostOf(origin: string): string | null {
  try {
    return new URL(origin).host;
  } catch {
    return null;
  }
}

/** The JSON API; its type is what the web app's client is made from. */
function api(services: Services) {
  return new Hono()
    .route('/session', sessionRoutes(services))
    .route('/processes', libraryRoutes(services))
    .route('/drafts', threadRoutes(services));
}

export type Api = ReturnType<typeof api>;

/**
 * The whole HTTP surface: API, sign-in, the sync socket and the built web app.
 * @param webDir folder of the built web app
 */
export function createApp(services: Services, webDir: string): Hono {
  const app = new Hono();
  app.use(sameOrigin);
  app.use(
    secureHeaders({
      contentSecurityPolicy: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        // Positions of cursors and margins are style attributes.
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:'],
        connectSrc: ["'self'"],
        frameAncestors: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
      },
    }),
  );
  app.on(['GET', 'POST'], '/api/auth/*', (c) => services.auth.handler(c.req.raw));
  app.route('/api', api(services));
  app.route('/sync', syncRoute(services));
  app.route('/', healthRoutes(services));
  app.all('/api/*', (c) => refuse(c, 404, 'not-found', 'There is no such address in the API.'));
  app.use('/assets/*', async (c, next) => {
    await next();
    if (c.res.ok) c.header('cache-control', 'public, max-age=31536000, immutable');
  });
  app.use('*', serveStatic({ root: webDir }));
  app.get('*', serveStatic({ root: webDir, path: 'index.html' }));
  app.onError((error, c) => {
    services.logger.error({ err: error, path: c.req.path }, 'request failed');
    return c.json(
      { code: 'internal', error: 'The server failed on this request. Nothing was changed; try again.' },
      500,
    );
  });
  return app;
}
