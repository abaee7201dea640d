import type { FootprintFile } from '@zerodraft/formats/footprint';
import type { FootprintExport } from './messages.ts';
import { WorkerClient } from './worker-client.ts';

/** Makes files of footprints in a thread of its own: a long one holds up neither typing nor what else reads drafts. */
export class FootprintClient {
  readonly #worker: WorkerClient<FootprintExport, { file: FootprintFile | null }>;

  /** @param file the database */
  constructor(file: string) {
    this.#worker = new WorkerClient('footprint-worker.js', file);
  }

  /** A footprint as a file; null when the organisation proposed nothing. */
  async file(request: FootprintExport): Promise<FootprintFile | null> {
    return (await this.#worker.call(request)).file;
  }

  close(): Promise<void> {
    return this.#worker.close();
  }
}
