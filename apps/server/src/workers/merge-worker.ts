import { mergeThroughDocument, mergeUpdates } from '@zerodraft/sync';
import type { MergeRequest } from './messages.ts';
import { serveRequests } from './worker-server.ts';

serveRequests((request: MergeRequest) =>
  request.kind === 'whole' ? [mergeThroughDocument(request.updates)] : request.groups.map(mergeUpdates),
);
