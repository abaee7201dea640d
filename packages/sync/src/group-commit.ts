import type { DraftLog, LogEntry, RoomEvents, RoomLimits } from './interfaces.ts';

/** What a room hears about its own entries, in the order it gave them. */
export interface CommitListener {
  onDurable(count: number): void;
  onFailure(reason: string): void;
}

interface Waiting {
  entry: LogEntry;
  listener: CommitListener;
}

/**
 * Group commit: all updates of all drafts that arrive within `commitDelay` share one transaction (SPEC DUR-2). After a
 * failure each draft is tried alone, so that one that cannot be written holds up no other; what failed is
 * tried again, in order, until it is durable.
 */
export class GroupCommit {
  #pending: Waiting[] = [];
  #bytes = 0;
  #since = 0;
  #running: Promise<void> | null = null;

  constructor(
    private readonly log: Pick<DraftLog, 'append'>,
    private readonly limits: Pick<RoomLimits, 'commitDelay' | 'retry'>,
    private readonly events: Pick<RoomEvents, 'committed' | 'failed'>,
  ) {}

  /** Bytes that are not durable yet. */
  get unsaved(): number {
    return this.#bytes;
  }

  push(entry: LogEntry, listener: CommitListener): void {
    if (this.#pending.length === 0) this.#since = performance.now();
    this.#pending.push({ entry, listener });
    this.#bytes += entry.update.byteLength;
    this.#running ??= this.#run();
  }

  async #run(): Promise<void> {
    await wait(this.limits.commitDelay);
    while (this.#pending.length > 0) {
      const batch = this.#pending;
      const since = this.#since;
      this.#pending = [];
      const failed = await this.#write(batch);
      const count = batch.length - failed.length;
      if (count > 0) this.events.committed((performance.now() - since) / 1_000, count);
      if (failed.length === 0) continue;
      this.#pending = [...failed, ...this.#pending];
      await wait(this.limits.retry);
    }
    this.#running = null;
  }

  /** Returns what could not be written. */
  async #write(batch: readonly Waiting[]): Promise<Waiting[]> {
    try {
      await this.log.append(batch.map(({ entry }) => entry));
      this.#settle(batch);
      return [];
    } catch (error) {
      const drafts = [...new Set(batch.map(({ entry }) => entry.draftId))];
      if (drafts.length === 1) return this.#fail(batch, error);
      const failed: Waiting[] = [];
      for (const draftId of drafts)
        failed.push(...(await this.#write(batch.filter(({ entry }) => entry.draftId === draftId))));
      return failed;
    }
  }

  #settle(batch: readonly Waiting[]): void {
    const counts = new Map<CommitListener, number>();
    for (const { entry, listener } of batch) {
      this.#bytes -= entry.update.byteLength;
      counts.set(listener, (counts.get(listener) ?? 0) + 1);
    }
    for (const [listener, count] of counts) listener.onDurable(count);
  }

  #fail(batch: readonly Waiting[], error: unknown): Waiting[] {
    const reason = error instanceof Error ? error.message : String(error);
    this.events.failed(batch[0]?.entry.draftId ?? '', reason);
    for (const listener of new Set(batch.map((waiting) => waiting.listener))) listener.onFailure(reason);
    return [...batch];
  }

  /** Resolves when all that was taken is durable. */
  async flush(): Promise<void> {
    while (this.#running) await this.#running;
  }
}

export function wait(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
