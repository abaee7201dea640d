import type { PublicSource } from '@zerodraft/contract';
import type { DraftLog } from '@zerodraft/sync';
import type { Footprint } from '@zerodraft/trace';
import type { Database } from '../db/database.ts';
import { readLogStates } from '../library/draft-links.ts';
import { readFootprint } from './read.ts';

/** What stands in place of a depositor's name: whoever put a proposal in a box agreed to be read by the participants. */
const BOX = 'Recommendations box';

/** Drafts that many read at once are kept as they were last read. */
const KEPT = 4;

interface Kept {
  state: string;
  footprint: Footprint;
  fromBox: ReadonlySet<string>;
}

/** The state of a process's library: another text for each. */
async function libraryState(db: Database, processId: string): Promise<string> {
  const { n, changed } = await db
    .selectFrom('recommendation')
    .select(({ fn }) => [fn.countAll<number>().as('n'), fn.max('changed').as('changed')])
    .where('processId', '=', processId)
    .executeTakeFirstOrThrow();
  return `${n} ${changed}`;
}

/** What a public link shows of where clauses come from. */
export class PublicTraces {
  readonly #kept = new Map<string, Kept>();

  constructor(
    private readonly db: Database,
    private readonly log: Pick<DraftLog, 'read' | 'history'>,
  ) {}

  async #read(draftId: string): Promise<Kept> {
    const { processId } = await this.db
      .selectFrom('draft')
      .select('processId')
      .where('id', '=', draftId)
      .executeTakeFirstOrThrow();
    // Before the document: what is written in between makes the state look old, and all is read once more.
    const logState = (await readLogStates(this.db, draftId)).get(draftId) ?? '';
    const state = `${logState} ${await libraryState(this.db, processId)}`;
    const known = this.#kept.get(draftId);
    if (known?.state === state) return known;
    const { footprint } = await readFootprint(this.db, this.log, {
      processId,
      draftId,
      notes: false,
      state: null,
    });
    const boxes = await this.db
      .selectFrom('recommendation')
      .innerJoin('source', 'source.id', 'recommendation.sourceId')
      .select('recommendation.id')
      .where('recommendation.processId', '=', processId)
      .where('source.kind', '=', 'box')
      .execute();
    const read = { state, footprint, fromBox: new Set(boxes.map(({ id }) => id)) };
    this.#kept.delete(draftId);
    this.#kept.set(draftId, read);
    for (const oldest of this.#kept.keys()) if (this.#kept.size > KEPT) this.#kept.delete(oldest);
    return read;
  }

  /** How many recommendations each clause is linked to; clauses of none are left out. */
  async counts(draftId: string): Promise<Map<string, number>> {
    const { footprint } = await this.#read(draftId);
    return new Map(
      footprint.byClause.flatMap(({ clause, sources, contrary }): [string, number][] => {
        const n = sources.length + contrary.length;
        return n === 0 ? [] : [[clause.id, n]];
      }),
    );
  }

  /** What a clause comes from; null when there is no such clause. */
  async sources(draftId: string, clauseId: string): Promise<PublicSource[] | null> {
    const { footprint, fromBox } = await this.#read(draftId);
    const found = footprint.byClause.find(({ clause }) => clause.id === clauseId);
    if (!found) return null;
    const outcomes = new Map(
      footprint.byRecommendation.map(({ recommendation, outcome }) => [recommendation.id, outcome]),
    );
    return [...found.sources, ...found.contrary].map(({ recommendation, relation }) => ({
      reference: recommendation.reference,
      title: recommendation.title,
      text: recommendation.text,
      source: fromBox.has(recommendation.id) ? BOX : recommendation.source,
      relation,
      outcome: outcomes.get(recommendation.id) ?? 'open',
    }));
  }
}
