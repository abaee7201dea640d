import { createServer } from 'node:http';
import { getPersistence, setupWSConnection } from '@y/websocket-server/utils';
import { WebSocketServer } from 'ws';
import { LeveldbPersistence } from 'y-leveldb';

/** Its own server.js with the newer ws that the other two run on. */
const wss = new WebSocketServer({ noServer: true });
wss.on('connection', setupWSConnection);
const server = createServer((_request, response) => {
  response.end('okay');
});
server.on('upgrade', (request, socket, head) => {
  wss.handleUpgrade(request, socket, head, (ws) => wss.emit('connection', ws, request));
});
server.listen(Number(process.env.PORT), '127.0.0.1', () => console.log('ready'));

process.on('SIGTERM', async () => {
  for (const socket of wss.clients) socket.terminate();
  // Updates are written one after another; the store closes after the last.
  const persistence = getPersistence();
  if (persistence && 'provider' in persistence && persistence.provider instanceof LeveldbPersistence)
    await persistence.provider.destroy();
  process.exit(0);
});
