import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';

/** Message types of the y-websocket protocol (y-websocket 3.1, y-protocols 1.0). */
export const MESSAGE_SYNC = 0;
export const MESSAGE_AWARENESS = 1;
export const MESSAGE_AUTH = 2;
export const MESSAGE_QUERY_AWARENESS = 3;
/**
 * Extensions, sent only to clients that asked with `?status=1`, so that a plain y-websocket client never meets them.
 * - status, client to server: varuint n. "Tell me when all I sent before this is received, and when it is durable."
 * - status, server to client: varuint received, varuint durable: the highest n each holds for; then a
 *   var string, empty or why the server cannot save.
 * - notice, server to client: var string, the topic that changed outside the document.
 */
export const MESSAGE_STATUS = 100;
export const MESSAGE_NOTICE = 101;

/**
 * Why the server closed a socket (SPEC CLS-1). y-websocket 3.1 does not come back on its own after 4400 to 4499, which
 * coming back cannot mend, and does after every other code.
 */
export const CLOSE = {
  badMessage: { code: 4400, reason: 'bad-message' },
  signedOut: { code: 4401, reason: 'signed-out' },
  otherGeneration: { code: 4409, reason: 'other-generation' },
  updateTooLarge: { code: 4413, reason: 'update-too-large' },
  rightsChanged: { code: 4503, reason: 'rights-changed' },
  flood: { code: 4529, reason: 'flood' },
  tooMany: { code: 4530, reason: 'too-many-connections' },
  tooSlow: { code: 1013, reason: 'too-slow' },
  cannotSave: { code: 1013, reason: 'cannot-save' },
  goingAway: { code: 1012, reason: 'going-away' },
  cannotOpen: { code: 1011, reason: 'cannot-open' },
} as const;
export type Close = (typeof CLOSE)[keyof typeof CLOSE];

/** An awareness message of nobody: keeps a client from taking the server for gone. */
export const EMPTY_PRESENCE = Uint8Array.of(MESSAGE_AWARENESS, 1, 0);

export interface Status {
  received: number;
  durable: number;
  /** Why the server cannot save; empty when it can. */
  failure: string;
}

export function encodeStatusRequest(n: number): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, MESSAGE_STATUS);
  encoding.writeVarUint(encoder, n);
  return encoding.toUint8Array(encoder);
}

export function encodeStatus(status: Status): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, MESSAGE_STATUS);
  encoding.writeVarUint(encoder, status.received);
  encoding.writeVarUint(encoder, status.durable);
  encoding.writeVarString(encoder, status.failure);
  return encoding.toUint8Array(encoder);
}

/** Reads a status after its message type. */
export function readStatus(decoder: decoding.Decoder): Status {
  return {
    received: decoding.readVarUint(decoder),
    durable: decoding.readVarUint(decoder),
    failure: decoding.readVarString(decoder),
  };
}

export function encodeNotice(topic: string): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, MESSAGE_NOTICE);
  encoding.writeVarString(encoder, topic);
  return encoding.toUint8Array(encoder);
}
