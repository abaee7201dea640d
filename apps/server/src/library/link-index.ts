import type { DraftLog, LogEntry } from '@zerodraft/sync';
import type { Database } from '../db/database.ts';
import type { Logger } from '../logger.ts';
import type { DraftReader } from '../workers/read-client.ts';
import { readLogStates } from './draft-links.ts';
import { keepLinks } from './keep-links.ts';

/** Milliseconds that changes of one draft wait for others. */
const DELAY = 300;
const RETRY = 5_000;

/**
 * Keeps the table of what is linked to what in which draft. The documents alone say it; the table is read from them by a
 * thread, after the commit that may have changed it, and at the start where the log has moved on.
 */
export class LinkIndex {
  /** Drafts whose next commit may change their links. */
  readonly #marked = new Set<string>();
  readonly #due = new Set<string>();
  #timer: NodeJS.Timeout | null = null;
  #running: Promise<void> = Promise.resolve();
  #stopped = false;

  /** @param onChange hears which draft's links are others now */
  constructor(
    private readonly db: Database,
    private readonly reader: Pick<DraftReader, 'links'>,
    private readonly logger: Logger,
    private readonly onChange: (draftId: string) => Promise<void>,
  ) {}

  /** Says that what a draft's next commit holds may link clauses. */
  mark(draftId: string): void {
    this.#marked.add(draftId);
  }

  /** The log, with an ear for what it commits. */
  listen(log: DraftLog): DraftLog {
    return {
      ...log,
      append: async (entries: readonly LogEntry[]) => {
        const marked = [...new Set(entries.map(({ draftId }) => draftId))].filter((id) =>
          this.#marked.delete(id),
        );
        try {
          await log.append(entries);
        } catch (error) {
          for (const id of marked) this.#marked.add(id);
          throw error;
        }
        for (const id of marked) this.due(id);
      },
    };
  }

  /** Reads a draft's links soon. */
  due(draftId: string): void {
    this.#due.add(draftId);
    this.#schedule(DELAY);
  }

  /** Reads the links of every draft whose log has moved on since. */
  async start(): Promise<void> {
    const states = await readLogStates(this.db, null);
    const known = await this.db.selectFrom('draft_links').select(['draftId', 'state']).execute();
    for (const { draftId, state } of known) if (states.get(draftId) === state) states.delete(draftId);
    for (const draftId of states.keys()) this.#due.add(draftId);
    if (this.#due.size > 0) this.#schedule(0);
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    if (this.#timer) clearTimeout(this.#timer);
    await this.#running;
  }

  #schedule(delay: number): void {
    if (this.#timer || this.#stopped) return;
    this.#timer = setTimeout(() => {
      this.#running = this.#read();
    }, delay);
    this.#timer.unref();
  }

  async #read(): Promise<void> {
    let delay = DELAY;
    for (const draftId of [...this.#due]) {
      if (this.#stopped) break;
      this.#due.delete(draftId);
      try {
        if (await this.#keep(draftId)) await this.onChange(draftId);
      } catch (error) {
        this.#due.add(draftId);
        delay = RETRY;
        if (!this.#stopped) this.logger.error({ err: error, draftId }, 'links were not read');
      }
    }
    this.#timer = null;
    if (this.#due.size > 0) this.#schedule(delay);
  }

  /** @returns whether the links are others than before */
  async #keep(draftId: string): Promise<boolean> {
    const found = await this.reader.links(draftId);
    return this.db.transaction().execute((trx) => keepLinks(trx, draftId, found));
  }
}
