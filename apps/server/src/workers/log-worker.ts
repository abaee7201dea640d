import { workerData } from 'node:worker_threads';
import { z } from 'zod';
import { LogWriter } from '../db/log-writer.ts';
import { logRequest } from './messages.ts';
import { serveRequests } from './worker-server.ts';

const writer = LogWriter.open(z.string().parse(workerData));

serveRequests((message) => {
  const request = logRequest.parse(message);
  if (request.kind === 'append') return writer.append(request.entries);
  return writer.fold(request.draftId, request.fold);
});
