import { Samples } from '../measure.ts';
import type { Client } from './client.ts';
import type { Range } from './ranges.ts';

interface Sender {
  number: number;
  client: Client;
  /** When each clock was sent. */
  sentAt: number[];
}

/** Counts and times deliveries in one room, and holds what went wrong with them. */
export class Tally {
  edits = new Samples();
  moves = new Samples();
  /** Edits delivered to somebody other than their writer. */
  delivered = 0;
  lastAt = 0;
  fault: string | null = null;
  readonly #writers = new Map<number, Sender>();
  readonly #movers = new Map<number, Sender>();

  static #senderOf(senders: Map<number, Sender>, client: Client): Sender {
    let sender = senders.get(client.id);
    if (!sender) {
      sender = { number: senders.size, client, sentAt: [] };
      senders.set(client.id, sender);
    }
    return sender;
  }

  /** Forgets the times so far, and goes on counting. */
  forget(): void {
    this.edits = new Samples();
    this.moves = new Samples();
  }

  /** Notes that the writer's next edit leaves now. */
  wrote(client: Client): void {
    Tally.#senderOf(this.#writers, client).sentAt.push(performance.now());
  }

  /** Notes that the client's cursor moved now, with this clock. */
  moved(client: Client, clock: number): void {
    Tally.#senderOf(this.#movers, client).sentAt[clock] = performance.now();
  }

  arrived(reader: Client, ranges: readonly Range[], now: number): void {
    for (const { client, from, to } of ranges) {
      const writer = this.#writers.get(client);
      // The servers that echo a writer's edits owe them to nobody.
      if (!writer || writer.client === reader) continue;
      const expected = reader.next[writer.number] ?? 0;
      if (from !== expected)
        this.fault ??= `edit ${from} of writer ${client} arrived ${from < expected ? 'twice' : `when ${expected} was due`} at client ${reader.id}`;
      for (let clock = from; clock < to; clock += 1) {
        const sentAt = writer.sentAt[clock];
        if (sentAt === undefined)
          this.fault ??= `edit ${clock} of writer ${client} arrived before it was sent`;
        else this.edits.add(now - sentAt);
      }
      reader.next[writer.number] = to;
      this.delivered += to - from;
      this.lastAt = now;
    }
  }

  /** A move is seen when it, or a later one of the same cursor, is there. */
  saw(reader: Client, client: number, clock: number, now: number): void {
    const mover = this.#movers.get(client);
    if (!mover || mover.client === reader) return;
    for (let move = (reader.seen[mover.number] ?? 0) + 1; move <= clock; move += 1) {
      const sentAt = mover.sentAt[move];
      if (sentAt !== undefined) this.moves.add(now - sentAt);
    }
    reader.seen[mover.number] = Math.max(clock, reader.seen[mover.number] ?? 0);
  }
}
