import { numberBlocks, readBlocks } from '@zerodraft/schema';
import type { DraftLog } from '@zerodraft/sync';
import { ClauseIndex } from '@zerodraft/trace/suggest';
import type { Database } from '../../db/database.ts';
import { readDocument } from '../../drafts/new-text.ts';
import { readLogStates } from '../draft-links.ts';

/** Drafts held in memory at once. */
const MAX_DRAFTS = 16;
/** Milliseconds that a draft's clauses may be behind while it is typed in: reading a long one takes as long as many suggestions. */
const MAX_AGE = 3_000;

interface SuggestedDraft {
  clauses: ClauseIndex;
  citations: ReadonlyMap<string, string>;
}

interface Held extends SuggestedDraft {
  /** Of the log it was read from. */
  state: string;
  readAt: number;
}

/** The clauses of drafts, read from their logs. */
export class SuggestedDrafts {
  readonly #drafts = new Map<string, Held>();

  constructor(
    private readonly db: Database,
    private readonly log: Pick<DraftLog, 'read'>,
  ) {}

  /** @param clauseId a clause that was just made may be asked for: the draft is then read at once */
  async read(draftId: string, clauseId: string | null = null): Promise<SuggestedDraft> {
    // Before the document: what is written in between makes the state look old, and the draft is read once more.
    const state = (await readLogStates(this.db, draftId)).get(draftId) ?? '';
    const known = this.#drafts.get(draftId);
    this.#drafts.delete(draftId);
    const isNew = clauseId !== null && known?.clauses.placeOf(clauseId) === undefined;
    const fresh =
      known !== undefined &&
      (known.state === state || (!isNew && performance.now() - known.readAt < MAX_AGE));
    const held = fresh ? known : await this.#read(draftId, state);
    // The one that was asked for last stands last; the first is let go.
    this.#drafts.set(draftId, held);
    const [oldest] = this.#drafts.keys();
    if (oldest !== undefined && this.#drafts.size > MAX_DRAFTS) this.#drafts.delete(oldest);
    return held;
  }

  async #read(draftId: string, state: string): Promise<Held> {
    const doc = await readDocument(this.log, draftId);
    const blocks = readBlocks(doc);
    doc.destroy();
    const numbers = numberBlocks(blocks.map(({ kind }) => kind));
    const citations = new Map(blocks.map(({ id }, at) => [id, numbers[at]?.citation ?? '']));
    return { clauses: new ClauseIndex(blocks), citations, state, readAt: performance.now() };
  }
}
