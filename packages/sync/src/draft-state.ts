import * as Y from 'yjs';
import { sameBytes } from './bytes.ts';

/** An update that holds nothing: no structs, no deletions. */
const NOTHING = Uint8Array.of(0, 0);
/** The state vector of a client that has nothing: zero entries. */
export const isEmptyVector = (vector: Uint8Array): boolean => vector.length === 1 && vector[0] === 0;

/**
 * A draft's content in one of two forms: at rest as the bytes of one update, from which readers are served, or as a
 * Y.Doc once somebody changes it. A document takes about twelve times the memory of its bytes, so an idle draft goes
 * back to rest (SPEC BND-6).
 */
export class DraftState {
  #doc: Y.Doc | null = null;
  /** The whole content as one update; null when the document has changed since. Shared by all who join (SPEC BND-4). */
  #bytes: Uint8Array | null;
  #vector: Uint8Array | null = null;
  /** What a client that misses nothing is sent: every deletion, as Yjs always encodes them. */
  #nothingNew: Uint8Array | null = null;

  /**
   * @param bytes the whole content, merged
   * @param onWake called with each new document before anything changes it
   */
  constructor(
    bytes: Uint8Array | null,
    private readonly onWake: (doc: Y.Doc) => void,
  ) {
    this.#bytes = bytes ?? NOTHING;
  }

  get awake(): boolean {
    return this.#doc !== null;
  }

  /** The document to change; made when there is none. Changes must be told by `changed`. */
  get doc(): Y.Doc {
    if (this.#doc) return this.#doc;
    const doc = new Y.Doc({ gc: true });
    Y.applyUpdate(doc, this.#whole);
    this.#doc = doc;
    this.onWake(doc);
    return doc;
  }

  changed(): void {
    this.#bytes = this.#vector = this.#nothingNew = null;
  }

  get #whole(): Uint8Array {
    this.#bytes ??= this.#doc ? Y.encodeStateAsUpdate(this.#doc) : NOTHING;
    return this.#bytes;
  }

  get vector(): Uint8Array {
    this.#vector ??= this.#doc ? Y.encodeStateVector(this.#doc) : Y.encodeStateVectorFromUpdate(this.#whole);
    return this.#vector;
  }

  /** What a client with this state vector misses, as one update. */
  missing(vector: Uint8Array): Uint8Array {
    if (isEmptyVector(vector)) return this.#whole;
    if (sameBytes(vector, this.vector)) {
      this.#nothingNew ??= this.#since(vector);
      return this.#nothingNew;
    }
    return this.#since(vector);
  }

  #since(vector: Uint8Array): Uint8Array {
    return this.#doc ? Y.encodeStateAsUpdate(this.#doc, vector) : Y.diffUpdate(this.#whole, vector);
  }

  /** Whether an update brings nothing that is not here already. */
  has(update: Uint8Array): boolean {
    // What an honest client answers to the handshake; seen without making a document.
    if (sameBytes(update, NOTHING) || sameBytes(update, this.missing(this.vector))) return true;
    return Y.snapshotContainsUpdate(Y.snapshot(this.doc), update);
  }

  /** Lets the document go; its bytes stay. */
  rest(): void {
    if (this.#doc === null) return;
    const [bytes, vector] = [this.#whole, this.vector];
    this.destroy();
    this.#bytes = bytes;
    this.#vector = vector;
  }

  destroy(): void {
    this.#doc?.destroy();
    this.#doc = null;
    this.changed();
  }
}
