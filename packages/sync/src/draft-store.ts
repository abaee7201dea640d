import * as Y from 'yjs';
import { foldDraft, type Merge } from './compaction.ts';
import type { GroupCommit } from './group-commit.ts';
import type { DraftLog, RoomEvents, RoomLimits, StoredDraft } from './interfaces.ts';
import { dropPending } from './pending.ts';
import { mergeRecords } from './sound-records.ts';

/** What the rooms of one server share. */
export interface RoomServices {
  log: DraftLog;
  commits: GroupCommit;
  merge: Merge;
  limits: RoomLimits;
  events: RoomEvents;
}

/** The part of what is stored that a document can be made of, and what to say about the rest. */
function readable({ snapshot, tail }: StoredDraft): { merged: Uint8Array | null; damage: string } {
  const { merged, damaged } = mergeRecords([
    ...(snapshot ? [{ name: 'its snapshot', update: snapshot }] : []),
    ...tail.map(({ id, update }) => ({ name: `record ${id}`, update })),
  ]);
  const damage =
    damaged.length === 0
      ? ''
      : `${damaged.map(({ name }) => name).join(', ')} of this draft is damaged. Restore a backup, or set the record aside: zerodraft verify --set-aside`;
  return { merged, damage };
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
    private readonly onProgress: () => void,
  ) {}

  /** Reads a draft in one view, merges, applies once (SPEC DUR-4). */
  static async open(
    draftId: string,
    doc: Y.Doc,
    services: RoomServices,
    onProgress: () => void,
  ): Promise<DraftStore> {
    const stored = await services.log.read(draftId);
    const store = new DraftStore(draftId, stored.generation, services, onProgress);
    store.#load(stored, doc);
    if (store.#damage !== '') store.#recheckLater(doc);
    else store.#foldIfDue();
    return store;
  }

  #load(stored: StoredDraft, doc: Y.Doc): void {
    const { merged, damage } = readable(stored);
    if (damage !== this.#damage && damage !== '') this.services.events.failed(this.draftId, damage);
    this.#damage = damage;
    if (merged) Y.applyUpdate(doc, merged, this);
    // What builds on a missing record waits in the log alone.
    dropPending(doc);
    this.#snapshotBytes = stored.snapshot?.byteLength ?? 0;
    this.#tailBytes = stored.tail.reduce((sum, { update }) => sum + update.byteLength, 0);
    this.#tailRows = stored.tail.length;
  }

  #recheckLater(doc: Y.Doc): void {
    this.#timer = setTimeout(async () => {
      try {
        const stored = await this.services.log.read(this.draftId);
        if (this.#closed) return;
        this.#load(stored, doc);
      } catch {
        // The log cannot be read at all now; the next attempt may.
      }
      if (this.#damage !== '') return this.#recheckLater(doc);
      const held = this.#held;
      this.#held = [];
      this.#heldBytes = 0;
      for (const { update, userId } of held) this.#append(update, userId);
      this.onProgress();
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
    this.onProgress();
    this.#foldIfDue();
  }

  onFailure(reason: string): void {
    this.#failure = reason;
    this.onProgress();
  }

  /** Folds when the tail outweighs the snapshot (SPEC CMP-1). */
  #foldIfDue(): void {
    const { foldBytes, foldRows } = this.services.limits;
    const heavy = this.#tailBytes > Math.max(this.#snapshotBytes, foldBytes);
    if (this.#folding || this.#closed || !(heavy || this.#tailRows > foldRows)) return;
    const [rows, bytes] = [this.#tailRows, this.#tailBytes];
    this.#folding = foldDraft(this.services.log, this.draftId, this.services.merge)
      .then((size) => {
        // Rows that were appended meanwhile stay in the tail; the sizes are estimates until the next opening.
        this.#tailRows -= rows;
        this.#tailBytes -= bytes;
        if (size === null) return;
        this.#snapshotBytes = size;
        this.services.events.folded(this.draftId, size);
      })
      .catch((error: unknown) => {
        this.services.events.failed(this.draftId, error instanceof Error ? error.message : String(error));
      })
      .finally(() => {
        this.#folding = null;
      });
  }

  /** Resolves when all that was taken is durable and no fold is under way; held updates are not waited for. */
  async flush(): Promise<void> {
    while (this.#durable < this.#position - this.#held.length) await this.services.commits.flush();
    await this.#folding;
  }

  close(): void {
    this.#closed = true;
    if (this.#timer) clearTimeout(this.#timer);
  }
}
