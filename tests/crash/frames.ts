import { contentOf, linksOf } from '@zerodraft/schema';
import {
  encodeStatusRequest,
  MESSAGE_AWARENESS,
  MESSAGE_STATUS,
  MESSAGE_SYNC,
  readStatus,
} from '@zerodraft/sync';
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import WebSocket from 'ws';
import { writeSyncStep1, writeSyncStep2, writeUpdate } from 'y-protocols/sync';
import * as Y from 'yjs';
import { DRAFT } from '../support/client.ts';
import type { TestServer } from '../support/server.ts';
import { appendWord } from './writer.ts';

type Random = (n: number) => number;

function frame(type: number, write: (encoder: encoding.Encoder) => void): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, type);
  write(encoder);
  return encoding.toUint8Array(encoder);
}

/** Updates that once ended a server, or were left waiting in it. */
const KEPT: Record<string, Uint8Array> = {
  'a character beside itself': Uint8Array.of(1, 1, 5, 0, 0x84, 5, 0, 1, 120, 0),
  'two characters beside each other': Uint8Array.of(1, 2, 5, 0, 0x84, 5, 1, 1, 120, 0x84, 5, 0, 1, 120, 0),
  'a deletion of what nobody wrote': Uint8Array.of(0, 1, 77, 1, 0, 5),
};

/** Frames as a client with this copy of the draft sends them while it edits, and those that are kept. */
export function realFrames(state: Uint8Array, clientId: number): Uint8Array[] {
  const doc = new Y.Doc();
  doc.clientID = clientId;
  Y.applyUpdate(doc, state);
  const before = Y.encodeStateVector(doc);
  const frames: Uint8Array[] = [];
  doc.on('update', (update: Uint8Array) =>
    frames.push(frame(MESSAGE_SYNC, (encoder) => writeUpdate(encoder, update))),
  );
  const content = contentOf(doc);
  const block = appendWord(doc, 'a new block', ' and its text');
  const text = block.get(0);
  if (text instanceof Y.XmlText) {
    text.insert(3, 'words in it ');
    text.format(0, 5, { bold: true });
    text.delete(2, 4);
  }
  block.setAttribute('kind', 'heading');
  content.delete(3, 1);
  linksOf(doc).set('a new block/recommendation/tag', { relation: 'adapted' });
  const awareness = (json: string): Uint8Array =>
    frame(MESSAGE_AWARENESS, (encoder) => {
      const inner = encoding.createEncoder();
      for (const n of [1, doc.clientID, 3]) encoding.writeVarUint(inner, n);
      encoding.writeVarString(inner, json);
      encoding.writeVarUint8Array(encoder, encoding.toUint8Array(inner));
    });
  for (const update of Object.values(KEPT))
    frames.push(frame(MESSAGE_SYNC, (encoder) => writeUpdate(encoder, update)));
  return [
    ...frames,
    frame(MESSAGE_SYNC, (encoder) => writeSyncStep1(encoder, doc)),
    frame(MESSAGE_SYNC, (encoder) => writeSyncStep2(encoder, doc, before)),
    awareness('{"cursor":{"anchor":{"type":null,"tname":"content","item":null,"assoc":0}}}'),
    awareness('null'),
    frame(3, () => undefined),
    encodeStatusRequest(7),
  ];
}

/** Random bytes, or a real frame with some bytes changed or its end missing. */
export function mutated(frames: readonly Uint8Array[], random: Random): Uint8Array {
  if (random(4) === 0) return Uint8Array.from({ length: random(60) }, () => random(256));
  const changed = Uint8Array.from(frames[random(frames.length)] ?? []);
  for (let i = random(4); i > 0; i -= 1)
    if (changed.length > 0) changed[random(changed.length)] = random(256);
  return random(6) === 0 ? changed.slice(0, random(changed.length + 1)) : changed;
}

/**
 * Sends frames in bursts, each ended by a question; goes on once it is answered or the socket is closed, and opens
 * another socket then.
 */
export async function send(
  server: TestServer,
  cookie: string,
  count: number,
  next: () => Uint8Array,
  random: Random,
): Promise<void> {
  for (let sent = 0; sent < count; ) {
    const socket = new WebSocket(`${server.url.replace('http', 'ws')}/sync/${DRAFT}?status=1`, {
      headers: { cookie },
    });
    let answer = (): void => undefined;
    let open = true;
    socket.on('error', () => undefined);
    socket.on('close', () => {
      open = false;
      answer();
    });
    let asked = 0;
    socket.on('message', (data) => {
      if (!Buffer.isBuffer(data)) return;
      const decoder = decoding.createDecoder(data);
      if (decoding.readVarUint(decoder) === MESSAGE_STATUS && readStatus(decoder).received >= asked) answer();
    });
    await new Promise<void>((resolve) => {
      answer = resolve;
      socket.on('open', () => resolve());
    });
    while (open && sent < count) {
      const answered = new Promise<void>((resolve) => {
        answer = resolve;
      });
      for (let i = 0; i < 50; i += 1, sent += 1) socket.send(next(), { binary: random(200) > 0 });
      asked += 1;
      socket.send(encodeStatusRequest(asked));
      await answered;
    }
    socket.close();
  }
}
