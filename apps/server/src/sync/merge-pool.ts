import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { type Merge, mergeThroughDocument } from '@zerodraft/sync';
import { mergeAnswer } from './merge-messages.ts';

/** Bytes below which a merge is quicker here than on its way to a thread and back. */
const SMALL = 128 * 1024;
const WORKER = join(dirname(fileURLToPath(import.meta.url)), 'merge-worker.js');

interface Waiting {
  resolve: (merged: Uint8Array) => void;
  reject: (error: Error) => void;
}

/** Merges big logs in a thread, so that nobody's typing waits for it (SPEC CMP-4). */
export class MergePool {
  #worker: Worker | null = null;
  #nextId = 1;
  readonly #waiting = new Map<number, Waiting>();

  readonly merge: Merge = async (updates) => {
    const size = updates.reduce((sum, update) => sum + update.byteLength, 0);
    if (size < SMALL) return mergeThroughDocument(updates);
    const id = this.#nextId++;
    const worker = this.#start();
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      worker.postMessage({ id, updates });
    });
  };

  #start(): Worker {
    if (this.#worker) return this.#worker;
    const worker = new Worker(WORKER);
    worker.unref();
    worker.on('message', (message: unknown) => {
      const { id, merged, error } = mergeAnswer.parse(message);
      const waiting = this.#waiting.get(id);
      this.#waiting.delete(id);
      if (merged) waiting?.resolve(merged);
      else waiting?.reject(new Error(error ?? 'the merge gave nothing'));
    });
    worker.on('error', (error) => this.#fail(error instanceof Error ? error : new Error(String(error))));
    worker.on('exit', () => this.#fail(new Error('the merge thread ended')));
    this.#worker = worker;
    return worker;
  }

  /** A thread that died takes its merges along; the log is as it was, and the next merge starts another. */
  #fail(error: Error): void {
    this.#worker = null;
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }

  async close(): Promise<void> {
    await this.#worker?.terminate();
  }
}
