import { performance } from 'node:perf_hooks';
import * as Y from 'yjs';
import { docOf, makeEdits, textOf } from '../document.ts';
import { cpuOf, memoryOf, until } from '../measure.ts';
import type { Server } from '../servers/server.ts';
import { Client } from '../wire/client.ts';
import { Tally } from '../wire/tally.ts';

/** What a scenario measured, by the name of the figure. */
export type Figures = Record<string, number>;

/** Sockets opened at once. */
const BATCH = 50;
/** Clients that keep a document, and clients that read presence. */
const KEEPERS = 2;
const OBSERVERS = 3;
const FIRST_ID = 100_000;
const LATE = 900_000;
const NOTHING = Uint8Array.of(0, 0);

/** One room with its clients; the last one in writes last. */
export class Room {
  readonly clients: Client[] = [];
  readonly tally = new Tally();
  readonly #edits = new Map<Client, { frames: Buffer[]; updates: Uint8Array[]; sent: number }>();
  #cpu = 0;
  #bytes = 0;
  #busy = performance.eventLoopUtilization();

  private constructor(
    readonly server: Server,
    readonly name: string,
    readonly draft: Uint8Array,
    readonly deadline: number,
  ) {}

  /** Opens a room of a seeded draft; the first client is alone until it has the whole draft. */
  static async open(
    server: Server,
    name: string,
    draft: Uint8Array,
    count: number,
    deadline: number,
  ): Promise<Room> {
    const room = new Room(server, name, draft, deadline);
    try {
      await joinWhole(server, name, draft, deadline, (client) => room.clients.push(client), room.tally);
      while (room.clients.length < count) {
        const batch = Array.from({ length: Math.min(BATCH, count - room.clients.length) }, (_, index) => {
          const number = room.clients.length + index;
          return new Client(server, name, {
            id: FIRST_ID + number,
            keeps: number < KEEPERS,
            observes: number < OBSERVERS,
            tally: room.tally,
          });
        });
        room.clients.push(...batch);
        await until(
          () => batch.every((client) => client.syncedAt > 0 || client.failure),
          deadline,
          'joining',
        );
        room.#check();
      }
      return room;
    } catch (error) {
      room.close();
      throw error;
    }
  }

  #check(): void {
    const broken = this.clients.find((client) => client.failure !== null);
    if (broken) throw new Error(`a client was cut off: ${broken.failure}`);
    if (this.tally.fault !== null) throw new Error(this.tally.fault);
  }

  /** Makes the edits that clients will send, each pair of writers in a clause of its own. */
  prepare(writers: readonly Client[], edits: number): void {
    for (const [index, client] of writers.entries()) {
      const updates = makeEdits(this.draft, client.id, 1 + (index >> 1), edits);
      this.#edits.set(client, { updates, frames: updates.map((update) => client.frame(update)), sent: 0 });
    }
  }

  /** Sends the client's next edit. */
  write(client: Client): void {
    const own = this.#edits.get(client);
    const frame = own?.frames[own.sent];
    if (!own || !frame) throw new Error('no edit was prepared');
    own.sent += 1;
    this.tally.wrote(client);
    client.send(frame);
  }

  move(client: Client): void {
    // Noted after sending: nothing can come back before this turn of the event loop ends.
    this.tally.moved(client, client.move());
  }

  get #received(): number {
    return this.clients.reduce((sum, client) => sum + client.bytes, 0);
  }

  /** Starts the clock of the figures. */
  begin(): void {
    this.#cpu = cpuOf(this.server.pid);
    this.#bytes = this.#received;
    this.#busy = performance.eventLoopUtilization();
  }

  get sent(): number {
    let sent = 0;
    for (const own of this.#edits.values()) sent += own.sent;
    return sent;
  }

  /** Waits until every edit was delivered to everybody else. */
  async delivered(): Promise<void> {
    const expected = this.sent * (this.clients.length - 1);
    const done = (): boolean => {
      this.#check();
      return this.tally.delivered >= expected;
    };
    await until(done, this.deadline, `${expected} deliveries (${this.tally.delivered} so far)`);
    if (this.tally.delivered !== expected)
      throw new Error(`${this.tally.delivered} deliveries instead of ${expected}`);
  }

  /** CPU, memory and bytes since `begin`, and how busy the driver was. */
  figures(): Figures {
    return {
      cpu: cpuOf(this.server.pid) - this.#cpu,
      memory: memoryOf(this.server.pid),
      bytes: this.#received - this.#bytes,
      driver: performance.eventLoopUtilization(this.#busy).utilization,
    };
  }

  /** Compares the documents of those who keep one, and of one who joins now, with what was written. */
  async verify(): Promise<void> {
    const expected = docOf([this.draft]);
    for (const writer of this.#edits.keys())
      for (const update of this.#writtenBy(writer)) Y.applyUpdate(expected, update);
    const text = textOf(expected);
    // Not every server sends a writer's own edits back.
    for (const client of this.clients.slice(0, KEEPERS))
      if (textOf(docOf([...client.updates, ...this.#writtenBy(client)])) !== text)
        throw new Error(`client ${client.id} has another text`);
    const state = Y.encodeStateAsUpdate(expected);
    const late = await joinWhole(this.server, this.name, state, this.deadline, (client) =>
      this.clients.push(client),
    );
    if (textOf(late.doc) !== text) throw new Error('the server has another text');
  }

  #writtenBy(client: Client): Uint8Array[] {
    const own = this.#edits.get(client);
    return own ? own.updates.slice(0, own.sent) : [];
  }

  close(): void {
    for (const client of this.clients) client.close();
  }
}

/**
 * Joins with a client that keeps a document, and waits until it is all there.
 * @param made is given the client at once, so that it is closed whatever happens
 * @returns the client, and when the last of what it needed had come
 */
export async function joinWhole(
  server: Server,
  name: string,
  draft: Uint8Array,
  deadline: number,
  made: (client: Client) => void,
  tally?: Tally,
): Promise<{ client: Client; doc: Y.Doc; at: number }> {
  const wanted = [...Y.decodeStateVector(Y.encodeStateVectorFromUpdate(draft))];
  const id = FIRST_ID + (tally ? 0 : LATE);
  const client = new Client(server, name, { id, keeps: true, observes: true, tally });
  made(client);
  const doc = new Y.Doc();
  let applied = 0;
  let at = 0;
  const has = (): boolean => wanted.every(([id, clock]) => Y.getState(doc.store, id) >= clock);
  const whole = (): boolean => {
    if (client.failure !== null) throw new Error(`a client was cut off: ${client.failure}`);
    while (applied < client.updates.length && !has()) {
      Y.applyUpdate(doc, client.updates[applied] ?? NOTHING);
      at = client.arrivals[applied] ?? 0;
      applied += 1;
    }
    return has();
  };
  await until(whole, deadline, `the whole of ${name}`);
  return { client, doc, at };
}
