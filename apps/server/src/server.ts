import { setTimeout as wait } from 'node:timers/promises';
import { type ServerType, serve } from '@hono/node-server';
import { WebSocketServer } from 'ws';
import { keepBinEmpty } from './bin.ts';
import { addressOf, type Config } from './env.ts';
import { createApp } from './http/app.ts';
import { createServices } from './services.ts';

/** Bytes of a frame around its update. */
const FRAME_OVERHEAD = 64;
/** Milliseconds that clients are given to hear why their socket closes. */
const CLOSE_PATIENCE = 500;

interface RunningServer {
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
  const { services, threads, setupToken } = await createServices(config, print);
  const { db, demo, digests, lifecycle, linkIndex, logger, mailer, metrics } = services;
  const { reading, rooms, roundVersions, visits, watch } = services;
  const stopBin = keepBinEmpty(db, logger);
  digests.start();
  await reading.start();
  await linkIndex.start();
  await roundVersions.start();
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
      lifecycle.stopping = true;
      watch.stop();
      stopBin();
      await digests.stop();
      await reading.stop();
      await roundVersions.stop();
      mailer.close();
      const closed = new Promise((resolve) => server.close(resolve));
      await rooms.shutdown();
      await linkIndex.stop();
      const deadline = Date.now() + CLOSE_PATIENCE;
      while (wss.clients.size > 0 && Date.now() < deadline) await wait(10);
      for (const socket of wss.clients) socket.terminate();
      if ('closeAllConnections' in server) server.closeAllConnections();
      await closed;
      await visits.flush().catch((error: unknown) => logger.error({ err: error }, 'visits were not noted'));
      await Promise.all(threads.map((thread) => thread.close()));
      await db.destroy();
    },
  };
}

function busy(port: number): Error {
  return new Error(
    `Port ${port} is in use by another program. Stop it, or choose another: PORT=${port + 1} npm start`,
  );
}
