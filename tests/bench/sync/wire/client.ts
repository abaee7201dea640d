import * as encoding from 'lib0/encoding';
import type { Server } from '../servers/server.ts';
import { KIND, payloadAt } from './protocol.ts';
import { presenceOf, rangesOf } from './ranges.ts';
import { type BigFrame, frameOf, LightSocket } from './socket.ts';
import type { Tally } from './tally.ts';

const NOTHING = Uint8Array.of(0, 0);

export interface ClientOptions {
  /** Its Yjs client id. */
  id: number;
  /** Keeps what it receives, to be applied to a document when the clock has stopped. */
  keeps?: boolean;
  /** Counts and times what arrives. */
  tally?: Tally;
  /** Reads presence too; the others only let it pass. */
  observes?: boolean;
}

/** A client that speaks the protocol and knows what arrived when, without a document of its own. */
export class Client {
  readonly id: number;
  /** What came, of those who keep it, and when. */
  readonly updates: Uint8Array[] = [];
  readonly arrivals: number[] = [];
  /** Answers with the server's state so far. */
  answers = 0;
  /** When the first answer with the server's state was there, in milliseconds on the driver's clock. */
  syncedAt = 0;
  /** Length and sum of that answer when it was big. */
  state: { length: number; sum: number } | null = null;
  /** Next clock of each writer, by the writer's number. */
  readonly next: number[] = [];
  /** Last clock seen of each mover, by the mover's number. */
  readonly seen: number[] = [];
  failure: string | null = null;
  readonly #socket: LightSocket;
  readonly #prefix: number;
  #moves = 0;

  constructor(
    readonly server: Server,
    readonly room: string,
    private readonly options: ClientOptions,
  ) {
    const { wire, path } = server.peer;
    this.id = options.id;
    this.#prefix = wire.prefixOf(room);
    this.#socket = new LightSocket(server.port, path(room), server.headers, {
      open: () => this.ask(),
      frame: (frame) => this.#receive(frame),
      big: (frame) => this.#receiveBig(frame),
      close: (reason) => {
        this.failure = reason;
      },
    });
    this.#socket.keepBig = options.keeps === true;
  }

  get bytes(): number {
    return this.#socket.received;
  }

  #receive(frame: Buffer): void {
    const kind = this.server.peer.wire.kindOf(frame, this.#prefix);
    if (kind === KIND.presence) {
      if (this.options.observes) this.#see(frame);
    } else if (kind === KIND.update) {
      const now = performance.now();
      const update = frame.subarray(payloadAt(frame, this.#prefix, 2));
      this.options.tally?.arrived(this, rangesOf(update), now);
      this.#store(update, now);
    } else if (kind === KIND.question) this.#answer();
    else if (kind === KIND.state) {
      const now = performance.now();
      this.#store(frame.subarray(payloadAt(frame, this.#prefix, 2)), now);
      this.#synced(now);
    }
  }

  #store(update: Buffer, now: number): void {
    if (!this.options.keeps) return;
    this.updates.push(Uint8Array.from(update));
    this.arrivals.push(now);
  }

  #receiveBig({ head, length, sum, whole }: BigFrame): void {
    const now = performance.now();
    const kind = this.server.peer.wire.kindOf(head, this.#prefix);
    if (kind !== KIND.state && kind !== KIND.update) return;
    if (whole) {
      this.updates.push(whole.subarray(payloadAt(head, this.#prefix, 2)));
      this.arrivals.push(now);
    }
    // Edits in an update this big are not counted: a scenario that counts waits for them in vain, and fails.
    if (kind !== KIND.state) return;
    this.state = { length, sum };
    this.#synced(now);
  }

  #see(frame: Buffer): void {
    const now = performance.now();
    const { tally } = this.options;
    if (!tally) return;
    presenceOf(frame, payloadAt(frame, this.#prefix, 1), (client, clock) =>
      tally.saw(this, client, clock, now),
    );
  }

  /** As every client of the protocol does: what it has that the server lacks, which is nothing. */
  #answer(): void {
    this.#socket.write(this.frame(NOTHING, 'state'));
  }

  #synced(now: number): void {
    this.answers += 1;
    if (this.syncedAt === 0) this.syncedAt = now;
  }

  /** Asks for all that the server has. */
  ask(): void {
    for (const message of this.server.peer.wire.join(this.room)) this.#socket.write(frameOf(message));
  }

  /** The frame that sends an update, made before it is needed. */
  frame(update: Uint8Array, kind: 'update' | 'state' = 'update'): Buffer {
    return frameOf(this.server.peer.wire.sync(this.room, kind, update));
  }

  send(frame: Buffer): void {
    this.#socket.write(frame);
  }

  /** Resolves when the socket has taken what was sent. */
  drained(): Promise<void> {
    return this.#socket.drained();
  }

  /** Moves its cursor, in the form in which the editor's binding writes it. Returns the move's clock. */
  move(): number {
    this.#moves += 1;
    const position = (clock: number) => ({
      type: { client: 1, clock: 7 },
      tname: null,
      item: { client: 1, clock },
      assoc: 0,
    });
    const state = {
      user: { name: 'Amara Nwosu-Lind', color: '#0b6e4f' },
      cursor: { anchor: position(this.#moves), head: position(this.#moves + 1) },
    };
    const encoder = encoding.createEncoder();
    encoding.writeVarUint(encoder, 1);
    encoding.writeVarUint(encoder, this.id);
    encoding.writeVarUint(encoder, this.#moves);
    encoding.writeVarString(encoder, JSON.stringify(state));
    this.#socket.write(frameOf(this.server.peer.wire.presence(this.room, encoding.toUint8Array(encoder))));
    return this.#moves;
  }

  close(): void {
    this.#socket.destroy();
  }
}
