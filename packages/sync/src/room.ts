import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { writePermissionDenied } from 'y-protocols/auth';
import {
  messageYjsSyncStep1,
  messageYjsSyncStep2,
  messageYjsUpdate,
  writeSyncStep1,
  writeUpdate,
} from 'y-protocols/sync';
import * as Y from 'yjs';
import { Connection } from './connection.ts';
import { DraftStore, type RoomServices } from './draft-store.ts';
import type { DocumentRules, Participant, Transport } from './interfaces.ts';
import { dropPending } from './pending.ts';
import { Presence } from './presence.ts';
import {
  CLOSE,
  type Close,
  EMPTY_PRESENCE,
  encodeNotice,
  MESSAGE_AUTH,
  MESSAGE_AWARENESS,
  MESSAGE_QUERY_AWARENESS,
  MESSAGE_STATUS,
  MESSAGE_SYNC,
} from './protocol.ts';

const REPAIR = { name: 'zerodraft repair' } as const;
/** The state vector of a client that has nothing: zero entries. */
const isEmptyVector = (vector: Uint8Array): boolean => vector.length === 1 && vector[0] === 0;

function syncMessage(write: (encoder: encoding.Encoder) => void): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, MESSAGE_SYNC);
  write(encoder);
  return encoding.toUint8Array(encoder);
}

function step2(update: Uint8Array): Uint8Array {
  return syncMessage((encoder) => {
    encoding.writeVarUint(encoder, messageYjsSyncStep2);
    encoding.writeVarUint8Array(encoder, update);
  });
}

/**
 * A draft that is open: one Y.Doc, its log and the people in it. Knows neither HTTP nor SQL. An update is applied and
 * sent on at once, appended to the log, and called durable to its sender only after that. See SPEC.md.
 */
export class Room {
  readonly doc = new Y.Doc({ gc: true });
  readonly #connections = new Set<Connection>();
  readonly #presence = new Presence();
  #store: DraftStore | null = null;
  #presenceTimer: NodeJS.Timeout | null = null;
  readonly #keepAliveTimer: NodeJS.Timeout;
  /** Updates of this tick, not yet sent on. */
  #outbox: { update: Uint8Array; author: Connection | null }[] = [];
  /** What a client that has nothing is sent; made once per state of the document (SPEC BND-4). */
  #wholeState: Uint8Array | null = null;

  private constructor(
    readonly draftId: string,
    private readonly rules: DocumentRules,
    private readonly services: RoomServices,
  ) {
    this.#keepAliveTimer = setInterval(() => this.#keepAlive(), services.limits.keepAlive / 3);
    this.#keepAliveTimer.unref();
  }

