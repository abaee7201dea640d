import { setTimeout as wait } from 'node:timers/promises';
import { type ServerType, serve } from '@hono/node-server';
import { Rooms } from '@zerodraft/sync';
import { WebSocketServer } from 'ws';
import { createAccount, createAuth } from './auth.ts';
import { type Database, databaseFile, openDatabase } from './db/database.ts';
import { sqlDraftLog } from './db/draft-log.ts';
import type { Config } from './env.ts';
import { createApp } from './http/app.ts';
import { createLogger } from './logger.ts';
import { Metrics } from './metrics.ts';
import { loadProcess, readProcess } from './process/load.ts';
import { draftRules } from './sync/drafts.ts';
import { RevocationWatch } from './sync/revocation.ts';
import { LogClient } from './workers/log-client.ts';
import { MergeClient } from './workers/merge-client.ts';

/** Bytes of a frame around its update. */
const FRAME_OVERHEAD = 64;
/** Milliseconds that clients are given to hear why their socket closes. */
const CLOSE_PATIENCE = 500;

export interface RunningServer {
  /** Address to open in a browser. */
  url: string;
  demo: boolean;
  close(): Promise<void>;
}

/**
 * Starts the server: database, process, rooms, HTTP.
 * @param webDir folder of the built web app
 * @throws Error that says what is wrong: a busy port, a process folder with problems, an unusable database
 */
export async function startServer(config: Config, webDir: string): Promise<RunningServer> {
  const logger = createLogger(config.logLevel);
  const db = await openDatabase(config.dataDir);
  const demo = await prepare(db, config);
  const auth = createAuth(db, config, demo);
  await ensureFacilitator(db, auth, config);
  const metrics = new Metrics(logger);
  const merger = new MergeClient();
  const writing = new LogClient(databaseFile(config.dataDir));
  const log = sqlDraftLog(db, writing);
  const rooms = new Rooms(log, draftRules, { limits: config.limits, events: metrics, merger });
  const watch = new RevocationWatch(db, (error) => logger.error({ err: error }, 'rights not read'));
  const lifecycle = { stopping: false };
  const app = createApp({ db, auth, rooms, logger, demo, watch, metrics, config, lifecycle }, webDir);
  const maxPayload = config.limits.maxUpdate + FRAME_OVERHEAD;
  const wss = new WebSocketServer({ noServer: true, maxPayload, perMessageDeflate: false });
  metrics.countSockets(() => wss.clients.size);
  const server = await new Promise<ServerType>((resolve, reject) => {
    const http = serve(
      {
        fetch: app.fetch,
        port: config.port,
        hostname: config.host,
        websocket: { server: wss },
      },
      () => resolve(http),
    );
    http.once('error', (error: NodeJS.ErrnoException) => {
      reject(error.code === 'EADDRINUSE' ? busy(config.port) : error);
    });
  });
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : config.port;
  return {
    url: `http://${config.host === '::1' ? '[::1]' : config.host}:${port}`,
    demo,
    async close() {
      lifecycle.stopping = true;
      watch.stop();
      const closed = new Promise((resolve) => server.close(resolve));
      await rooms.shutdown();
      const deadline = Date.now() + CLOSE_PATIENCE;
      while (wss.clients.size > 0 && Date.now() < deadline) await wait(10);
      for (const socket of wss.clients) socket.terminate();
      if ('closeAllConnections' in server) server.closeAllConnections();
      await closed;
      await Promise.all([merger.close(), writing.close()]);
      await db.destroy();
    },
  };
}

function busy(port: number): Error {
  return new Error(
    `Port ${port} is in use by another program. Stop it, or choose another: PORT=${port + 1} npm start`,
  );
}

/** Loads the process into an empty database; says whether this database is a demo that may be offered now. */
async function prepare(db: Database, config: Config): Promise<boolean> {
  const loaded = await db.selectFrom('process').select('id').executeTakeFirst();
  if (!loaded) {
    const process = await readProcess(config.processDir);
    await db.transaction().execute(async (trx) => {
      await loadProcess(trx, process, config.demo);
      await trx
        .insertInto('setting')
        .values({ name: 'demo', value: config.demo ? '1' : '0' })
        .execute();
    });
  }
  const setting = await db
    .selectFrom('setting')
    .select('value')
    .where('name', '=', 'demo')
    .executeTakeFirst();
  return config.demo && setting?.value === '1';
}

/** Without the demo, the first facilitator comes from the environment. */
async function ensureFacilitator(
  db: Database,
  auth: ReturnType<typeof createAuth>,
  config: Config,
): Promise<void> {
  if (!config.facilitator) return;
  const email = config.facilitator.email.toLowerCase();
  const known = await db.selectFrom('user').select('id').where('email', '=', email).executeTakeFirst();
  if (known) return;
  const userId = await createAccount(auth, { ...config.facilitator, name: email.split('@')[0] ?? email });
  const process = await db.selectFrom('process').select('id').executeTakeFirstOrThrow();
  await db
    .insertInto('member')
    .values({ processId: process.id, userId, role: 'facilitator', organisation: null, position: 0 })
    .execute();
}
