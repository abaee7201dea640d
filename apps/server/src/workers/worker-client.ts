import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type ResourceLimits, type TransferListItem, Worker } from 'node:worker_threads';
import type { Answer, Envelope } from './messages.ts';

const here = dirname(fileURLToPath(import.meta.url));

interface Waiting<Value> {
  resolve: (value: Value) => void;
  reject: (error: Error) => void;
}

/** A thread beside the event loop, started when it is first asked, and again after it died. */
export class WorkerClient<Request, Value> {
  #worker: Worker | null = null;
  #nextId = 1;
  readonly #waiting = new Map<number, Waiting<Value>>();

  /**
   * @param file name of the built thread, beside this one
   * @param data what the thread starts with
   * @param limits memory it may take; what it prints is then dropped as well, as libraries do that with files of strangers
   */
  constructor(
    private readonly file: string,
    private readonly data: unknown = null,
    private readonly limits: ResourceLimits | null = null,
  ) {}

  /**
   * Asks the thread; requests are answered in order.
   * @param transfer buffers that are handed over rather than copied
   * @throws what the thread threw, or that it ended
   */
  call(request: Request, transfer: readonly TransferListItem[] = []): Promise<Value> {
    const id = this.#nextId++;
    const worker = this.start();
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      const message: Envelope<Request> = { id, request };
      worker.postMessage(message, transfer);
    });
  }

  /** Starts the thread ahead of its first request. */
  start(): Worker {
    if (this.#worker) return this.#worker;
    const worker = new Worker(join(here, this.file), {
      workerData: this.data,
      ...(this.limits ? { resourceLimits: this.limits, stdout: true, stderr: true } : {}),
    });
    if (this.limits) for (const stream of [worker.stdout, worker.stderr]) stream.resume();
    worker.unref();
    worker.on('message', ({ id, value, error }: Answer<Value>) => {
      const waiting = this.#waiting.get(id);
      this.#waiting.delete(id);
      if (value !== undefined) waiting?.resolve(value);
      else waiting?.reject(new Error(error ?? `the thread ${this.file} gave no answer`));
    });
    worker.on('error', (error) =>
      this.#fail(worker, error instanceof Error ? error : new Error(String(error))),
    );
    worker.on('exit', () => this.#fail(worker, new Error(`the thread ${this.file} ended`)));
    this.#worker = worker;
    return worker;
  }

  /** A thread that died takes its requests along; the next one starts another. */
  #fail(worker: Worker, error: Error): void {
    if (this.#worker !== worker) return;
    this.#worker = null;
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }

  async close(): Promise<void> {
    await this.#worker?.terminate();
  }
}
