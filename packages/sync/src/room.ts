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
import { CommitQueue } from './commit-queue.ts';
import type { DocumentRules, DraftLog, Participant, RoomLimits, Transport } from './interfaces.ts';
import { Presence } from './presence.ts';
import {
  CLOSE,
  encodeNotice,
  encodeStatus,
  MESSAGE_AUTH,
  MESSAGE_AWARENESS,
  MESSAGE_QUERY_AWARENESS,
  MESSAGE_STATUS,
  MESSAGE_SYNC,
} from './protocol.ts';

const REPAIR = { name: 'zerodraft repair' } as const;

/** One participant's socket in a room. */
export class Connection {
  /** Highest status request whose updates are applied; the log position it waits for. */
  received = 0;
  #acknowledged = 0;
  #awaited: { n: number; position: number }[] = [];

  constructor(
    readonly transport: Transport,
    readonly participant: Participant,
    private readonly limits: RoomLimits,
  ) {}

  send(message: Uint8Array): void {
    // A reader too slow for the room comes back and catches up from its state vector: no update is skipped.
    if (this.transport.bufferedAmount + message.byteLength > this.limits.maxBuffered)
      this.transport.close(CLOSE.tooSlow);
    else this.transport.send(message);
  }

  await(n: number, position: number): void {
    this.received = Math.max(this.received, n);
    this.#awaited.push({ n, position });
  }

