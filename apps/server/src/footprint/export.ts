import { type FootprintFile, writeFootprint } from '@zerodraft/formats/footprint';
import type { DraftLog } from '@zerodraft/sync';
import type { Database } from '../db/database.ts';
import type { FootprintExport } from '../workers/messages.ts';
import { readFootprint } from './read.ts';

/** A draft's footprint as a file; null when the organisation proposed nothing. */
export async function exportFootprint(
  db: Database,
  log: Pick<DraftLog, 'read' | 'history'>,
  { processId, draftId, address, at, query }: FootprintExport,
): Promise<FootprintFile | null> {
  // What is written to an organisation leaves the house, whoever asked for it.
  const notes = query.notes && query.view !== 'organisation';
  const { name, illustrative } = await db
    .selectFrom('process')
    .select(['name', 'illustrative'])
    .where('id', '=', processId)
    .executeTakeFirstOrThrow();
  const { title } = await db
    .selectFrom('draft')
    .select('title')
    .where('id', '=', draftId)
    .executeTakeFirstOrThrow();
  const { footprint, makers } = await readFootprint(db, log, { processId, draftId, notes });
  return writeFootprint(
    footprint,
    { ...query, organisation: query.organisation ?? null, notes },
    { process: name, draft: title, illustrative: illustrative === 1, at },
    { processId, draftId, address, makers },
  );
}
