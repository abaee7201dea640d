import { join } from 'node:path';
import { LeveldbPersistence } from 'y-leveldb';
import { yWebsocket } from '../wire/protocol.ts';
import type { Peer, Server } from './server.ts';

const storeOf = (server: Server): string => join(server.dir, 'leveldb');

/** @y/websocket-server with the persistence it brings: y-leveldb, turned on by its variable YPERSISTENCE. */
export const websocketServer: Peer = {
  name: '@y/websocket-server',
  wire: yWebsocket,
  ready: 'ready',
  path: (room) => `/${room}`,
  command: (server) => ({
    args: [join(import.meta.dirname, 'websocket-server.js')],
    env: { PORT: String(server.port), YPERSISTENCE: storeOf(server) },
  }),
  async seed(server, drafts) {
    const store = new LeveldbPersistence(storeOf(server));
    for (const [room, update] of drafts) await store.storeUpdate(room, update);
    await store.destroy();
  },
};