  report(durable: number, failure: string): void {
    if (!this.participant.wantsStatus) return;
    while (this.#awaited[0] && this.#awaited[0].position <= durable) {
      this.#acknowledged = Math.max(this.#acknowledged, this.#awaited.shift()?.n ?? 0);
    }
    this.send(encodeStatus({ received: this.received, durable: this.#acknowledged, failure }));
  }
}

/**
 * A draft that is open: one Y.Doc, its log and the people in it. Knows neither HTTP nor SQL. An update is applied and
 * sent on at once, appended to the log, and called durable to its sender only after that.
 */
export class Room {
  readonly doc = new Y.Doc({ gc: true });
  readonly #connections = new Set<Connection>();
  readonly #presence = new Presence();
  readonly #commits: CommitQueue;
  #presenceTimer: NodeJS.Timeout | null = null;

  private constructor(
    readonly draftId: string,
    log: DraftLog,
    private readonly limits: RoomLimits,
  ) {
    this.#commits = new CommitQueue(draftId, log, limits, () => this.#reportAll());
  }

  /** Opens a draft: reads its log, merges, applies once. */
  static async open(draftId: string, log: DraftLog, rules: DocumentRules, limits: RoomLimits): Promise<Room> {
    const room = new Room(draftId, log, limits);
    const updates = await log.read(draftId);
    if (updates.length > 0) Y.applyUpdate(room.doc, Y.mergeUpdates(updates), 'log');
    room.doc.on('update', (update: Uint8Array, origin: unknown) => room.#onUpdate(update, origin));
    room.doc.on('afterTransaction', (transaction: Y.Transaction) => {
      if (transaction.origin !== REPAIR) rules.repair(room.doc, transaction, REPAIR);
    });
    return room;
  }

  get size(): number {
    return this.#connections.size;
  }

  join(transport: Transport, participant: Participant): Connection {
    const connection = new Connection(transport, participant, this.limits);
    this.#connections.add(connection);
    const encoder = encoding.createEncoder();
    encoding.writeVarUint(encoder, MESSAGE_SYNC);
    writeSyncStep1(encoder, this.doc);
    connection.send(encoding.toUint8Array(encoder));
    const everybody = this.#presence.everybody();
    if (everybody) connection.send(everybody);
    return connection;
  }

  leave(connection: Connection): void {
    if (!this.#connections.delete(connection)) return;
    if (this.#presence.leave(connection)) this.#schedulePresence();
  }

  /** Handles one frame of a connection; a frame that cannot be read closes it and changes nothing. */
  receive(connection: Connection, frame: Uint8Array): void {
    try {
      this.#handle(connection, decoding.createDecoder(frame));
    } catch {
      connection.transport.close(CLOSE.badMessage);
    }
  }

  #handle(connection: Connection, decoder: decoding.Decoder): void {
    switch (decoding.readVarUint(decoder)) {
      case MESSAGE_SYNC:
        this.#handleSync(connection, decoder);
        return;
      case MESSAGE_AWARENESS:
        if (
          this.#presence.receive(decoding.readVarUint8Array(decoder), {
            connection,
            participant: connection.participant,
          })
        ) {
          this.#schedulePresence();
        }
        return;
      case MESSAGE_QUERY_AWARENESS: {
        const everybody = this.#presence.everybody();
        if (everybody) connection.send(everybody);
        return;
      }
      case MESSAGE_STATUS:
        connection.await(decoding.readVarUint(decoder), this.#commits.position);
        connection.report(this.#commits.durable, this.#commits.failure);
        return;
      default:
        connection.transport.close(CLOSE.badMessage);
    }
  }

  #handleSync(connection: Connection, decoder: decoding.Decoder): void {
    const type = decoding.readVarUint(decoder);
    const payload = decoding.readVarUint8Array(decoder);
    if (type === messageYjsSyncStep1) {
      const encoder = encoding.createEncoder();
      encoding.writeVarUint(encoder, MESSAGE_SYNC);
      encoding.writeVarUint(encoder, messageYjsSyncStep2);
      encoding.writeVarUint8Array(encoder, Y.encodeStateAsUpdate(this.doc, payload));
      connection.send(encoding.toUint8Array(encoder));
    } else if (type === messageYjsSyncStep2 || type === messageYjsUpdate) {
      if (connection.participant.mayEdit) Y.applyUpdate(this.doc, payload, connection);
      // An honest reader's answer to the handshake brings nothing new and needs no refusal.
      else if (!Y.snapshotContainsUpdate(Y.snapshot(this.doc), payload)) this.#refuse(connection);
    } else {
      connection.transport.close(CLOSE.badMessage);
    }
  }

  #refuse(connection: Connection): void {
    const encoder = encoding.createEncoder();
    encoding.writeVarUint(encoder, MESSAGE_AUTH);
    writePermissionDenied(encoder, 'Your role may read this draft but not change its text.');
    connection.send(encoding.toUint8Array(encoder));
  }

  #onUpdate(update: Uint8Array, origin: unknown): void {
    const author = origin instanceof Connection ? origin : null;
    this.#commits.push({ update, userId: author?.participant.userId ?? null });
    const encoder = encoding.createEncoder();
    encoding.writeVarUint(encoder, MESSAGE_SYNC);
    writeUpdate(encoder, update);
    const message = encoding.toUint8Array(encoder);
    for (const connection of this.#connections) if (connection !== author) connection.send(message);
  }

  #schedulePresence(): void {
    this.#presenceTimer ??= setTimeout(() => {
      this.#presenceTimer = null;
      const message = this.#presence.takeChanges();
      // Also to its sender: y-websocket clients leave a server that says nothing for long.
      if (message) for (const connection of this.#connections) connection.send(message);
    }, this.limits.presenceDelay);
  }

  #reportAll(): void {
    for (const connection of this.#connections)
      connection.report(this.#commits.durable, this.#commits.failure);
  }

  /** Tells every client that understands notices that something outside the document changed. */
  notify(topic: string): void {
    const message = encodeNotice(topic);
    for (const connection of this.#connections)
      if (connection.participant.wantsStatus) connection.send(message);
  }

  /** Closes the sockets that match. */
  disconnect(
    close: (typeof CLOSE)[keyof typeof CLOSE],
    matches: (participant: Participant) => boolean,
  ): void {
    for (const connection of this.#connections)
      if (matches(connection.participant)) connection.transport.close(close);
  }

  /** Resolves when everything applied is durable. */
  flush(): Promise<void> {
    return this.#commits.flush();
  }

  destroy(): void {
    if (this.#presenceTimer) clearTimeout(this.#presenceTimer);
    this.doc.destroy();
  }
}
