import { mergeThroughDocument, mergeUpdates } from '@zerodraft/sync';
import { mergeRequest } from './messages.ts';
import { serveRequests } from './worker-server.ts';

serveRequests((message) => {
  const request = mergeRequest.parse(message);
  return request.kind === 'whole' ? mergeThroughDocument(request.updates) : request.groups.map(mergeUpdates);
});
