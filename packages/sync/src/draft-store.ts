import { foldDraft } from './compaction.ts';
import type { GroupCommit } from './group-commit.ts';
import type { DraftLog, RoomEvents, RoomLimits, StoredDraft } from './interfaces.ts';
import { type Merger, mergeUpdates, shownPart } from './merge.ts';

/** Bytes below which a draft is merged where it is read, in some ten milliseconds: a thread would take longer. */
const SMALL = 2 * 1024 * 1024;

/** What the rooms of one server share. */
export interface RoomServices {
  log: DraftLog;
  commits: GroupCommit;
  merger: Merger;
  limits: RoomLimits;
  events: RoomEvents;
}

/** What is stored and intact, and what is to be said of the rest; empty when there is none. */
function readable({ snapshot, snapshotIntact, tail }: StoredDraft): {
  updates: Uint8Array[];
  damage: string;
} {
  const updates = tail.filter(({ intact }) => intact).map(({ update }) => update);
  if (snapshot && snapshotIntact) updates.unshift(snapshot);
  const damaged = tail.filter(({ intact }) => !intact).map(({ id }) => `record ${id}`);
  if (!snapshotIntact) damaged.unshift('its snapshot');
  const damage =
    damaged.length === 0
      ? ''
      : `${damaged.join(', ')} of this draft is damaged. Restore a backup, or set the record aside: zerodraft verify --set-aside`;
  return { updates, damage };
}

/** What a room hears from its store. */
export interface StoreListener {
  /** More is durable, or the reason why not has changed. */
  onProgress(): void;
  /** The log can be read again: all that it holds. */
  onRecovered(content: Uint8Array): void;
}

/**
 * A room's side of the log: what was taken, what is durable, and why not. While a stored record is damaged nothing is
 * appended after it; what comes in is held, and written once the log can be read again (SPEC DUR-6).
 */
export class DraftStore {
  #position = 0;
  #durable = 0;
  #failure = '';
  #held: { update: Uint8Array; userId: string | null }[] = [];
  #heldBytes = 0;
  #damage = '';
  #timer: NodeJS.Timeout | null = null;
  #snapshotBytes = 0;
  #tailBytes = 0;
  #tailRows = 0;
  #folding: Promise<void> | null = null;
  #closed = false;

  private constructor(
    readonly draftId: string,
    readonly generation: number,
    private readonly services: RoomServices,
    private readonly listener: StoreListener,
  ) {}

  /**
   * Reads a draft in one view and merges it once (SPEC DUR-4).
   * @returns the store, and the draft's content; null when it has none
   */
  static async open(
    draftId: string,
    services: RoomServices,
    listener: StoreListener,
  ): Promise<{ store: DraftStore; content: Uint8Array | null }> {
    const stored = await services.log.read(draftId);
    const store = new DraftStore(draftId, stored.generation, services, listener);
    const content = await store.#load(stored);
    if (store.#damage !== '') store.#recheckLater();
    else store.#foldIfDue();
    return { store, content };
  }

  async #load(stored: StoredDraft): Promise<Uint8Array | null> {
    const { updates, damage } = readable(stored);
    if (damage !== this.#damage && damage !== '') this.services.events.failed(this.draftId, damage);
    this.#snapshotBytes = stored.snapshot?.byteLength ?? 0;
    this.#tailBytes = stored.tail.reduce((sum, { update }) => sum + update.byteLength, 0);
    this.#tailRows = stored.tail.length;
    let content: Uint8Array | null = null;
    if (updates.length === 1 || this.bytes < SMALL)
      content = updates.length > 0 ? mergeUpdates(updates) : null;
    else content = await this.services.merger.whole(updates);
    this.#damage = damage;
    // What builds on a missing record waits in the log: sent to clients, it would come back in each of their answers.
    return content && (damage !== '' || !stored.complete) ? shownPart(content) : content;
  }

  #recheckLater(): void {
    this.#timer = setTimeout(async () => {
      try {
        const stored = await this.services.log.read(this.draftId);
        if (this.#closed) return;
        const content = await this.#load(stored);
        if (this.#closed) return;
        if (content && this.#damage === '') this.listener.onRecovered(content);
      } catch {
        // The log cannot be read at all now; the next attempt may.
      }
      if (this.#damage !== '') return this.#recheckLater();
      const held = this.#held;
      this.#held = [];
      this.#heldBytes = 0;
      for (const { update, userId } of held) this.#append(update, userId);
      this.listener.onProgress();
    }, this.services.limits.retry);
  }

  /** Number of updates taken, and of those that are durable. */
  get position(): number {
    return this.#position;
  }
  get durable(): number {
    return this.#durable;
  }
  /** Why updates are not becoming durable; empty when they are. */
  get failure(): string {
    return this.#damage || this.#failure;
  }
  /** Bytes of the draft as stored and waiting. */
  get bytes(): number {
    return this.#snapshotBytes + this.#tailBytes + this.#heldBytes;
  }
  /** Whether updates wait for a damaged log to be mended; closing the room would let go of them. */
  get holds(): boolean {
    return this.#held.length > 0;
  }
  get overflowing(): boolean {
    return this.services.commits.unsaved + this.#heldBytes > this.services.limits.maxUnsaved;
  }

  push(update: Uint8Array, userId: string | null): void {
    this.#position += 1;
    if (this.#damage === '') {
      this.#append(update, userId);
      return;
    }
    this.#held.push({ update, userId });
    this.#heldBytes += update.byteLength;
  }

  #append(update: Uint8Array, userId: string | null): void {
    this.#tailBytes += update.byteLength;
    this.#tailRows += 1;
    const { draftId, generation } = this;
    this.services.commits.push({ draftId, generation, update, userId }, this);
  }

  onDurable(count: number): void {
    this.#durable += count;
    this.#failure = '';
    this.listener.onProgress();
    this.#foldIfDue();
  }

  onFailure(reason: string): void {
    this.#failure = reason;
    this.listener.onProgress();
  }

  /** Folds when the tail outweighs the snapshot (SPEC CMP-1). */
  #foldIfDue(): void {
    const { foldBytes, foldRows } = this.services.limits;
    const heavy = this.#tailBytes > Math.max(this.#snapshotBytes, foldBytes);
    if (this.#folding || this.#closed || !(heavy || this.#tailRows > foldRows)) return;
    const [rows, bytes] = [this.#tailRows, this.#tailBytes];
    let folded = false;
    this.#folding = foldDraft(this.services.log, this.draftId, this.services.merger)
      .then((size) => {
        // Rows that were appended meanwhile stay in the tail; the sizes are estimates until the next opening.
        this.#tailRows -= rows;
        this.#tailBytes -= bytes;
        if (size === null) return;
        folded = true;
        this.#snapshotBytes = size;
        this.services.events.folded(this.draftId, size);
      })
      .catch((error: unknown) => {
        // Given up with the server; the log is as it was.
        if (this.#closed) return;
        this.services.events.failed(this.draftId, error instanceof Error ? error.message : String(error));
      })
      .finally(() => {
        this.#folding = null;
        // What came meanwhile may outweigh the new snapshot.
        if (folded) this.#foldIfDue();
      });
  }

  /** Resolves when all that was taken is durable; held updates are not waited for. */
  async flush(): Promise<void> {
    while (this.#durable < this.#position - this.#held.length) await this.services.commits.flush();
  }

  close(): void {
    this.#closed = true;
    if (this.#timer) clearTimeout(this.#timer);
  }
}
