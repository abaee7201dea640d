import * as encoding from 'lib0/encoding';

/** What a frame from a server is, as far as the bench must know. */
export const KIND = { update: 0, question: 1, state: 2, presence: 3, other: 4 } as const;
export type Kind = (typeof KIND)[keyof typeof KIND];

/** One server's dialect of the Yjs protocol: what stands before the payload. */
export interface Wire {
  /** Sent when the socket is open: what makes the server answer with all it has. */
  join(room: string): Uint8Array[];
  sync(room: string, kind: 'update' | 'state', update: Uint8Array): Uint8Array;
  presence(room: string, update: Uint8Array): Uint8Array;
  /** The kind of a frame; `payload` then starts after its length prefix at the returned offset. */
  kindOf(frame: Uint8Array, prefix: number): Kind;
  /** Bytes before the message type. */
  prefixOf(room: string): number;
}

const SYNC = 0;
const AWARENESS = 1;
const EMPTY_VECTOR = Uint8Array.of(0);
const SUBTYPE = { question: 0, state: 1, update: 2 } as const;

function write(room: string | null, body: (encoder: encoding.Encoder) => void): Uint8Array {
  const encoder = encoding.createEncoder();
  if (room !== null) encoding.writeVarString(encoder, room);
  body(encoder);
  return encoding.toUint8Array(encoder);
}

function syncMessage(room: string | null, subtype: number, payload: Uint8Array): Uint8Array {
  return write(room, (encoder) => {
    encoding.writeVarUint(encoder, SYNC);
    encoding.writeVarUint(encoder, subtype);
    encoding.writeVarUint8Array(encoder, payload);
  });
}

function presenceMessage(room: string | null, payload: Uint8Array): Uint8Array {
  return write(room, (encoder) => {
    encoding.writeVarUint(encoder, AWARENESS);
    encoding.writeVarUint8Array(encoder, payload);
  });
}

function kindOf(frame: Uint8Array, prefix: number): Kind {
  const type = frame[prefix];
  if (type === AWARENESS) return KIND.presence;
  // 4 is Hocuspocus's answer to a question, otherwise as 0.
  if (type !== SYNC && type !== 4) return KIND.other;
  const subtype = frame[prefix + 1];
  if (subtype === SUBTYPE.update) return KIND.update;
  return subtype === SUBTYPE.state ? KIND.state : KIND.question;
}

/** y-websocket's protocol, which ours and @y/websocket-server speak. */
export const yWebsocket: Wire = {
  join: () => [syncMessage(null, SUBTYPE.question, EMPTY_VECTOR)],
  sync: (_room, kind, update) => syncMessage(null, SUBTYPE[kind], update),
  presence: (_room, update) => presenceMessage(null, update),
  kindOf,
  prefixOf: () => 0,
};

/** Hocuspocus's: the document's name before each message, and a token first of all. */
export const hocuspocus: Wire = {
  join: (room) => [
    write(room, (encoder) => {
      encoding.writeVarUint(encoder, 2);
      encoding.writeVarUint(encoder, 0);
      encoding.writeVarString(encoder, 'token');
    }),
    syncMessage(room, SUBTYPE.question, EMPTY_VECTOR),
  ],
  sync: (room, kind, update) => syncMessage(room, SUBTYPE[kind], update),
  presence: (room, update) => presenceMessage(room, update),
  kindOf,
  prefixOf: (room) => 1 + Buffer.byteLength(room),
};

/** Where the payload after the message type, `skip` bytes of it and its length begins. */
export function payloadAt(frame: Uint8Array, prefix: number, skip: number): number {
  let at = prefix + skip;
  while (((frame[at] ?? 0) & 0x80) !== 0) at += 1;
  return at + 1;
}
