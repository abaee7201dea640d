import type { DraftLog, HistoryEntry, LogRow } from './interfaces.ts';

interface Kept {
  generation: number;
  snapshot: Uint8Array | null;
  snapshotIntact: boolean;
  complete: boolean;
  tail: LogRow[];
  history: HistoryEntry[];
}

/** A log that lives as long as its process: for tests of rooms, and for drafts nobody needs to keep. */
export class MemoryLog implements DraftLog {
  readonly #drafts = new Map<string, Kept>();
  #nextId = 1;

  /** Begins a draft, or a new generation of one. */
  create(draftId: string, generation = 1): void {
    this.#drafts.set(draftId, {
      generation,
      snapshot: null,
      snapshotIntact: true,
      complete: true,
      tail: [],
      history: [],
    });
  }

  /** Takes a draft away, as a storage that lost it. */
  remove(draftId: string): void {
    this.#drafts.delete(draftId);
  }

  /** Takes one row out of a tail, as a repair does. */
  async drop(draftId: string, row: number): Promise<void> {
    const draft = this.#draft(draftId);
    draft.tail = draft.tail.filter(({ id }) => id !== row);
    draft.complete = false;
  }

  /** Spoils the newest row, or the snapshot when there is none, as a failing disk does. */
  async corrupt(draftId: string): Promise<void> {
    const draft = this.#draft(draftId);
    const row = draft.tail.at(-1);
    if (row) Object.assign(row, { update: Uint8Array.of(9, 9, 9, 255), intact: false });
    else draft.snapshotIntact = false;
  }

  #draft(draftId: string): Kept {
    const draft = this.#drafts.get(draftId);
    if (draft === undefined) throw new Error(`There is no draft ${draftId}.`);
    return draft;
  }

  async read(draftId: string) {
    const { generation, snapshot, snapshotIntact, complete, tail } = this.#draft(draftId);
    return { generation, snapshot, snapshotIntact, complete, tail: [...tail] };
  }

  async append(entries: Parameters<DraftLog['append']>[0]): Promise<void> {
    const createdAt = new Date().toISOString();
    const drafts = entries.map(({ draftId }) => this.#draft(draftId));
    for (const [index, { generation, update, userId }] of entries.entries()) {
      const draft = drafts[index];
      if (draft?.generation === generation)
        draft.tail.push({ id: this.#nextId++, update, userId, createdAt, intact: true });
    }
  }

  async fold(draftId: string, fold: Parameters<DraftLog['fold']>[1]): Promise<boolean> {
    const draft = this.#draft(draftId);
    const rows = new Set(fold.rows);
    const rest = draft.tail.filter(({ id }) => !rows.has(id));
    if (draft.generation !== fold.generation || draft.tail.length - rest.length !== rows.size) return false;
    draft.tail = rest;
    draft.snapshot = fold.snapshot;
    draft.history.push(...fold.history);
    return true;
  }

  async history(draftId: string): Promise<HistoryEntry[]> {
    return [...this.#draft(draftId).history];
  }
}
