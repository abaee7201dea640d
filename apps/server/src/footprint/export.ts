import { type FootprintFile, writeFootprint } from '@zerodraft/formats/footprint';
import type { DraftLog } from '@zerodraft/sync';
import type { Database } from '../db/database.ts';
import { findVersion, readState } from '../versions/repository.ts';
import type { FootprintExport } from '../workers/messages.ts';
import { readFootprint } from './read.ts';

/**
 * A draft's footprint as a file; null when the organisation proposed nothing.
 * @throws when there is no such version
 */
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
  const version = query.version === undefined ? null : await findVersion(db, draftId, query.version);
  const state = version && (await readState(db, draftId, version.id));
  if (query.version !== undefined && (!version || !state)) throw new Error('There is no such version.');
  const { footprint, makers } = await readFootprint(db, log, { processId, draftId, notes, state });
  return writeFootprint(
    footprint,
    { ...query, organisation: query.organisation ?? null, notes },
    {
      process: name,
      draft: title,
      illustrative: illustrative === 1,
      at: version?.createdAt ?? at,
      version: version?.name ?? null,
      madeAt: at,
    },
    { processId, draftId, address, makers },
  );
}
