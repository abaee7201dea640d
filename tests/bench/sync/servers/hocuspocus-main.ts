import { createServer } from 'node:http';
import { Database } from '@hocuspocus/extension-database';
import { Hocuspocus } from '@hocuspocus/server';
import { WebSocketServer } from 'ws';
import { openStore } from './hocuspocus-store.ts';

const store = openStore(process.env.DOCUMENTS ?? '');
const hocuspocus = new Hocuspocus({
  quiet: true,
  extensions: [
    new Database({
      fetch: async ({ documentName }) => store.read(documentName),
      store: async ({ documentName, state }) => store.write(documentName, state),
    }),
  ],
});
// Its own Server class listens on all interfaces; this is its documented use behind another HTTP server.
const wss = new WebSocketServer({ noServer: true });
wss.on('connection', (socket, request) => hocuspocus.handleConnection(socket, request));
const server = createServer((_request, response) => {
  response.end('okay');
});
server.on('upgrade', (request, socket, head) => {
  wss.handleUpgrade(request, socket, head, (ws) => wss.emit('connection', ws, request));
});
server.listen(Number(process.env.PORT), '127.0.0.1', () => console.log('ready'));

process.on('SIGTERM', async () => {
  hocuspocus.closeConnections();
  // Closing the last connection stores a document that waits to be stored, then unloads it.
  while (hocuspocus.getDocumentsCount() > 0) await new Promise((resolve) => setTimeout(resolve, 20));
  store.close();
  process.exit(0);
});
