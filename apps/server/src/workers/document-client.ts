import type { DocumentAnswer, DocumentRequest } from './messages.ts';
import { WorkerClient } from './worker-client.ts';

/** Bytes by which the whole process may grow over one document: what the thread's own bound does not count. */
const GROWTH = 768 * 1024 * 1024;
const HEAP_MB = 512;
const WATCH_EVERY = 50;

/** Reads documents in a thread that is ended when one takes too long or too much: a hostile file costs only itself. */
export class DocumentClient {
  readonly #worker = new WorkerClient<DocumentRequest, DocumentAnswer>('document-worker.js', null, {
    maxOldGenerationSizeMb: HEAP_MB,
  });

  /** @param time milliseconds that one document may take */
  constructor(private readonly time: number) {}

  /** @throws when the thread ended over it, for whatever reason */
  async read(bytes: Uint8Array<ArrayBuffer>, name: string): Promise<DocumentAnswer> {
    const before = process.memoryUsage.rss();
    const deadline = Date.now() + this.time;
    let why = '';
    const watch = setInterval(() => {
      if (process.memoryUsage.rss() - before > GROWTH) why = 'memory';
      else if (Date.now() > deadline) why = 'time';
      if (why !== '') void this.#worker.close();
    }, WATCH_EVERY);
    try {
      return await this.#worker.call({ bytes, name }, [bytes.buffer]);
    } catch (error) {
      const problem =
        why === 'time'
          ? `${name} takes too long to read. Save its text as a new file and upload that.`
          : `${name} takes too much memory to read. Save its text as a new file and upload that.`;
      if (why !== '' || isOutOfMemory(error)) return { problem, noText: false, format: null };
      throw error;
    } finally {
      clearInterval(watch);
    }
  }

  close(): Promise<void> {
    return this.#worker.close();
  }
}

function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
}
