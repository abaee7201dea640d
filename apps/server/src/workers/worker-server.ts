import { parentPort } from 'node:worker_threads';
import type { Answer, Envelope } from './messages.ts';

/** Answers a `WorkerClient`'s requests, one after another; what `handle` throws becomes the request's error. */
export function serveRequests<Request, Value>(handle: (request: Request) => Value | Promise<Value>): void {
  const port = parentPort;
  let last = Promise.resolve();
  const answer = async ({ id, request }: Envelope<Request>): Promise<void> => {
    let message: Answer<Value>;
    try {
      message = { id, value: await handle(request) };
    } catch (error) {
      message = { id, error: error instanceof Error ? error.message : String(error) };
    }
    port?.postMessage(message);
  };
  port?.on('message', (envelope: Envelope<Request>) => {
    last = last.then(() => answer(envelope));
  });
}
