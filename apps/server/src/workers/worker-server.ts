import { parentPort } from 'node:worker_threads';
import type { Answer, Envelope } from './messages.ts';

/** Answers a `WorkerClient`'s requests, one after another; what `handle` throws becomes the request's error. */
export function serveRequests<Request, Value>(handle: (request: Request) => Value | Promise<Value>): void {
  const port = parentPort;
  let before = Promise.resolve();
  const serve = async ({ id, request }: Envelope<Request>): Promise<void> => {
    let answer: Answer<Value>;
    try {
      answer = { id, value: await handle(request) };
    } catch (error) {
      answer = { id, error: error instanceof Error ? error.message : String(error) };
    }
    port?.postMessage(answer);
  };
  port?.on('message', (message: Envelope<Request>) => {
    before = before.then(() => serve(message));
  });
}
