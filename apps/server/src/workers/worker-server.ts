import { parentPort } from 'node:worker_threads';
import { envelope } from './messages.ts';

/** Answers a `WorkerClient`'s requests, one after another; what `handle` throws becomes the request's error. */
export function serveRequests(handle: (request: unknown) => unknown): void {
  parentPort?.on('message', (message: unknown) => {
    const { id, request } = envelope.parse(message);
    try {
      parentPort?.postMessage({ id, value: handle(request) });
    } catch (error) {
      parentPort?.postMessage({ id, error: error instanceof Error ? error.message : String(error) });
    }
  });
}
