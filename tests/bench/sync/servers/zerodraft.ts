import { join } from 'node:path';
import SQLite from 'better-sqlite3';
import { yWebsocket } from '../wire/protocol.ts';
import type { Peer, Server } from './server.ts';

/** From tests/dist, where the bench is built to. */
const MAIN = join(import.meta.dirname, '../../apps/server/dist/main.js');

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
    const db = new SQLite(join(server.dir, 'zerodraft.db'));
    const processId: unknown = db.prepare('select id from process').pluck().get();
    const now = new Date().toISOString();
    const draft = db.prepare('insert into draft (id, processId, title, generation, createdAt) values (?, ?, ?, 1, ?)');
    // A draft at rest is a snapshot and a short tail; this one has no tail.
    const snapshot = db.prepare(
      'insert into draft_snapshot (draftId, generation, payload, updatedAt) values (?, 1, ?, ?)',
    );
    db.transaction(() => {
      for (const [room, update] of drafts) {
        draft.run(room, processId, room, now);
        snapshot.run(room, update, now);
      }
    })();
    db.close();
  },
};
