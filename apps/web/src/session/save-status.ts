import { encodeStatusRequest, MESSAGE_STATUS, MESSAGE_SYNC, readStatus } from '@zerodraft/sync';
import * as encoding from 'lib0/encoding';
import type { WebsocketProvider } from 'y-websocket';
import type * as Y from 'yjs';

export type SaveStatus =
  | { kind: 'connecting' }
  | { kind: 'saved' }
  | { kind: 'saving' }
  | { kind: 'offline'; unsent: number }
  | { kind: 'failing'; reason: string }
  /** The server takes changes and does not say that it keeps them; since when, in milliseconds since 1970. */
  | { kind: 'lagging'; since: number };

/** Where the count of unsent changes outlives the page. */
interface LocalStore {
  readonly whenSynced: Promise<unknown>;
  get(key: string): Promise<unknown>;
  set(key: string, value: number): Promise<unknown>;
}

const UNSENT = 'zerodraft-unsent';
/** Milliseconds after which a server that does not answer is taken for gone; shorter once the device says it is offline. */
const PATIENCE = 10_000;
const PATIENCE_OFFLINE = 2_000;
/** Milliseconds without anything new being durable after which a server counts as one that stopped saving (SPEC ACK-5). */
const LAG = 10_000;

/**
 * What became of this person's changes, from the server's acknowledgements alone.
 *
 * Each local update gets a number. After it is sent, the socket (which keeps order) asks for the number's status; the
 * server answers once everything before is in its log. After a break the handshake carries what was missing, and
 * the question follows it.
 */
export class SaveTracker {
  #made = 0;
  #durable = 0;
  #failure = '';
  #asked = false;
  /** Whether this socket carried what was changed before it was opened; a question before that would not cover it. */
  #answered = false;
  #answerTimer: number | undefined;
  #status: SaveStatus = { kind: 'connecting' };
  /** Since when the newest answer about durability is owed; null when nothing is. */
  #owedSince: number | null = null;
  #lagTimer: number | undefined;
  readonly #listeners = new Set<() => void>();

  constructor(
    doc: Y.Doc,
    private readonly provider: WebsocketProvider,
    private readonly local: LocalStore,
    private readonly lag = LAG,
  ) {
    doc.on('update', (_update: Uint8Array, origin: unknown) => {
      if (origin === provider || origin === local) return;
      this.#made += 1;
      this.#ask();
      this.#changed();
    });
    const handleSync = provider.messageHandlers[MESSAGE_SYNC];
    provider.messageHandlers[MESSAGE_SYNC] = (encoder, decoder, from, emitSynced, type) => {
      handleSync?.(encoder, decoder, from, emitSynced, type);
      // A reply means the server asked for what it lacks: our question goes right behind that reply.
      if (!this.#answered && encoding.length(encoder) > 1) {
        queueMicrotask(() => {
          this.#answered = true;
          this.#ask();
        });
      }
    };
    provider.messageHandlers[MESSAGE_STATUS] = (_encoder, decoder) => {
      const { received, durable, failure } = readStatus(decoder);
      if (received >= this.#made) this.#stopWaiting();
      if (durable > this.#durable) {
        this.#durable = durable;
        this.#owedSince = null;
      }
      this.#failure = failure;
      this.#changed();
    };
    provider.on('status', ({ status }) => {
      if (status !== 'connected') {
        this.#asked = this.#answered = false;
        this.#stopWaiting();
      }
      this.#changed();
    });
    provider.on('sync', () => this.#changed());
    window.addEventListener('offline', this.#onOffline);
    doc.on('destroy', () => {
      window.removeEventListener('offline', this.#onOffline);
      this.#stopWaiting();
      window.clearTimeout(this.#lagTimer);
    });
    local.whenSynced.then(async () => {
      const unsent: unknown = await local.get(UNSENT);
      if (typeof unsent === 'number' && unsent > 0) this.#made += unsent;
      if (this.#asked) this.#ask();
      this.#changed();
    });
  }

  /** Changes that the server has not said to be durable. */
  get unsent(): number {
    return this.#made - this.#durable;
  }

  readonly current = (): SaveStatus => this.#status;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  #ask(): void {
    const socket = this.provider.ws;
    if (!this.#answered || !this.provider.wsconnected || socket?.readyState !== WebSocket.OPEN) return;
    this.#asked = true;
    socket.send(new Uint8Array(encodeStatusRequest(this.#made)));
    this.#answerTimer ??= window.setTimeout(this.#giveUp, PATIENCE);
  }

  /** A socket that lost its network stays open and silent: ask, and believe only an answer. */
  readonly #onOffline = (): void => {
    this.#ask();
    if (!this.#asked) return;
    this.#stopWaiting();
    this.#answerTimer = window.setTimeout(this.#giveUp, PATIENCE_OFFLINE);
  };

  readonly #giveUp = (): void => {
    this.#answerTimer = undefined;
    this.provider.disconnect();
    this.provider.connect();
  };

  #stopWaiting(): void {
    window.clearTimeout(this.#answerTimer);
    this.#answerTimer = undefined;
  }

  /** A server that stopped saving may also have stopped saying so: the clock runs here, and it is asked again. */
  #watchLag(): void {
    if (this.unsent === 0 || !this.provider.wsconnected) this.#owedSince = null;
    else this.#owedSince ??= Date.now();
    if (this.#owedSince === null) {
      window.clearTimeout(this.#lagTimer);
      this.#lagTimer = undefined;
      return;
    }
    this.#lagTimer ??= window.setTimeout(() => {
      this.#lagTimer = undefined;
      this.#ask();
      this.#changed();
    }, this.lag / 2);
  }

  #changed(): void {
    this.#watchLag();
    const next = this.#compute();
    const same = JSON.stringify(next) === JSON.stringify(this.#status);
    if (same) return;
    this.#status = next;
    if (next.kind !== 'saving') void this.local.set(UNSENT, this.unsent).catch(() => undefined);
    for (const listener of this.#listeners) listener();
  }

  #compute(): SaveStatus {
    if (!this.provider.wsconnected) return { kind: 'offline', unsent: this.unsent };
    if (this.#failure !== '') return { kind: 'failing', reason: this.#failure };
    if (!this.provider.synced) return { kind: 'connecting' };
    if (this.#owedSince !== null && Date.now() - this.#owedSince >= this.lag)
      return { kind: 'lagging', since: this.#owedSince };
    return this.unsent > 0 ? { kind: 'saving' } : { kind: 'saved' };
  }
}
