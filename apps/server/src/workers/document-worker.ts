import { DocumentError } from '@zerodraft/formats';
import { readDocument } from '@zerodraft/formats/documents';
import type { DocumentAnswer, DocumentRequest } from './messages.ts';
import { serveRequests } from './worker-server.ts';

serveRequests(async ({ bytes, name }: DocumentRequest): Promise<DocumentAnswer> => {
  try {
    return { document: await readDocument(bytes, name) };
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error;
    return { problem: error.message, noText: error.code === 'no-text', format: error.format };
  }
});
