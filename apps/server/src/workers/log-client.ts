import type { DraftLog, Fold, LogEntry } from '@zerodraft/sync';
import type { LogRequest } from './messages.ts';
import { WorkerClient } from './worker-client.ts';

/** What writes the log; reading it needs no thread. */
export type LogWriting = Pick<DraftLog, 'append' | 'fold'>;

/** Writes the log in a thread: while the disk takes a commit, everybody's typing goes on being sent around (SPEC DUR-3). */
export class LogClient implements LogWriting {
  readonly #worker: WorkerClient;

  /** @param file the database */
  constructor(file: string) {
    this.#worker = new WorkerClient('log-worker.js', file);
  }

  async append(entries: readonly LogEntry[]): Promise<void> {
    const request: LogRequest = { kind: 'append', entries: [...entries] };
    await this.#worker.call(request);
  }

  async fold(draftId: string, { generation, snapshot, rows, history }: Fold): Promise<boolean> {
    const fold = { generation, snapshot, rows: [...rows], history: [...history] };
    const request: LogRequest = { kind: 'fold', draftId, fold };
    return (await this.#worker.call(request)) === true;
  }

  close(): Promise<void> {
    return this.#worker.close();
  }
}
