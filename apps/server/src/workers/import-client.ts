import type { ImportReport, LibraryImportReport } from '@zerodraft/contract';
import type { ImportPlace, ImportRefusal } from '../library/import-form.ts';
import type { ImportAnswer, ImportRequest } from './messages.ts';
import { WorkerClient } from './worker-client.ts';

/** Memory that reading a file may take: a workbook takes many times its size. */
const HEAP_MB = 1_536;
const TOO_MUCH: ImportRefusal = {
  status: 422,
  code: 'unreadable-file',
  error: 'The file takes too much memory to read. Split it and import the parts.',
};

/** A form with a file as it was sent. */
export interface SentForm {
  body: Uint8Array<ArrayBuffer>;
  /** Content type, with what parts the form. */
  type: string;
}

/** Imports files in a thread with a connection of its own, one after the other: nobody's typing waits for one. */
export class ImportClient {
  readonly #worker: WorkerClient<ImportRequest, ImportAnswer>;
  #last: Promise<unknown> = Promise.resolve();

  /** @param file the database */
  constructor(file: string) {
    this.#worker = new WorkerClient('import-worker.js', file, { maxOldGenerationSizeMb: HEAP_MB });
  }

  async sheet(place: ImportPlace, form: SentForm): Promise<ImportReport | ImportRefusal> {
    const { sheet, refusal } = await this.#call('sheet', place, form);
    if (sheet) return sheet;
    return refusal ?? TOO_MUCH;
  }

  async library(place: ImportPlace, form: SentForm): Promise<LibraryImportReport | ImportRefusal> {
    const { library, refusal } = await this.#call('library', place, form);
    if (library) return library;
    return refusal ?? TOO_MUCH;
  }

  #call(kind: ImportRequest['kind'], place: ImportPlace, { body, type }: SentForm): Promise<ImportAnswer> {
    const answer = this.#last.then(async () => {
      try {
        return await this.#worker.call({ kind, place, body, type }, [body.buffer]);
      } catch (error) {
        if (isOutOfMemory(error)) return { refusal: TOO_MUCH };
        throw error;
      } finally {
        // Idle, the thread would hold on to what a large file took.
        await this.#worker.close();
      }
    });
    this.#last = answer.catch(() => undefined);
    return answer;
  }

  close(): Promise<void> {
    return this.#worker.close();
  }
}

function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
}
