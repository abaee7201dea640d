// @vitest-environment happy-dom
import { encodeStatus, MESSAGE_STATUS, MESSAGE_SYNC } from '@zerodraft/sync';
import { until } from '@zerodraft/sync/room-support';
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { afterEach, expect, it } from 'vitest';
import { WebSocketServer } from 'ws';
import { messageYjsSyncStep1, messageYjsSyncStep2, readSyncMessage, writeSyncStep1 } from 'y-protocols/sync';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { SaveTracker } from './save-status.ts';

const ends: (() => void)[] = [];
afterEach(() => {
  for (const end of ends.splice(0)) end();
});

/**
 * A server on a real socket that syncs and answers how much is durable as the test says.
 * @param heard receives what clients send: their answer to the handshake, and their questions about durability
 */
async function serverThatSaves(
  durableOf: (asked: number) => number,
  heard: ('answer' | 'question')[] = [],
): Promise<string> {
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
        if (kind === messageYjsSyncStep2) heard.push('answer');
        if (kind !== messageYjsSyncStep1) return;
        socket.send(encoding.toUint8Array(encoder));
        const question = encoding.createEncoder();
        encoding.writeVarUint(question, MESSAGE_SYNC);
        writeSyncStep1(question, doc);
        socket.send(encoding.toUint8Array(question));
      } else if (type === MESSAGE_STATUS) {
        heard.push('question');
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
  return { doc, provider, saving };
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

it('ACK-4 what was written offline is asked about only after it was sent', async () => {
  const heard: ('answer' | 'question')[] = [];
  const { doc, provider, saving } = editing(await serverThatSaves((asked) => asked, heard), 10_000);
  // Typed right when the socket opens, before the server has asked for what was written until then.
  provider.on('status', ({ status }) => {
    if (status === 'connected') doc.getText('t').insert(0, 'and right then ');
  });
  doc.getText('t').insert(0, 'written before the socket is open');
  expect(saving.current()).toEqual({ kind: 'offline', unsent: 1 });
  await until(() => saving.current().kind === 'saved');
  expect(heard[0]).toBe('answer');
});
