import type { DraftLog, Fold, LogEntry } from '@zerodraft/sync';
import type { LogRequest } from './messages.ts';
import { WorkerClient } from './worker-client.ts';

/** What writes the log; reading it needs no thread. */
export type LogWriting = Pick<DraftLog, 'append' | 'fold'>;

/** Writes the log in a thread: while the disk takes a commit, everybody's typing goes on being sent around (SPEC DUR-3). */
export class LogClient implements LogWriting {
  readonly #worker: WorkerClient<LogRequest, boolean>;

  /** @param file the database */
  constructor(file: string) {
    this.#worker = new WorkerClient('log-worker.js', file);
    this.#worker.start();
  }

  async append(entries: readonly LogEntry[]): Promise<void> {
    await this.#worker.call({ kind: 'append', entries });
  }

  fold(draftId: string, fold: Fold): Promise<boolean> {
    return this.#worker.call({ kind: 'fold', draftId, fold });
  }

  close(): Promise<void> {
    return this.#worker.close();
  }
}
