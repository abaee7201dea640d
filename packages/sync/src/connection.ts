import type { Participant, RoomEvents, RoomLimits, Transport } from './interfaces.ts';
import { CLOSE, encodeStatus } from './protocol.ts';

/** One participant's socket in a room. */
export class Connection {
  /** Highest status request whose updates are applied. */
  received = 0;
  /** When something was last sent, on the clock of `performance.now()`. */
  lastSent = 0;
  #acknowledged = 0;
  #awaited: { n: number; position: number }[] = [];
  #behind = false;
  #closed = false;

  constructor(
    readonly transport: Transport,
    readonly participant: Participant,
    private readonly limits: RoomLimits,
    private readonly events: RoomEvents,
  ) {}

  /** Sends what must not be skipped: a reader too slow for it is closed and catches up from its state vector (SPEC BND-2). */
  send(message: Uint8Array, now = performance.now()): void {
    if (this.#closed) return;
    if (this.transport.bufferedAmount > this.limits.maxBuffered) {
      this.close(CLOSE.tooSlow);
      return;
    }
    this.lastSent = now;
    this.transport.send(message);
  }

  /** Sends what the next one replaces: a slow reader goes without it (SPEC BND-1). */
  sendReplaceable(message: Uint8Array, now = performance.now()): void {
    if (this.#closed) return;
    if (this.transport.bufferedAmount > this.limits.maxBufferedPresence) {
      this.events.shed();
      return;
    }
    this.lastSent = now;
    this.transport.send(message);
  }

  close(close: (typeof CLOSE)[keyof typeof CLOSE]): void {
    if (this.#closed) return;
    this.#closed = true;
    this.transport.close(close);
  }

  /** Notes that the client wants to hear when all up to the log position is durable. */
  await(n: number, current: number): void {
    this.received = Math.max(this.received, n);
    const position = this.#behind ? Number.POSITIVE_INFINITY : current;
    const last = this.#awaited.at(-1);
    if (last?.position === position) last.n = Math.max(last.n, n);
    else this.#awaited.push({ n, position });
  }

  /** An update was left out until what it builds on is here: nothing sent from now on is called durable before that. */
  fallBehind(): void {
    this.#behind = true;
  }

  /** All that this client has is taken, up to the log position. */
  catchUp(position: number): void {
    this.#behind = false;
    for (const awaited of this.#awaited) awaited.position = Math.min(awaited.position, position);
  }

  report(durable: number, failure: string): void {
    if (!this.participant.wantsStatus) return;
    while (this.#awaited[0] && this.#awaited[0].position <= durable)
      this.#acknowledged = Math.max(this.#acknowledged, this.#awaited.shift()?.n ?? 0);
    this.send(encodeStatus({ received: this.received, durable: this.#acknowledged, failure }));
  }

  /** Whether an answer about durability is owed. */
  get waits(): boolean {
    return this.#awaited.length > 0;
  }
}
