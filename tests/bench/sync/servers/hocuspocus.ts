import { join } from 'node:path';
import { hocuspocus as wire } from '../wire/protocol.ts';
import { openStore } from './hocuspocus-store.ts';
import type { Peer, Server } from './server.ts';

const fileOf = (server: Server): string => join(server.dir, 'documents.db');

/** @hocuspocus/server with its Database extension on SQLite, and its own defaults. */
export const hocuspocus: Peer = {
  name: '@hocuspocus/server',
  wire,
  ready: 'ready',
  path: () => '/',
  command: (server) => ({
    args: [join(import.meta.dirname, 'hocuspocus.js')],
    env: { PORT: String(server.port), DOCUMENTS: fileOf(server) },
  }),
  async seed(server, drafts) {
    const store = openStore(fileOf(server));
    for (const [room, update] of drafts) store.write(room, update);
    store.close();
  },
};
