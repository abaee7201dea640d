import { join } from 'node:path';
import SQLite from 'better-sqlite3';
import { until } from '../measure.ts';
import { Client } from '../wire/client.ts';
import { yWebsocket } from '../wire/protocol.ts';
import type { Peer, Server } from './server.ts';

/** From tests/dist, where the bench is built to. */
const MAIN = join(import.meta.dirname, '../../apps/server/dist/main.js');

const BATCH = 50;
const DEADLINE = 30_000;

async function signIn(server: Server): Promise<string> {
  const origin = `http://127.0.0.1:${server.port}`;
  const response = await fetch(`${origin}/api/auth/sign-in/demo`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin },
    body: JSON.stringify({ personId: 'amara' }),
  });
  if (!response.ok) throw new Error(`sign-in failed: ${response.status} ${await response.text()}`);
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');
}

export const zerodraft: Peer = {
  name: 'zerodraft',
  wire: yWebsocket,
  ready: 'Zerodraft is at',
  path: (room) => `/sync/${room}`,
  command: (server) => ({
    args: [MAIN],
    env: {
      PORT: String(server.port),
      ZERODRAFT_DATA: server.dir,
      LOG_LEVEL: 'error',
      // One person stands for all: the limits of one are lifted.
      ZERODRAFT_MESSAGES_PER_SECOND: '1000000',
      ZERODRAFT_SOCKETS_PER_PERSON: '10000',
    },
  }),
  async seed(server, drafts) {
    // The first start makes the database and the session that all clients share.
    await server.start();
    server.headers = { cookie: await signIn(server) };
    await server.stop();
    addDrafts(join(server.dir, 'zerodraft.db'), [...drafts.keys()]);
    await server.start();
    const all = [...drafts];
    for (let start = 0; start < all.length; start += BATCH)
      await write(server, all.slice(start, start + BATCH));
    await server.stop();
  },
};

/** Drafts that differ from the sample in their id alone, and are empty. */
function addDrafts(file: string, ids: readonly string[]): void {
  const db = new SQLite(file);
  const columns: unknown[] = db.prepare("select name from pragma_table_info('draft')").pluck().all();
  const others = columns.filter((name) => name !== 'id').join(', ');
  const insert = db.prepare(`insert into draft (id, ${others}) select ?, ${others} from draft limit 1`);
  db.transaction(() => {
    for (const id of ids) insert.run(id);
  })();
  db.close();
}

/** Writes drafts as a client does, so that they are stored as the server stores them. */
async function write(server: Server, drafts: readonly (readonly [string, Uint8Array])[]): Promise<void> {
  const clients = drafts.map(([room], index) => new Client(server, room, { id: index + 1 }));
  const answered = async (times: number): Promise<void> => {
    await until(
      () => clients.every(({ answers, failure }) => answers >= times || failure),
      DEADLINE,
      'seeding',
    );
    const broken = clients.find(({ failure }) => failure !== null);
    if (broken) throw new Error(`seeding ${broken.room}: ${broken.failure}`);
  };
  try {
    await answered(1);
    for (const [index, [, update]] of drafts.entries()) {
      const client = clients[index];
      client?.send(client.frame(update));
      // Answered in order: the update was taken before.
      client?.ask();
    }
    await answered(2);
  } finally {
    for (const client of clients) client.close();
  }
}
