import * as encoding from 'lib0/encoding';
import { expect, it } from 'vitest';
import { writeSyncStep1, writeUpdate } from 'y-protocols/sync';
import * as Y from 'yjs';
import { MemoryLog } from './memory-log.ts';
import { encodeStatusRequest } from './protocol.ts';
import { seeded } from './random.ts';
import { NO_RULES, person, until, WireClient } from './room-support.ts';
import { Rooms } from './rooms.ts';

const FRAMES = 200_000;

/** Frames as real clients send them. */
function realFrames(): Uint8Array[] {
  const doc = new Y.Doc();
  doc.getText('t').insert(0, 'A real document, with some text to change.');
  const frame = (write: (encoder: encoding.Encoder) => void, type = 0): Uint8Array => {
    const encoder = encoding.createEncoder();
    encoding.writeVarUint(encoder, type);
    write(encoder);
    return encoding.toUint8Array(encoder);
  };
  const awareness = (state: string) =>
    frame((encoder) => {
      const inner = encoding.createEncoder();
      for (const n of [1, 42, 3]) encoding.writeVarUint(inner, n);
      encoding.writeVarString(inner, state);
      encoding.writeVarUint8Array(encoder, encoding.toUint8Array(inner));
    }, 1);
  return [
    frame((encoder) => writeSyncStep1(encoder, doc)),
    frame((encoder) => writeUpdate(encoder, Y.encodeStateAsUpdate(doc))),
    awareness('{"cursor":{"anchor":1}}'),
    awareness('null'),
    frame(() => undefined, 3),
    encodeStatusRequest(7),
  ];
}

it('LIM-1 RGT-1 random and mutated frames crash nothing, change nothing for a reader, and leave nothing behind', async () => {
  const seed = Number(process.env.FUZZ_SEED ?? 20_261_124);
  const random = seeded(seed);
  const log = new MemoryLog();
  log.create('d');
  const rooms = new Rooms(log, NO_RULES, { limits: { presenceDelay: 1, presenceDelayAlone: 1 } });
  const witness = new WireClient(rooms, 'd', person('witness'));
  witness.connect();
  await until(() => witness.inbox.length >= 2);
  witness.deliver();
  const room = await rooms.open('d');
  const before = room.vector;
  const frames = realFrames();
  const mutated = (): Uint8Array => {
    if (random(4) === 0) return Uint8Array.from({ length: random(40) }, () => random(256));
    const frame = Uint8Array.from(frames[random(frames.length)] ?? []);
    for (let i = random(4); i >= 0; i -= 1) if (frame.length > 0) frame[random(frame.length)] = random(256);
    return random(5) === 0 ? frame.slice(0, random(frame.length + 1)) : frame;
  };
  let reader = new WireClient(rooms, 'd', person('reader', { mayEdit: false }));
  reader.connect();
  for (let sent = 0; sent < FRAMES; sent += 1) {
    if (!reader.connected) {
      reader.disconnect();
      reader = new WireClient(rooms, 'd', person('reader', { mayEdit: false }));
      reader.connect();
    }
    reader.send(mutated());
    reader.inbox.length = 0;
    if (sent % 500 === 0) {
      witness.inbox.length = 0;
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
  reader.disconnect();
  await until(() => room.size === 1);
  expect(room.vector, `seed ${seed}`).toEqual(before);
  expect((await log.read('d')).tail).toEqual([]);
  await until(() => room.present === 0);
  expect(witness.connected).toBe(true);
  witness.disconnect();
  await rooms.shutdown();
});
