import type { DraftLog, LogEntry, RoomLimits } from './interfaces.ts';

/**
 * Group commit of one draft: updates that arrive within `commitDelay` share one append. After a failed append the
 * same entries are tried again, in order, until they are durable: none is dropped and none overtakes another.
 */
export class CommitQueue {
  #pending: LogEntry[] = [];
  #appended = 0;
  #durable = 0;
  #running: Promise<void> | null = null;
  #failure = '';

  constructor(
    private readonly draftId: string,
    private readonly log: DraftLog,
    private readonly limits: Pick<RoomLimits, 'commitDelay' | 'retry'>,
    /** Called when entries became durable and when saving failed. */
    private readonly onProgress: () => void,
  ) {}

  /** Number of entries taken so far. */
  get position(): number {
    return this.#appended;
  }

  /** Number of entries that are durable. */
  get durable(): number {
    return this.#durable;
  }

  /** Why the log cannot be written; empty when it can. */
  get failure(): string {
    return this.#failure;
  }

  push(entry: LogEntry): void {
    this.#pending.push(entry);
    this.#appended += 1;
    this.#running ??= this.#run();
  }

  async #run(): Promise<void> {
    await wait(this.limits.commitDelay);
    while (this.#pending.length > 0) {
      const batch = this.#pending;
      this.#pending = [];
      try {
        await this.log.append(this.draftId, batch);
        this.#durable += batch.length;
        this.#failure = '';
      } catch (error) {
        this.#pending = [...batch, ...this.#pending];
        this.#failure = error instanceof Error ? error.message : String(error);
        this.onProgress();
        await wait(this.limits.retry);
        continue;
      }
      this.onProgress();
    }
    this.#running = null;
  }

  /** Resolves when all that was taken is durable. */
  async flush(): Promise<void> {
    while (this.#running) await this.#running;
  }
}

function wait(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
