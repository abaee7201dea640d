import { parentPort } from 'node:worker_threads';
import type { Answer, Envelope } from './messages.ts';

/** Answers a `WorkerClient`'s requests, one after another; what `handle` throws becomes the request's error. */
export function serveRequests<Request, Value>(handle: (request: Request) => Value): void {
  const port = parentPort;
  port?.on('message', ({ id, request }: Envelope<Request>) => {
    let answer: Answer<Value>;
    try {
      answer = { id, value: handle(request) };
    } catch (error) {
      answer = { id, error: error instanceof Error ? error.message : String(error) };
    }
    port.postMessage(answer);
  });
}
