import { workerData } from 'node:worker_threads';
import { readDatabase } from '../db/database.ts';
import { exportLibrary } from '../library/export.ts';
import { FtsSearch } from '../library/search/fts-search.ts';
import { SourceSearch } from '../sources/search.ts';
import type { LibraryAnswer, LibraryRequest } from './messages.ts';
import { serveRequests } from './worker-server.ts';

const db = readDatabase(String(workerData));
const search = new FtsSearch(db);
const sources = new SourceSearch(db);

serveRequests(async (asked: LibraryRequest): Promise<LibraryAnswer> => {
  switch (asked.kind) {
    case 'search':
      return { page: await search.search(asked, asked.request) };
    case 'selection':
      return { selection: await search.selection(asked, asked.request) };
    case 'facets':
      return { facets: await search.facets(asked, asked.request) };
    case 'sources':
      return { hits: await sources.search(asked.processId, asked.request) };
    case 'export':
      return { file: await exportLibrary(db, asked.processId, asked.format) };
  }
});
