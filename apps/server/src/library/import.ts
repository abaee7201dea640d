import type { LibraryImportReport } from '@zerodraft/contract';
import type { LibraryFile } from '@zerodraft/formats';
import { TAXONOMIES } from '@zerodraft/trace';
import { sql } from 'kysely';
import type { Database } from '../db/database.ts';
import { addTerms, replaceTerms } from '../taxonomies/labels.ts';
import { setGoneAside } from './gone.ts';
import { upsertRecommendations } from './upsert.ts';

/** Undoes what a rehearsal did. */
export class Rehearsed extends Error {
  constructor(readonly report: LibraryImportReport) {
    super('rehearsed');
  }
}

/** Whether anything of a process is sorted by its terms, or was. */
async function hasTerms(db: Database, processId: string): Promise<boolean> {
  const { rows } = await sql<{ any: number }>`
    select exists (select 1 from recommendation where processId = ${processId})
      or exists (select 1 from source_term join source on source.id = sourceId where processId = ${processId})
      or exists (select 1 from deposit_term join deposit on deposit.id = depositId where processId = ${processId})
      as any`.execute(db);
  return rows[0]?.any === 1;
}

/**
 * Takes another process's library in. A process of which nothing has terms yet takes its taxonomies as they are; any other
 * gets the terms it lacks. To be called in a transaction.
 * @param restore brings back what the file names and was taken out of the library
 * @throws Rehearsed with what it would do, when it is not to be kept
 */
export async function importLibrary(
  db: Database,
  place: { processId: string; userId: string },
  { taxonomies, recommendations }: LibraryFile,
  { commit, restore }: { commit: boolean; restore: boolean },
): Promise<LibraryImportReport> {
  const { processId } = place;
  const any = await hasTerms(db, processId);
  const newTerms: string[] = [];
  for (const taxonomy of TAXONOMIES) {
    const take = any ? addTerms : replaceTerms;
    for (const label of await take(db, processId, taxonomy, taxonomies[taxonomy]))
      newTerms.push(`${taxonomy}: ${label}`);
  }
  const rows = recommendations.map((value, index) => ({ row: index + 1, value }));
  const { kept, errors, deleted } = await setGoneAside(db, processId, rows, restore);
  const counts = await upsertRecommendations(db, place, kept, null, true);
  const report = { ...counts, errors, deleted, newTerms, committed: commit };
  if (!commit) throw new Rehearsed(report);
  return report;
}
