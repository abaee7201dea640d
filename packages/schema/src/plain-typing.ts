import * as decoding from 'lib0/decoding';
import * as Y from 'yjs';

/** Content types and flags in the first byte of a struct (Yjs 13, update format V1: Item.write). */
const CONTENT_STRING = 4;
const CONTENT_BITS = 31;
const HAS_KEY = 32;
const HAS_RIGHT = 64;
const HAS_LEFT = 128;

/** Reads a deletion set to its end; it can remove characters, and add nothing. */
function skipDeletions(decoder: decoding.Decoder): void {
  for (let clients = decoding.readVarUint(decoder); clients > 0; clients -= 1) {
    decoding.readVarUint(decoder);
    for (let ranges = decoding.readVarUint(decoder); ranges > 0; ranges -= 1) {
      decoding.readVarUint(decoder);
      decoding.readVarUint(decoder);
    }
  }
}

/** Whether an id names something the document has. */
function known(doc: Y.Doc, client: number, clock: number): boolean {
  return clock < Y.getState(doc.store, client);
}

/**
 * Whether an update is what nearly all are: one run of characters right behind others in the same text, or deletions
 * alone. Seen from its first bytes, in a fraction of the time that decoding takes; when in doubt, no.
 * @throws when the update cannot be decoded
 */
export function isPlainTyping(doc: Y.Doc, update: Uint8Array): boolean {
  const decoder = decoding.createDecoder(update);
  const clients = decoding.readVarUint(decoder);
  if (clients > 1) return false;
  if (clients === 1) {
    if (decoding.readVarUint(decoder) !== 1) return false;
    const client = decoding.readVarUint(decoder);
    if (decoding.readVarUint(decoder) !== Y.getState(doc.store, client)) return false;
    const info = decoding.readUint8(decoder);
    if ((info & CONTENT_BITS) !== CONTENT_STRING || (info & HAS_LEFT) === 0 || (info & HAS_KEY) !== 0)
      return false;
    const left = Y.createID(decoding.readVarUint(decoder), decoding.readVarUint(decoder));
    if (!known(doc, left.client, left.clock)) return false;
    if ((info & HAS_RIGHT) !== 0 && !known(doc, decoding.readVarUint(decoder), decoding.readVarUint(decoder)))
      return false;
    const beside = Y.getItem(doc.store, left);
    if (!(beside instanceof Y.Item && beside.parent instanceof Y.XmlText && beside.parentSub === null))
      return false;
    decoding.readVarString(decoder);
  }
  skipDeletions(decoder);
  return !decoding.hasContent(decoder);
}
