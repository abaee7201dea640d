// @vitest-environment happy-dom
import { encodeStatus, MESSAGE_STATUS, MESSAGE_SYNC } from '@zerodraft/sync';
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { afterEach, expect, it } from 'vitest';
import { WebSocketServer } from 'ws';
import { messageYjsSyncStep1, readSyncMessage } from 'y-protocols/sync';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { SaveTracker } from './save-status.ts';

const ends: (() => void)[] = [];
afterEach(() => {
  for (const end of ends.splice(0)) end();
});

/** A server on a real socket that syncs and answers how much is durable as the test says. */
async function serverThatSaves(durableOf: (asked: number) => number): Promise<string> {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  const doc = new Y.Doc();
  server.on('connection', (socket) => {
    socket.on('message', (data) => {
      if (!Buffer.isBuffer(data)) return;
      const decoder = decoding.createDecoder(data);
      const type = decoding.readVarUint(decoder);
      if (type === MESSAGE_SYNC) {
        const encoder = encoding.createEncoder();
        encoding.writeVarUint(encoder, MESSAGE_SYNC);
        const kind = readSyncMessage(decoder, encoder, doc, socket);
        if (kind === messageYjsSyncStep1) socket.send(encoding.toUint8Array(encoder));
      } else if (type === MESSAGE_STATUS) {
        const asked = decoding.readVarUint(decoder);
        socket.send(encodeStatus({ received: asked, durable: durableOf(asked), failure: '' }));
      }
    });
  });
  await new Promise((resolve) => server.once('listening', resolve));
  ends.push(() => server.close());
  const address = server.address();
  return typeof address === 'object' && address ? `ws://127.0.0.1:${address.port}` : '';
}

function editing(url: string, lag: number) {
  const doc = new Y.Doc();
  const provider = new WebsocketProvider(url, 'd', doc, { disableBc: true });
  const local = { whenSynced: Promise.resolve(), get: async () => undefined, set: async () => undefined };
  const saving = new SaveTracker(doc, provider, local, lag);
  ends.push(() => {
    provider.destroy();
    doc.destroy();
  });
  return { doc, saving };
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
}

it('ACK-5 says so when a server takes changes and does not say that it keeps them, and when it does again', async () => {
  let saves = true;
  const { doc, saving } = editing(await serverThatSaves((asked) => (saves ? asked : 0)), 50);
  await until(() => saving.current().kind === 'saved');
  saves = false;
  doc.getText('t').insert(0, 'x');
  expect(saving.current().kind).toBe('saving');
  await until(() => saving.current().kind === 'lagging');
  expect(saving.unsent).toBe(1);
  saves = true;
  await until(() => saving.current().kind === 'saved');
  expect(saving.unsent).toBe(0);
});
