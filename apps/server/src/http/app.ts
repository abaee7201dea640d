import { serveStatic } from '@hono/node-server/serve-static';
import { Hono } from 'hono';
import { routePath } from 'hono/route';
import { UnknownTerm } from '../taxonomies/choose.ts';
import { acceptRoutes } from './accept-routes.ts';
import { accountRoutes } from './account-routes.ts';
import { auditRoutes } from './audit-routes.ts';
import { authRoutes } from './auth-routes.ts';
import { boxRoutes } from './box-routes.ts';
import { commentRoutes } from './comment-routes.ts';
import { refuse, type Services } from './context.ts';
import { decisionRoutes } from './decision-routes.ts';
import { depositRoutes } from './deposit-routes.ts';
import { discussionRoutes } from './discussion-routes.ts';
import { draftRoutes } from './draft-routes.ts';
import { footprintRoutes } from './footprint-routes.ts';
import { guards } from './guard.ts';
import { healthRoutes } from './health-routes.ts';
import { invitationRoutes } from './invitation-routes.ts';
import { libraryFileRoutes } from './library-file-routes.ts';
import { libraryRoutes } from './library-routes.ts';
import { linkRoutes } from './link-routes.ts';
import { memberRoutes } from './member-routes.ts';
import { mailPreferenceRoutes, notificationRoutes } from './notification-routes.ts';
import { processListRoutes, processRoutes } from './process-routes.ts';
import { publicBoxRoutes } from './public-box-routes.ts';
import { publicRoutes } from './public-link-routes.ts';
import { recommendationRoutes } from './recommendation-routes.ts';
import { roundRoutes } from './round-routes.ts';
import { searchRoutes } from './search-routes.ts';
import { sessionRoutes } from './session-routes.ts';
import { setupRoutes } from './setup-routes.ts';
import { sourceFileRoutes } from './source-file-routes.ts';
import { sourceRoutes } from './source-routes.ts';
import { clauseSuggestionRoutes, recommendationSuggestionRoutes } from './suggestion-routes.ts';
import { syncRoute } from './sync-route.ts';
import { taxonomyRoutes } from './taxonomy-routes.ts';
import { threadRoutes } from './thread-routes.ts';
import { traceRoutes } from './trace-routes.ts';
import { triageRoutes } from './triage-routes.ts';
import { versionRoutes } from './version-routes.ts';
import { viewRoutes } from './view-routes.ts';

/** The JSON API; its type is what the web app's client is made from. */
function api(services: Services) {
  return new Hono()
    .route('/session', sessionRoutes(services))
    .route('/account', accountRoutes(services))
    .route('/setup', setupRoutes(services))
    .route('/invitations', acceptRoutes(services))
    .route('/public', publicRoutes(services))
    .route('/box', publicBoxRoutes(services))
    .route('/processes', processListRoutes(services))
    .route('/processes', processRoutes(services))
    .route('/processes', memberRoutes(services))
    .route('/processes', invitationRoutes(services))
    .route('/processes', roundRoutes(services))
    .route('/processes', auditRoutes(services))
    .route('/processes', libraryRoutes(services))
    .route('/processes', recommendationRoutes(services))
    .route('/processes', discussionRoutes(services))
    .route('/processes', searchRoutes(services))
    .route('/processes', recommendationSuggestionRoutes(services))
    .route('/processes', libraryFileRoutes(services))
    .route('/processes', viewRoutes(services))
    .route('/processes', taxonomyRoutes(services))
    .route('/processes', sourceRoutes(services))
    .route('/processes', sourceFileRoutes(services))
    .route('/processes', boxRoutes(services))
    .route('/processes', depositRoutes(services))
    .route('/processes', triageRoutes(services))
    .route('/drafts', draftRoutes(services))
    .route('/drafts', linkRoutes(services))
    .route('/drafts', traceRoutes(services))
    .route('/drafts', clauseSuggestionRoutes(services))
    .route('/drafts', footprintRoutes(services))
    .route('/drafts', versionRoutes(services))
    .route('/processes', mailPreferenceRoutes(services))
    .route('/drafts', threadRoutes(services))
    .route('/drafts', commentRoutes(services))
    .route('/drafts', decisionRoutes(services))
    .route('/notifications', notificationRoutes(services));
}

export type Api = ReturnType<typeof api>;

/**
 * The whole HTTP surface: API, sign-in, the sync socket and the built web app.
 * @param webDir folder of the built web app
 */
export function createApp(services: Services, webDir: string): Hono {
  const app = new Hono();
  for (const guard of guards(services.config)) app.use(guard);
  app.route('/api/auth', authRoutes(services));
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
    if (error instanceof UnknownTerm) return c.json({ code: 'unknown-term', error: error.message }, 422);
    // The route, not the address: an address can hold a link's secret.
    services.logger.error({ err: error, route: routePath(c) }, 'request failed');
    return c.json(
      { code: 'internal', error: 'The server failed on this request. Nothing was changed; try again.' },
      500,
    );
  });
  return app;
}
