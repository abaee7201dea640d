import { newComment, newThread } from '@zerodraft/contract';
import { z } from 'zod';
import { ApiError } from '../api-client.ts';

const shared = {
  /** Why the server did not take it, in its words; null while it waits. */
  refused: z.string().nullable(),
};
const unsent = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('thread'), id: z.string(), thread: newThread, ...shared }),
  z.object({
    kind: z.literal('comment'),
    id: z.string(),
    threadId: z.string(),
    comment: newComment,
    ...shared,
  }),
]);
/** A thread or reply that the server has not taken yet. */
export type Unsent = z.infer<typeof unsent>;

/** Milliseconds before trying again: the first time, and at most. */
const MIN_WAIT = 1_000;
const MAX_WAIT = 60_000;

/** A refusal that trying again does not change, in words; null when it may pass: no network, signed out, too fast. */
export function refusalIn(error: unknown): string | null {
  if (!(error instanceof ApiError) || error.status < 400 || error.status >= 500) return null;
  return [401, 408, 429].includes(error.status) ? null : error.message;
}

/**
 * What a person wrote in a draft and the server has not taken yet. It is kept on this device over reloads and sent in
 * its order when the server can be reached; ids made here let the server keep it once, however often it is sent.
 */
export class Outbox {
  #shown: readonly Unsent[] = [];
  #sending = false;
  #wait = MIN_WAIT;
  #timer: number | undefined;
  #stopped = false;
  #kept = true;
  readonly #listeners = new Set<() => void>();

  /** @param key names the person and the draft */
  constructor(
    private readonly key: string,
    private readonly send: (entry: Unsent) => Promise<unknown>,
  ) {
    this.#shown = this.#read();
    window.addEventListener('online', this.flush);
    window.addEventListener('storage', this.#onStorage);
    this.flush();
  }

  readonly entries = (): readonly Unsent[] => this.#shown;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  add(entry: Unsent): void {
    this.#write([...this.#read(), entry]);
    this.flush();
  }

  /** Sends a refused one again. */
  retry(id: string): void {
    this.#write(this.#read().map((entry) => (entry.id === id ? { ...entry, refused: null } : entry)));
    this.flush();
  }

  discard(id: string): void {
    this.#write(this.#read().filter((entry) => entry.id !== id));
  }

  /** Sends what waits, one after the other. */
  readonly flush = async (): Promise<void> => {
    if (this.#sending || this.#stopped) return;
    this.#sending = true;
    window.clearTimeout(this.#timer);
    for (let entry = this.#next(); entry && !this.#stopped; entry = this.#next()) {
      const { id } = entry;
      try {
        await this.send(entry);
        this.discard(id);
        this.#wait = MIN_WAIT;
      } catch (error) {
        const refused = refusalIn(error);
        if (refused === null) {
          this.#timer = window.setTimeout(this.flush, this.#wait);
          this.#wait = Math.min(MAX_WAIT, this.#wait * 2);
          break;
        }
        this.#write(this.#read().map((known) => (known.id === id ? { ...known, refused } : known)));
      }
    }
    this.#sending = false;
  };

  stop(): void {
    this.#stopped = true;
    window.clearTimeout(this.#timer);
    window.removeEventListener('online', this.flush);
    window.removeEventListener('storage', this.#onStorage);
  }

  #next(): Unsent | undefined {
    return this.#read().find(({ refused }) => refused === null);
  }

  /** Read anew for each change: another tab of the same person may have changed it. */
  #read(): readonly Unsent[] {
    if (!this.#kept) return this.#shown;
    try {
      const parsed = z.array(unsent).safeParse(JSON.parse(window.localStorage.getItem(this.key) ?? '[]'));
      return parsed.success ? parsed.data : this.#shown;
    } catch {
      return this.#shown;
    }
  }

  #write(entries: readonly Unsent[]): void {
    this.#shown = entries;
    try {
      if (entries.length > 0) window.localStorage.setItem(this.key, JSON.stringify(entries));
      else window.localStorage.removeItem(this.key);
    } catch {
      // A device that keeps nothing: what is written lasts as long as the page.
      this.#kept = false;
    }
    for (const listener of this.#listeners) listener();
  }

  readonly #onStorage = ({ key }: StorageEvent): void => {
    if (key !== this.key) return;
    this.#shown = this.#read();
    for (const listener of this.#listeners) listener();
  };
}