  static async open(draftId: string, rules: DocumentRules, services: RoomServices): Promise<Room> {
    const room = new Room(draftId, rules, services);
    try {
      room.#store = await DraftStore.open(draftId, room.doc, services, () => room.#reportAll());
    } catch (error) {
      room.destroy();
      throw error;
    }
    const store = room.#store;
    room.doc.on('update', (update: Uint8Array, origin: unknown) => room.#onUpdate(update, origin, store));
    room.doc.on('afterTransaction', (transaction: Y.Transaction) => {
      if (transaction.origin !== REPAIR) rules.repair(room.doc, transaction, REPAIR);
    });
    services.events.opened(draftId);
    return room;
  }

  get #log(): DraftStore {
    if (this.#store === null) throw new Error('the room is not open');
    return this.#store;
  }

  get generation(): number {
    return this.#log.generation;
  }

  /** Cursors and names that the room holds. */
  get present(): number {
    return this.#presence.size;
  }

  get size(): number {
    return this.#connections.size;
  }

  join(transport: Transport, participant: Participant): Connection {
    const connection = new Connection(transport, participant, this.services.limits, this.services.events);
    this.#connections.add(connection);
    connection.send(this.#question());
    const everybody = this.#presence.everybody();
    if (everybody) connection.send(everybody);
    return connection;
  }

  leave(connection: Connection): void {
    if (!this.#connections.delete(connection)) return;
    if (this.#presence.leave(connection)) this.#schedulePresence();
  }

  /** Handles one frame of a connection; a frame that cannot be read closes it and changes nothing (SPEC LIM-1). */
  receive(connection: Connection, frame: Uint8Array): void {
    try {
      this.#handle(connection, decoding.createDecoder(frame));
    } catch {
      this.#close(connection, CLOSE.badMessage);
    }
  }

  #close(connection: Connection, close: Close): void {
    this.services.events.refused(this.draftId, close.reason);
    connection.close(close);
  }

  #handle(connection: Connection, decoder: decoding.Decoder): void {
    switch (decoding.readVarUint(decoder)) {
      case MESSAGE_SYNC:
        this.#handleSync(connection, decoder);
        return;
      case MESSAGE_AWARENESS: {
        const owner = { connection, participant: connection.participant };
        if (this.#presence.receive(decoding.readVarUint8Array(decoder), owner)) this.#schedulePresence();
        return;
      }
      case MESSAGE_QUERY_AWARENESS: {
        const everybody = this.#presence.everybody();
        if (everybody) connection.sendReplaceable(everybody);
        return;
      }
      case MESSAGE_STATUS:
        connection.await(decoding.readVarUint(decoder), this.#log.position);
        connection.report(this.#log.durable, this.#log.failure);
        return;
      default:
        this.#close(connection, CLOSE.badMessage);
    }
  }

  #handleSync(connection: Connection, decoder: decoding.Decoder): void {
    const type = decoding.readVarUint(decoder);
    const payload = decoding.readVarUint8Array(decoder);
    if (type === messageYjsSyncStep1) connection.send(this.#answer(payload));
    else if (type === messageYjsUpdate) this.#take(connection, payload, false);
    else if (type === messageYjsSyncStep2) this.#take(connection, payload, true);
    else this.#close(connection, CLOSE.badMessage);
  }

  #question(): Uint8Array {
    return syncMessage((encoder) => writeSyncStep1(encoder, this.doc));
  }

  #answer(vector: Uint8Array): Uint8Array {
    if (!isEmptyVector(vector)) return step2(Y.encodeStateAsUpdate(this.doc, vector));
    this.#wholeState ??= step2(Y.encodeStateAsUpdate(this.doc));
    return this.#wholeState;
  }

  /** @param whole whether it is all that the client has and the server lacks */
  #take(connection: Connection, update: Uint8Array, whole: boolean): void {
    const { limits } = this.services;
    if (update.byteLength > limits.maxUpdate) this.#close(connection, CLOSE.updateTooLarge);
    else if (!connection.participant.mayEdit) this.#takeFromReader(connection, update);
    else if (this.#log.bytes + update.byteLength > limits.maxDocument)
      this.#refuse(connection, 'This draft has reached the largest size the server takes.');
    else if (this.#log.overflowing) this.#close(connection, CLOSE.cannotSave);
    else {
      const refusal = this.rules.refuse(this.doc, update) ?? this.#apply(connection, update);
      if (refusal === null) {
        if (whole) this.#catchUp(connection);
      } else if (refusal.resync && !whole) {
        // Its beginning is missing: the client is asked for all that the server lacks.
        connection.fallBehind();
        connection.send(this.#question());
      } else this.#refuse(connection, `The server did not take this change: ${refusal.reason}.`);
    }
  }

  /** Applies an update as far as what it builds on is here; nothing is left to wait for the rest. */
  #apply(connection: Connection, update: Uint8Array): ReturnType<DocumentRules['refuse']> {
    Y.applyUpdate(this.doc, update, connection);
    return dropPending(this.doc)
      ? { reason: 'it builds on changes the server has not seen', resync: true }
      : null;
  }

  #catchUp(connection: Connection): void {
    connection.catchUp(this.#log.position);
    if (connection.waits) connection.report(this.#log.durable, this.#log.failure);
  }

  /** An honest reader's answer to the handshake brings nothing new and needs no refusal. */
  #takeFromReader(connection: Connection, update: Uint8Array): void {
    if (!Y.snapshotContainsUpdate(Y.snapshot(this.doc), update))
      this.#refuse(connection, 'Your role may read this draft but not change its text.');
  }

  /** Nothing of the update is applied; the client learns why and goes back to the server's document (SPEC RGT-2). */
  #refuse(connection: Connection, reason: string): void {
    this.services.events.refused(this.draftId, reason);
    const encoder = encoding.createEncoder();
    encoding.writeVarUint(encoder, MESSAGE_AUTH);
    writePermissionDenied(encoder, reason);
    connection.send(encoding.toUint8Array(encoder));
  }

  #onUpdate(update: Uint8Array, origin: unknown, store: DraftStore): void {
    this.#wholeState = null;
    const author = origin instanceof Connection ? origin : null;
    // What was read from the log is in the log.
    if (origin !== store) store.push(update, author?.participant.userId ?? null);
    this.services.events.updated(update.byteLength);
    if (this.#outbox.push({ update, author }) === 1) setImmediate(() => this.#sendOn());
  }

  /** Sends on what arrived in one tick as one message (SPEC BND-5); its author needs no copy of what is theirs alone. */
  #sendOn(): void {
    const outbox = this.#outbox;
    this.#outbox = [];
    const [first] = outbox;
    if (first === undefined) return;
    const updates = outbox.map(({ update }) => update);
    const update = updates.length === 1 ? first.update : Y.mergeUpdates(updates);
    const author = outbox.every((entry) => entry.author === first.author) ? first.author : null;
    const message = syncMessage((encoder) => writeUpdate(encoder, update));
    for (const connection of this.#connections) if (connection !== author) connection.send(message);
  }

  /** Presence is sent less often where many would hear it, and where nobody else does. */
  get #presenceDelay(): number {
    const { presenceDelay, presenceDelayAlone } = this.services.limits;
    if (this.size < 2) return presenceDelayAlone;
    return presenceDelay + Math.min(presenceDelay, this.size / 4);
  }

  #schedulePresence(): void {
    this.#presenceTimer ??= setTimeout(() => {
      this.#presenceTimer = null;
      const message = this.#presence.takeChanges();
      if (message) for (const connection of this.#connections) connection.sendReplaceable(message);
    }, this.#presenceDelay);
  }

  /** y-websocket clients leave a server that says nothing for 45 s (SPEC LIF-3). */
  #keepAlive(): void {
    const silentSince = performance.now() - this.services.limits.keepAlive;
    for (const connection of this.#connections)
      if (connection.lastSent < silentSince) connection.sendReplaceable(EMPTY_PRESENCE);
  }

  #reportAll(): void {
    const { durable, failure } = this.#log;
    for (const connection of this.#connections)
      if (connection.waits || failure !== '') connection.report(durable, failure);
  }

  /** Tells every client that understands notices that something outside the document changed. */
  notify(topic: string): void {
    const message = encodeNotice(topic);
    for (const connection of this.#connections)
      if (connection.participant.wantsStatus) connection.send(message);
  }

  /** Closes every socket. */
  disconnect(close: Close): void {
    for (const connection of this.#connections) connection.close(close);
  }

  /** Resolves when everything applied is durable. */
  flush(): Promise<void> {
    return this.#log.flush();
  }

  destroy(): void {
    clearInterval(this.#keepAliveTimer);
    if (this.#presenceTimer) clearTimeout(this.#presenceTimer);
    if (this.#store) this.services.events.closed(this.draftId);
    this.#store?.close();
    this.doc.destroy();
  }
}
