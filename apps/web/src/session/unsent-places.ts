import type { MovedAnchor } from '@zerodraft/contract';
import { refusalIn } from '../comments/outbox.ts';

/** Milliseconds before trying again; a connection that comes back does so at once. */
const WAIT = 3_000;

/**
 * Where edits here carried the text of private threads, until the server has it: the newest place of each. Kept in
 * memory alone; after a reload the quotation finds the text.
 */
export class UnsentPlaces {
  readonly #waiting = new Map<string, MovedAnchor>();
  #sending = false;
  #stopped = false;
  #timer: number | undefined;

  constructor(private readonly send: (threadId: string, place: MovedAnchor) => Promise<void>) {
    window.addEventListener('online', this.flush);
  }

  put(threadId: string, place: MovedAnchor): void {
    this.#waiting.set(threadId, place);
    void this.flush();
  }

  /** Sends what waits, one after the other, so that the newest place arrives last. */
  readonly flush = async (): Promise<void> => {
    if (this.#sending || this.#stopped) return;
    this.#sending = true;
    window.clearTimeout(this.#timer);
    for (let next = this.#next(); next && !this.#stopped; next = this.#next()) {
      const [threadId, place] = next;
      try {
        await this.send(threadId, place);
      } catch (error) {
        // What the server refuses it refuses again: the thread may have been made visible meanwhile.
        if (refusalIn(error) === null) {
          if (!this.#stopped) this.#timer = window.setTimeout(this.flush, WAIT);
          break;
        }
      }
      if (this.#waiting.get(threadId) === place) this.#waiting.delete(threadId);
    }
    this.#sending = false;
  };

  stop(): void {
    this.#stopped = true;
    window.clearTimeout(this.#timer);
    window.removeEventListener('online', this.flush);
  }

  #next(): [string, MovedAnchor] | undefined {
    return this.#waiting.entries().next().value;
  }
}
