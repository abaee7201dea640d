import { workerData } from 'node:worker_threads';
import type { FootprintFile } from '@zerodraft/formats/footprint';
import { readDatabase } from '../db/database.ts';
import { sqlLogReader } from '../db/draft-log.ts';
import { exportFootprint } from '../footprint/export.ts';
import type { FootprintExport } from './messages.ts';
import { serveRequests } from './worker-server.ts';

const db = readDatabase(String(workerData));
const log = sqlLogReader(db);

serveRequests(
  async (request: FootprintExport): Promise<{ file: FootprintFile | null }> => ({
    file: await exportFootprint(db, log, request),
  }),
);
