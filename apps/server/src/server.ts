import { setTimeout as wait } from 'node:timers/promises';
import { type ServerType, serve } from '@hono/node-server';
import { WebSocketServer } from 'ws';
import { SERVER } from './audit/record.ts';
import { type Auth, createAuth } from './auth/auth.ts';
import { makeFirstFacilitator, renewSetupToken } from './auth/setup.ts';
import { keepBinEmpty } from './bin.ts';
import { type Database, openDatabase } from './db/database.ts';
import { addressOf, type Config } from './env.ts';
import { createApp } from './http/app.ts';
import { RateLimits } from './http/rate-limits.ts';
import { createLogger } from './logger.ts';
import { createMailer } from './mail/mailer.ts';
import { Metrics } from './metrics.ts';
import { loadProcess, readProcess } from './processes/load.ts';
import { createRooms } from './sync/drafts.ts';
import { MergePool } from './sync/merge-pool.ts';
import { RevocationWatch } from './sync/revocation.ts';

/** Bytes of a frame around its update. */
const FRAME_OVERHEAD = 64;
/** Milliseconds that clients are given to hear why their socket closes. */
const CLOSE_PATIENCE = 500;

export interface RunningServer {
  /** Address to open in a browser. */
  url: string;
  demo: boolean;
  /** Where the first facilitator makes their account; null when somebody has one. */
  setupLink: string | null;
  close(): Promise<void>;
}

/**
 * Starts the server: database, process, rooms, HTTP.
 * @param webDir folder of the built web app
 * @param print where mails go when no mail server is set
 * @throws Error that says what is wrong: a busy port, a process folder with problems, an unusable database
 */
export async function startServer(
  config: Config,
  webDir: string,
  print: (text: string) => void,
): Promise<RunningServer> {
  const logger = createLogger(config.logLevel);
  const db = await openDatabase(config.dataDir);
  const demo = await prepare(db, config);
  const mailer = createMailer(config.smtp, logger, print);
  const auth = createAuth({ db, config, mailer, logger, demo });
  await ensureFacilitator(db, auth, config);
  const setupToken = demo ? null : await renewSetupToken(db);
  const stopBin = keepBinEmpty(db, logger);
  const metrics = new Metrics(logger);
  const merges = new MergePool();
  const rooms = createRooms(db, { limits: config.limits, events: metrics, merges });
  const watch = new RevocationWatch(db, (error) => logger.error({ err: error }, 'rights not read'));
  const limits = new RateLimits();
  const services = { db, auth, rooms, logger, demo, watch, metrics, config, mailer, limits };
  const app = createApp(services, webDir);
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
    setupLink: setupToken === null ? null : `${addressOf({ ...config, port })}/setup/${setupToken}`,
    async close() {
      watch.stop();
      stopBin();
      mailer.close();
      const closed = new Promise((resolve) => server.close(resolve));
      await rooms.shutdown();
      const deadline = Date.now() + CLOSE_PATIENCE;
      while (wss.clients.size > 0 && Date.now() < deadline) await wait(10);
      for (const socket of wss.clients) socket.terminate();
      if ('closeAllConnections' in server) server.closeAllConnections();
      await closed;
      await merges.close();
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

/** The first facilitator can come from the environment. */
async function ensureFacilitator(db: Database, auth: Auth, config: Config): Promise<void> {
  if (!config.facilitator) return;
  const email = config.facilitator.email.toLowerCase();
  const known = await db.selectFrom('user').select('id').where('email', '=', email).executeTakeFirst();
  if (known) return;
  const passwordHash = await (await auth.$context).password.hash(config.facilitator.password);
  const name = email.split('@')[0] ?? email;
  await db
    .transaction()
    .execute((trx) => makeFirstFacilitator(trx, SERVER, { name, email, passwordHash }, null));
}
