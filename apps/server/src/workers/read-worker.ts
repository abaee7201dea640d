import { workerData } from 'node:worker_threads';
import * as Y from 'yjs';
import { readDatabase } from '../db/database.ts';
import { sqlLogReader } from '../db/draft-log.ts';
import { readDocument } from '../drafts/new-text.ts';
import { PublicTraces } from '../footprint/public-trace.ts';
import { readDraftLinks } from '../library/draft-links.ts';
import { threadSheet } from '../threads/export.ts';
import { exportFile } from '../threads/export-file.ts';
import { readPlaces } from '../threads/places.ts';
import { checkDraft } from '../trace/check.ts';
import type { DraftLinks, Findings, Places, PublicTrace, ReadRequest, Restored } from './messages.ts';
import { serveRequests } from './worker-server.ts';

const db = readDatabase(String(workerData));
const log = sqlLogReader(db);
const traces = new PublicTraces(db, log);

type Answer = Uint8Array | Places[] | DraftLinks | Findings | PublicTrace | Restored;

serveRequests(async (request: ReadRequest): Promise<Answer> => {
  // The server may be about to renew the index: only the command line compares it.
  if (request.kind === 'check') return { findings: await checkDraft(db, log, request.place, false) };
  if (request.kind === 'trace') {
    const { draftId, clauseId } = request;
    return clauseId === null
      ? { counts: await traces.counts(draftId), sources: null }
      : { counts: new Map(), sources: await traces.sources(draftId, clauseId) };
  }
  if (request.kind === 'links') return readDraftLinks(db, log, request.draftId);
  if (request.kind === 'state') return Y.encodeStateAsUpdate(await readDocument(log, request.draftId));
  if (request.kind === 'restore') {
    // The editor's schema, which writes text anew, is loaded when it is first needed.
    const { makeRestoration } = await import('../versions/restore.ts');
    return makeRestoration(db, log, request.draftId, request.versionId);
  }
  if (request.kind === 'sheet') {
    const { processId, draftId, userId, audience, format } = request;
    const doc = await readDocument(log, draftId);
    return exportFile(
      await threadSheet(db, { processId, draftId }, userId, doc, audience),
      format,
      'Comments',
    );
  }
  return readPlaces(log, request.drafts);
});
