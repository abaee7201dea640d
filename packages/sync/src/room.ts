import * as decoding from 'lib0/decoding';
import { messageYjsSyncStep1, messageYjsSyncStep2, messageYjsUpdate } from 'y-protocols/sync';
import * as Y from 'yjs';
import { Connection } from './connection.ts';
import { DraftState, isEmptyVector } from './draft-state.ts';
import { DraftStore, type RoomServices, type StoreListener } from './draft-store.ts';
import { answerFrame, questionFrame, refusalFrame, updateFrame } from './frames.ts';
import type { DocumentRules, Participant, Transport } from './interfaces.ts';
import { mergeUpdates } from './merge.ts';
import { dropPending } from './pending.ts';
import { Presence } from './presence.ts';
import {
  CLOSE,
  type Close,
  EMPTY_PRESENCE,
  encodeNotice,
  MESSAGE_AWARENESS,
  MESSAGE_QUERY_AWARENESS,
  MESSAGE_STATUS,
  MESSAGE_SYNC,
} from './protocol.ts';

/** Origins of what the server itself changes: repairs, and what was read from the log again. */
const REPAIR = { name: 'zerodraft repair' } as const;
const LOG = { name: 'zerodraft log' } as const;

/** The origin of what the server writes on somebody's behalf. */
class Behalf {
  constructor(readonly userId: string) {}
}

/** Applies an update as far as what it builds on is here; nothing is left to wait for the rest. */
function apply(
  doc: Y.Doc,
  update: Uint8Array,
  origin: Connection | Behalf,
): ReturnType<DocumentRules['refuse']> {
  Y.applyUpdate(doc, update, origin);
  return dropPending(doc) ? { reason: 'it builds on changes the server has not seen', resync: true } : null;
}

/**
 * A draft that is open: its content, its log and the people in it. Knows neither HTTP nor SQL. An update is applied and
 * sent on at once, appended to the log, and called durable to its sender only after that. See SPEC.md.
 */
export class Room implements StoreListener {
  readonly #connections = new Set<Connection>();
  readonly #presence = new Presence();
  #presenceTimer: NodeJS.Timeout | null = null;
  #presenceSent = Number.NEGATIVE_INFINITY;
  /** Updates of this tick, not yet sent on. */
  #outbox: { update: Uint8Array; author: Connection | null }[] = [];
  /** The answer to a client that has nothing, framed; made once per state of the draft (SPEC BND-4). */
  #wholeAnswer: Uint8Array | null = null;
  #lastChange = performance.now();
  #opened: { store: DraftStore; state: DraftState } | null = null;

  private constructor(
    readonly draftId: string,
    private readonly rules: DocumentRules,
    private readonly services: RoomServices,
  ) {}

  static async open(draftId: string, rules: DocumentRules, services: RoomServices): Promise<Room> {
    const room = new Room(draftId, rules, services);
    const { store, content } = await DraftStore.open(draftId, services, room);
    room.#opened = { store, state: new DraftState(content, (doc) => room.#listen(doc, store)) };
    services.events.opened(draftId);
    return room;
  }

  #listen(doc: Y.Doc, store: DraftStore): void {
    doc.on('update', (update: Uint8Array, origin: unknown) => this.#onUpdate(update, origin, store));
    doc.on('afterTransaction', (transaction: Y.Transaction) => {
      if (transaction.origin !== REPAIR) this.rules.repair(doc, transaction, REPAIR, this.draftId);
    });
  }

