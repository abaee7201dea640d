import { workerData } from 'node:worker_threads';
import { writeDatabase } from '../db/database.ts';
import { importLibraryFile, importSheet } from '../library/import-form.ts';
import type { ImportAnswer, ImportRequest } from './messages.ts';
import { serveRequests } from './worker-server.ts';

const db = writeDatabase(String(workerData));

serveRequests(async ({ kind, place, body, type }: ImportRequest): Promise<ImportAnswer> => {
  const sent = new Response(body, { headers: { 'content-type': type } });
  // What is no form holds no file, and is told so.
  const form = await sent.formData().catch(() => new FormData());
  const report =
    kind === 'sheet' ? await importSheet(db, place, form) : await importLibraryFile(db, place, form);
  if ('status' in report) return { refusal: report };
  return 'headers' in report ? { sheet: report } : { library: report };
});
