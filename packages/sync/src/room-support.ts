import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { readSyncMessage, writeSyncStep1, writeUpdate } from 'y-protocols/sync';
import * as Y from 'yjs';
import type { DocumentRules, DraftLog, Participant } from './interfaces.ts';
import { type Close, encodeStatusRequest, MESSAGE_STATUS, MESSAGE_SYNC, readStatus } from './protocol.ts';
import type { Rooms, Session } from './rooms.ts';

/** Rules of a document without a schema. */
export const NO_RULES: DocumentRules = { refuse: () => null, repair: () => undefined };

/** A participant for tests. */
export function person(userId: string, rights: Partial<Participant> = {}): Participant {
  return { userId, name: userId, color: '#123456', mayEdit: true, wantsStatus: true, ...rights };
}

/** A log whose reads and writes can be made to fail, as a full or broken disk does. */
export class FaultingLog implements DraftLog {
  fault: string | null = null;
  reads = 0;
  /** How many updates each append held. */
  readonly appends: number[] = [];

  constructor(private readonly log: DraftLog) {}

  #check(): void {
    if (this.fault !== null) throw new Error(this.fault);
  }
  async read(draftId: string) {
    this.reads += 1;
    return this.log.read(draftId);
  }
  async append(entries: Parameters<DraftLog['append']>[0]) {
    this.#check();
    this.appends.push(entries.length);
    return this.log.append(entries);
  }
  async fold(draftId: string, fold: Parameters<DraftLog['fold']>[1]) {
    this.#check();
    return this.log.fold(draftId, fold);
  }
  history(draftId: string) {
    return this.log.history(draftId);
  }
}

/** A client of the protocol over a wire that tests hold in their hands: what is sent waits until it is delivered. */
export class WireClient {
  readonly doc = new Y.Doc();
  readonly inbox: Uint8Array[] = [];
  closed: Close | null = null;
  buffered = 0;
  durable = 0;
  failure = '';
  asked = 0;
  #session: Session | null = null;

  constructor(
    private readonly rooms: Rooms,
    private readonly draftId: string,
    readonly participant: Participant,
  ) {
    this.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin === this) return;
      this.#sync((encoder) => writeUpdate(encoder, update));
    });
  }

  /** The same person's browser on a restarted server: the document is kept, the socket is not. */
  movedTo(rooms: Rooms): WireClient {
    const client = new WireClient(rooms, this.draftId, this.participant);
    Y.applyUpdate(client.doc, Y.encodeStateAsUpdate(this.doc), client);
    this.doc.destroy();
    return client;
  }

  get connected(): boolean {
    return this.#session !== null && this.closed === null;
  }

  connect(generation: number | null = null): void {
    this.closed = null;
    this.inbox.length = 0;
    const client = this;
    this.#session = this.rooms.connect(
      this.draftId,
      {
        send: (message) => this.inbox.push(message),
        close: (close) => {
          this.closed = close;
          // A real socket's end arrives later, not within the call.
          const session = this.#session;
          queueMicrotask(() => this.#session === session && this.disconnect());
        },
        get bufferedAmount() {
          return client.buffered;
        },
      },
      this.participant,
      generation,
    );
    this.#sync((encoder) => writeSyncStep1(encoder, this.doc));
  }

  disconnect(): void {
    this.#session?.close();
    this.#session = null;
  }

  send(frame: Uint8Array): void {
    this.#session?.receive(frame);
  }

  #sync(write: (encoder: encoding.Encoder) => void): void {
    const encoder = encoding.createEncoder();
    encoding.writeVarUint(encoder, MESSAGE_SYNC);
    write(encoder);
    this.send(encoding.toUint8Array(encoder));
  }

  /** Asks when all sent so far is durable. */
  ask(): number {
    this.asked += 1;
    this.send(encodeStatusRequest(this.asked));
    return this.asked;
  }

  /** Reads what has arrived. */
  deliver(count = this.inbox.length): void {
    for (const message of this.inbox.splice(0, count)) {
      const decoder = decoding.createDecoder(message);
      const type = decoding.readVarUint(decoder);
      if (type === MESSAGE_SYNC) {
        const encoder = encoding.createEncoder();
        encoding.writeVarUint(encoder, MESSAGE_SYNC);
        readSyncMessage(decoder, encoder, this.doc, this);
        if (encoding.length(encoder) > 1) this.send(encoding.toUint8Array(encoder));
      } else if (type === MESSAGE_STATUS) {
        const status = readStatus(decoder);
        this.durable = Math.max(this.durable, status.durable);
        this.failure = status.failure;
      }
    }
  }

  get text(): string {
    return this.doc.getText('t').toString();
  }

  type(text: string): void {
    this.doc.getText('t').insert(this.doc.getText('t').length, text);
  }
}

/** Waits for a condition; between two looks the event loop goes round. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 1));
}
