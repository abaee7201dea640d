import type { ClauseSuggestion, Suggestion } from '@zerodraft/contract';
import type { ClauseAsked, RecommendationAsked } from '../library/suggest/suggester.ts';
import type { SuggestAnswer, SuggestRequest } from './messages.ts';
import { WorkerClient } from './worker-client.ts';

const wrong = (): Error => new Error('the thread that suggests links answered something else');

/** Finds likely links in a thread with a connection of its own: indexing a library holds up nobody's typing or search. */
export class SuggestClient {
  readonly #worker: WorkerClient<SuggestRequest, SuggestAnswer>;

  /**
   * @param file the database
   * @param model folder of a sentence model; null without one
   */
  constructor(file: string, model: string | null) {
    this.#worker = new WorkerClient('suggest-worker.js', { file, model });
  }

  async recommendations(asked: ClauseAsked): Promise<Suggestion[]> {
    const { recommendations } = await this.#worker.call({ kind: 'recommendations', ...asked });
    if (!recommendations) throw wrong();
    return recommendations;
  }

  /** Null when there is no such recommendation, or it was merged or deleted. */
  async clauses(asked: RecommendationAsked): Promise<ClauseSuggestion[] | null> {
    const { clauses } = await this.#worker.call({ kind: 'clauses', ...asked });
    if (clauses === undefined) throw wrong();
    return clauses;
  }

  /** Why the model that is configured is not used; null when it is, or there is none. */
  async modelProblem(): Promise<string | null> {
    return (await this.#worker.call({ kind: 'model' })).problem ?? null;
  }

  close(): Promise<void> {
    return this.#worker.close();
  }
}
