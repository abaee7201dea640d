import type { Database } from '../db/database.ts';

/** Milliseconds that visits wait for others, so that a hall that opens a draft at once is one write. */
const DELAY = 200;

/** Notes who opened which draft when, for everybody's recent drafts. */
export class Visits {
  readonly #waiting = new Map<string, { draftId: string; userId: string; at: string }>();
  #timer: NodeJS.Timeout | null = null;

  constructor(
    private readonly db: Database,
    private readonly onError: (error: unknown) => void,
  ) {}

  note(draftId: string, userId: string): void {
    this.#waiting.set(`${draftId} ${userId}`, { draftId, userId, at: new Date().toISOString() });
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      this.flush().catch(this.onError);
    }, DELAY);
  }

  /** Writes what waits. */
  async flush(): Promise<void> {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    const visits = [...this.#waiting.values()];
    this.#waiting.clear();
    if (visits.length === 0) return;
    await this.db
      .insertInto('draft_visit')
      .values(visits)
      .onConflict((conflict) =>
        conflict.columns(['draftId', 'userId']).doUpdateSet((eb) => ({ at: eb.ref('excluded.at') })),
      )
      .execute();
  }
}
