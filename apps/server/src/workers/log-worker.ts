import { workerData } from 'node:worker_threads';
import { LogWriter } from '../db/log-writer.ts';
import type { LogRequest } from './messages.ts';
import { serveRequests } from './worker-server.ts';

const writer = LogWriter.open(String(workerData));

serveRequests((request: LogRequest): boolean => {
  if (request.kind === 'fold') return writer.fold(request.draftId, request.fold);
  writer.append(request.entries);
  return true;
});
