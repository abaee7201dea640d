import * as encoding from 'lib0/encoding';
import { writePermissionDenied } from 'y-protocols/auth';
import { messageYjsSyncStep1, messageYjsSyncStep2, messageYjsUpdate } from 'y-protocols/sync';
import { MESSAGE_AUTH, MESSAGE_SYNC } from './protocol.ts';

function syncFrame(type: number, payload: Uint8Array): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, MESSAGE_SYNC);
  encoding.writeVarUint(encoder, type);
  encoding.writeVarUint8Array(encoder, payload);
  return encoding.toUint8Array(encoder);
}

/** Asks for all that a state vector lacks. */
export const questionFrame = (vector: Uint8Array): Uint8Array => syncFrame(messageYjsSyncStep1, vector);
/** Answers such a question. */
export const answerFrame = (update: Uint8Array): Uint8Array => syncFrame(messageYjsSyncStep2, update);
export const updateFrame = (update: Uint8Array): Uint8Array => syncFrame(messageYjsUpdate, update);

/** Tells a client why its change was not taken. */
export function refusalFrame(reason: string): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, MESSAGE_AUTH);
  writePermissionDenied(encoder, reason);
  return encoding.toUint8Array(encoder);
}
