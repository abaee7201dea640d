import { parentPort } from 'node:worker_threads';
import { mergeThroughDocument } from '@zerodraft/sync';
import { mergeRequest } from './merge-messages.ts';

/** Runs in a thread of its own: merges what the server sends it, one request after another. */
parentPort?.on('message', (message: unknown) => {
  const { id, updates } = mergeRequest.parse(message);
  try {
    parentPort?.postMessage({ id, merged: mergeThroughDocument(updates) });
  } catch (error) {
    parentPort?.postMessage({ id, error: error instanceof Error ? error.message : String(error) });
  }
});
