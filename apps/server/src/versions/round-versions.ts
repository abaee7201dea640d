import { randomUUID } from 'node:crypto';
import { record, SERVER } from '../audit/record.ts';
import type { Database } from '../db/database.ts';
import type { Logger } from '../logger.ts';
import type { DraftReader } from '../workers/read-client.ts';
import { keepVersion } from './repository.ts';

/** Milliseconds between two looks at most: the clock may be set, and another process may change a round. */
const INTERVAL = 60_000;
const LAST = '9999';

type Settle = (draftId: string) => Promise<void>;
type Tell = (draftId: string) => Promise<void>;

/**
 * Keeps a version of each draft of a process when a round opens and when it closes. What was seen last stands with the
 * round, so that what happened while the server was down is made up for: nobody wrote meanwhile.
 */
export class RoundVersions {
  #timer: NodeJS.Timeout | null = null;
  #running: Promise<void> = Promise.resolve();
  #stopped = false;

  /**
   * @param settle resolves when all that a draft has taken is in its log
   * @param tell has who has a draft open ask for its versions anew
   */
  constructor(
    private readonly db: Database,
    private readonly reader: Pick<DraftReader, 'state'>,
    private readonly logger: Logger,
    private readonly settle: Settle,
    private readonly tell: Tell,
  ) {}

  /** Looks now, and from then on whenever a round opens or closes. */
  start(): Promise<void> {
    return this.look();
  }

  /** To be called when a round has changed. Resolves when the versions are kept. */
  look(): Promise<void> {
    this.#running = this.#running.then(async () => {
      if (this.#stopped) return;
      try {
        await this.#keep();
      } catch (error) {
        this.logger.error({ err: error }, 'versions of a round were not kept');
      }
      await this.#schedule();
    });
    return this.#running;
  }

  async #schedule(): Promise<void> {
    if (this.#timer) clearTimeout(this.#timer);
    const now = Date.now();
    const rounds = await this.db.selectFrom('round').select(['opensAt', 'closesAt']).execute();
    const next = rounds
      .flatMap(({ opensAt, closesAt }) => [opensAt, closesAt])
      .flatMap((at) => (at === null ? [] : [Date.parse(at) - now]))
      .filter((wait) => wait > 0);
    if (this.#stopped) return;
    this.#timer = setTimeout(() => void this.look(), Math.min(INTERVAL, ...next) + 1);
    this.#timer.unref();
  }

  async #keep(): Promise<void> {
    const now = new Date().toISOString();
    const rounds = await this.db
      .selectFrom('round')
      .innerJoin('process', 'process.id', 'round.processId')
      .select(['round.id', 'round.name', 'round.processId', 'round.opensAt', 'round.closesAt'])
      .select(['round.seenOpen', 'process.state'])
      .execute();
    for (const { id, name, processId, opensAt, closesAt, seenOpen, state } of rounds) {
      const open = (opensAt ?? '') <= now && now < (closesAt ?? LAST);
      if (open === (seenOpen === 1)) continue;
      await this.#keepOf({ id, name, processId }, open, state === 'active');
    }
  }

  async #keepOf(
    { id, name, processId }: { id: string; name: string; processId: string },
    open: boolean,
    active: boolean,
  ): Promise<void> {
    const drafts = active
      ? await this.db
          .selectFrom('draft')
          .select('id')
          .where('processId', '=', processId)
          .where('state', '=', 'active')
          .execute()
      : [];
    const states: { draftId: string; state: Uint8Array }[] = [];
    for (const { id: draftId } of drafts) {
      await this.settle(draftId);
      states.push({ draftId, state: await this.reader.state(draftId) });
    }
    const told = `${name}: ${open ? 'opened' : 'closed'}`.slice(0, 200);
    await this.db.transaction().execute(async (trx) => {
      await trx
        .updateTable('round')
        .set({ seenOpen: open ? 1 : 0 })
        .where('id', '=', id)
        .execute();
      for (const { draftId, state } of states) {
        const versionId = randomUUID();
        const kind = open ? 'round-opened' : 'round-closed';
        const version = { id: versionId, draftId, name: told, note: '', kind, createdBy: null } as const;
        await keepVersion(trx, { ...version, round: { id, name } }, state);
        await record(trx, SERVER, {
          action: 'version.create',
          objectKind: 'version',
          objectId: versionId,
          processId,
          details: { draft: draftId, name: told },
        });
      }
    });
    for (const { draftId } of states) await this.tell(draftId);
  }

  /** Resolves when what is being kept is kept. */
  async stop(): Promise<void> {
    this.#stopped = true;
    if (this.#timer) clearTimeout(this.#timer);
    await this.#running;
  }
}
