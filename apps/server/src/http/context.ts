import type { Action, Problem, Viewer } from '@zerodraft/contract';
import { may } from '@zerodraft/contract';
import type { Rooms } from '@zerodraft/sync';
import type { Context } from 'hono';
import { createMiddleware } from 'hono/factory';
import type { Auth } from '../auth.ts';
import type { Database } from '../db/database.ts';
import type { Config } from '../env.ts';
import type { Logger } from '../logger.ts';
import type { Metrics } from '../metrics.ts';
import type { RevocationWatch } from '../sync/revocation.ts';
import { colorOf } from './color.ts';

/** What every route works with. */
export interface Services {
  db: Database;
  auth: Auth;
  rooms: Rooms;
  logger: Logger;
  demo: boolean;
  watch: RevocationWatch;
  metrics: Metrics;
  config: Config;
  /** Set once the server is on its way down: it is then not ready for anybody new. */
  lifecycle: { stopping: boolean };
}

export interface RouteEnv {
  Variables: { viewer: Viewer; processId: string; sessionId: string };
}

/** Answers with an error that says what is wrong and how to mend it. */
export function refuse(
  c: Context,
  status: 400 | 401 | 403 | 404 | 409 | 413 | 422,
  code: string,
  error: string,
) {
  const body: Problem = { code, error };
  return c.json(body, status);
}

/** The signed-in user and session, from the session cookie alone. */
export async function sessionOf(
  services: Services,
  headers: Headers,
): Promise<{ userId: string; sessionId: string } | null> {
  const found = await services.auth.api.getSession({ headers });
  return found ? { userId: found.user.id, sessionId: found.session.id } : null;
}

/** A user as a member of a process, or null. */
export async function findViewer(db: Database, processId: string, userId: string): Promise<Viewer | null> {
  const row = await db
    .selectFrom('member')
    .innerJoin('user', 'user.id', 'member.userId')
    .select(['user.id', 'user.name', 'member.organisation', 'member.role', 'member.position'])
    .where('member.processId', '=', processId)
    .where('member.userId', '=', userId)
    .executeTakeFirst();
  if (!row) return null;
  const { position, ...viewer } = row;
  return { ...viewer, color: colorOf(position) };
}

/** Lets a request pass when its session's role in the process allows the action; nothing else decides. */
export function permit(services: Services, action: Action) {
  return createMiddleware<RouteEnv>(async (c, next) => {
    const session = await sessionOf(services, c.req.raw.headers);
    if (session === null)
      return refuse(c, 401, 'signed-out', 'Sign in first: your session has ended or never began.');
    const processId = await processIdOf(services.db, c.req.param('processId'), c.req.param('draftId'));
    const viewer = processId === null ? null : await findViewer(services.db, processId, session.userId);
    // A stranger learns no more than that there is nothing for them here.
    if (processId === null || viewer === null)
      return refuse(c, 404, 'not-found', 'There is no such process or draft.');
    if (!may(viewer.role, action)) {
      return refuse(
        c,
        403,
        'forbidden',
        `As ${viewer.role} you may not do this. Ask a facilitator for the right.`,
      );
    }
    c.set('viewer', viewer);
    c.set('processId', processId);
    c.set('sessionId', session.sessionId);
    return next();
  });
}

async function processIdOf(db: Database, processId?: string, draftId?: string): Promise<string | null> {
  if (processId !== undefined) return processId;
  if (draftId === undefined) return null;
  const draft = await db.selectFrom('draft').select('processId').where('id', '=', draftId).executeTakeFirst();
  return draft?.processId ?? null;
}