  get #open(): { store: DraftStore; state: DraftState } {
    if (this.#opened === null) throw new Error('the room is not open');
    return this.#opened;
  }
  get #log(): DraftStore {
    return this.#open.store;
  }
  get #state(): DraftState {
    return this.#open.state;
  }

  get generation(): number {
    return this.#log.generation;
  }

  /** What the draft holds, as a state vector. */
  get vector(): Uint8Array {
    return this.#state.vector;
  }

  /** Whether the draft is a document now, or bytes at rest. */
  get awake(): boolean {
    return this.#state.awake;
  }

  /** Whether closing the room now would let go of updates. */
  get holds(): boolean {
    return this.#log.holds;
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
    connection.send(questionFrame(this.vector));
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

  #answer(vector: Uint8Array): Uint8Array {
    if (!isEmptyVector(vector)) return answerFrame(this.#state.missing(vector));
    this.#wholeAnswer ??= answerFrame(this.#state.missing(vector));
    return this.#wholeAnswer;
  }

  /** @param whole whether it is all that the client has and the server lacks */
  #take(connection: Connection, update: Uint8Array, whole: boolean): void {
    const { limits } = this.services;
    if (update.byteLength > limits.maxUpdate) this.#close(connection, CLOSE.updateTooLarge);
    else if (!connection.participant.mayEdit) this.#takeFromReader(connection, update);
    // An idle draft is not woken by somebody who comes back with nothing new.
    else if (!this.#state.awake && this.#state.has(update)) {
      if (whole) this.#catchUp(connection);
    } else if (this.#log.bytes + update.byteLength > limits.maxDocument)
      this.#refuse(connection, 'This draft has reached the largest size the server takes.');
    else if (this.#log.overflowing) this.#close(connection, CLOSE.cannotSave);
    else {
      const { doc } = this.#state;
      const refusal = this.rules.refuse(doc, update) ?? apply(doc, update, connection);
      if (refusal === null) {
        if (whole) this.#catchUp(connection);
      } else if (refusal.resync && !whole) {
        // Its beginning is missing: the client is asked for all that the server lacks (SPEC GRD-3).
        connection.fallBehind();
        connection.send(questionFrame(this.vector));
      } else this.#refuse(connection, `The server did not take this change: ${refusal.reason}.`);
    }
  }

  /**
   * Takes an update that was made for somebody outside of a socket; whoever calls has asked whether they may edit (SPEC RGT-6).
   * @throws Error that says why it was not taken; nothing of it is then applied
   */
  write(update: Uint8Array, userId: string): void {
    const { limits } = this.services;
    if (this.#log.bytes + update.byteLength > limits.maxDocument)
      throw new Error('This draft has reached the largest size the server takes.');
    if (this.#log.failure !== '' || this.#log.overflowing)
      throw new Error(`The server cannot save now: ${this.#log.failure || 'too much waits to be saved'}.`);
    const { doc } = this.#state;
    const refusal = this.rules.refuse(doc, update) ?? apply(doc, update, new Behalf(userId));
    if (refusal !== null) throw new Error(`The server did not take this change: ${refusal.reason}.`);
  }

  #catchUp(connection: Connection): void {
    connection.catchUp(this.#log.position);
    if (connection.waits) connection.report(this.#log.durable, this.#log.failure);
  }

  /** An honest reader's answer to the handshake brings nothing new and needs no refusal. */
  #takeFromReader(connection: Connection, update: Uint8Array): void {
    if (!this.#state.has(update))
      this.#refuse(connection, 'You may read this draft now, and not change its text.');
  }

  /** Nothing of the update is applied; the client learns why and goes back to the server's document (SPEC RGT-2). */
  #refuse(connection: Connection, reason: string): void {
    this.services.events.refused(this.draftId, reason);
    connection.send(refusalFrame(reason));
  }

  #onUpdate(update: Uint8Array, origin: unknown, store: DraftStore): void {
    this.#state.changed();
    this.#wholeAnswer = null;
    this.#lastChange = performance.now();
    const author = origin instanceof Connection ? origin : null;
    // What was read from the log is in the log.
    const userId = origin instanceof Behalf ? origin.userId : (author?.participant.userId ?? null);
    if (origin !== LOG) store.push(update, userId);
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
    const update = mergeUpdates(updates);
    const author = outbox.every((entry) => entry.author === first.author) ? first.author : null;
    const message = updateFrame(update);
    const now = performance.now();
    for (const connection of this.#connections) if (connection !== author) connection.send(message, now);
  }

  /** Presence is sent less often where many would hear it, and where nobody else does. */
  get #presenceDelay(): number {
    const { presenceDelay, presenceDelayAlone } = this.services.limits;
    if (this.size < 2) return presenceDelayAlone;
    return presenceDelay + Math.min(presenceDelay, this.size / 4);
  }

  #schedulePresence(): void {
    // The first move after a quiet time goes out at once; those right behind it share the next message.
    const wait = Math.max(0, this.#presenceSent + this.#presenceDelay - performance.now());
    this.#presenceTimer ??= setTimeout(() => {
      this.#presenceTimer = null;
      const now = performance.now();
      this.#presenceSent = now;
      const message = this.#presence.takeChanges();
      if (message) for (const connection of this.#connections) connection.sendReplaceable(message, now);
    }, wait);
  }

  /** Called every few seconds: y-websocket clients leave a server that says nothing for 45 s (SPEC LIF-3). */
  tick(): void {
    const { keepAlive, rest } = this.services.limits;
    const now = performance.now();
    for (const connection of this.#connections)
      if (connection.lastSent < now - keepAlive) connection.sendReplaceable(EMPTY_PRESENCE);
    if (this.#lastChange < now - rest) this.#state.rest();
  }

  onRecovered(content: Uint8Array): void {
    Y.applyUpdate(this.#state.doc, content, LOG);
  }

  onProgress(): void {
    const { durable, failure } = this.#log;
    for (const connection of this.#connections)
      if (connection.waits || failure !== '') connection.report(durable, failure);
  }

  /** Tells every client that it concerns, and that understands notices, that something outside the document changed. */
  notify(topic: string, concerns: (participant: Participant) => boolean = () => true): void {
    const message = encodeNotice(topic);
    for (const connection of this.#connections) {
      const { participant } = connection;
      if (participant.wantsStatus && concerns(participant)) connection.send(message);
    }
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
    if (this.#presenceTimer) clearTimeout(this.#presenceTimer);
    this.services.events.closed(this.draftId);
    this.#log.close();
    this.#state.destroy();
  }
}
