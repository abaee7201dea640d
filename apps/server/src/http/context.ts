import {
  type Action,
  explain,
  type Problem,
  permission,
  type Refusal,
  type Viewer,
} from '@zerodraft/contract';
import type { DraftLog, Rooms } from '@zerodraft/sync';
import type { Context } from 'hono';
import { createMiddleware } from 'hono/factory';
import type { Author } from '../audit/record.ts';
import type { Auth } from '../auth/auth.ts';
import type { Database } from '../db/database.ts';
import type { Visits } from '../drafts/visits.ts';
import type { Config } from '../env.ts';
import type { LinkIndex } from '../library/link-index.ts';
import type { Logger } from '../logger.ts';
import type { Mailer } from '../mail/mailer.ts';
import { findStanding, type Standing } from '../members/standing.ts';
import type { Metrics } from '../metrics.ts';
import type { Digests } from '../notifications/digests.ts';
import type { Reading } from '../sources/reading.ts';
import type { RevocationWatch } from '../sync/revocation.ts';
import type { RoundVersions } from '../versions/round-versions.ts';
import type { FootprintClient } from '../workers/footprint-client.ts';
import type { ImportClient } from '../workers/import-client.ts';
import type { LibraryClient } from '../workers/library-client.ts';
import type { DraftReader } from '../workers/read-client.ts';
import type { SuggestClient } from '../workers/suggest-client.ts';
import { clientIp, deviceOf } from './client.ts';
import type { RateLimits } from './rate-limits.ts';

/** What every route works with. */
export interface Services {
  db: Database;
  /** Where drafts are read from; rooms write it. */
  log: DraftLog;
  reader: DraftReader;
  /** Makes files of footprints. */
  footprints: FootprintClient;
  auth: Auth;
  rooms: Rooms;
  visits: Visits;
  logger: Logger;
  demo: boolean;
  watch: RevocationWatch;
  metrics: Metrics;
  config: Config;
  mailer: Mailer;
  digests: Digests;
  limits: RateLimits;
  /** Searches libraries, and makes files of them. */
  library: LibraryClient;
  /** Imports files into libraries. */
  imports: ImportClient;
  /** Finds likely links. */
  suggest: SuggestClient;
  /** Knows what is linked to what. */
  linkIndex: LinkIndex;
  /** Keeps versions when rounds open and close. */
  roundVersions: RoundVersions;
  /** Reads uploaded documents. */
  reading: Reading;
  /** Set once the server is on its way down: it is then not ready for anybody new. */
  lifecycle: { stopping: boolean };
}

/** What a route behind `signedIn` knows. */
export interface AccountEnv {
  Variables: { author: Author; userId: string; sessionId: string };
}

/** What a route behind `permit` knows beside. */
export interface RouteEnv {
  Variables: AccountEnv['Variables'] & { viewer: Viewer; processId: string; standing: Standing };
}

/** Answers with an error that says what is wrong and how to mend it. */
export function refuse(
  c: Context,
  status: 400 | 401 | 403 | 404 | 409 | 413 | 415 | 421 | 422 | 429,
  code: string,
  error: string,
  reason?: Refusal,
) {
  const body: Problem = reason === undefined ? { code, error } : { code, error, reason };
  return c.json(body, status);
}

/** The signed-in user and session, from the session cookie alone. */
export async function sessionOf(
  services: Services,
  headers: Headers,
): Promise<{ userId: string; name: string; sessionId: string } | null> {
  const found = await services.auth.api.getSession({ headers });
  return found ? { userId: found.user.id, name: found.user.name, sessionId: found.session.id } : null;
}

/** Who a request comes from, for the audit log; a stranger has an address only. */
export function authorOf(
  c: Context,
  services: Services,
  session: { userId: string; name: string; sessionId: string } | null,
): Author {
  return {
    userId: session?.userId ?? null,
    name: session?.name ?? null,
    sessionId: session?.sessionId ?? null,
    ip: clientIp(c, services.config.trustedProxies),
    device: deviceOf(c.req.header('user-agent')),
  };
}

/** Lets a signed-in person pass. */
export function signedIn(services: Services) {
  return createMiddleware<AccountEnv>(async (c, next) => {
    const session = await sessionOf(services, c.req.raw.headers);
    if (session === null)
      return refuse(c, 401, 'signed-out', 'Sign in first: your session has ended or never began.');
    c.set('author', authorOf(c, services, session));
    c.set('userId', session.userId);
    c.set('sessionId', session.sessionId);
    return next();
  });
}

/** Lets a request pass when the permission table allows its session's person the action here and now; nothing else decides. */
export function permit(services: Services, action: Action) {
  return createMiddleware<RouteEnv>(async (c, next) => {
    const session = await sessionOf(services, c.req.raw.headers);
    if (session === null)
      return refuse(c, 401, 'signed-out', 'Sign in first: your session has ended or never began.');
    const place = { processId: c.req.param('processId'), draftId: c.req.param('draftId') };
    const standing = await findStanding(services.db, place, session.userId);
    // A stranger learns no more than that there is nothing for them here.
    if (standing === null) return refuse(c, 404, 'not-found', 'There is no such process or draft.');
    const verdict = permission(standing.viewer.role, action, { ...standing.circumstances, now: new Date() });
    if (!verdict.allowed) return refuse(c, 403, 'forbidden', explain(verdict.reason), verdict.reason);
    c.set('author', authorOf(c, services, session));
    c.set('userId', session.userId);
    c.set('sessionId', session.sessionId);
    c.set('viewer', standing.viewer);
    c.set('processId', standing.processId);
    c.set('standing', standing);
    return next();
  });
}
