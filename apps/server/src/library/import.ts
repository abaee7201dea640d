import type { LibraryImportReport } from '@zerodraft/contract';
import type { LibraryFile } from '@zerodraft/formats';
import { TAXONOMIES } from '@zerodraft/trace';
import type { Database } from '../db/database.ts';
import { addTerms, replaceTerms } from '../taxonomies/labels.ts';
import { upsertRecommendations } from './upsert.ts';

/** Undoes what a rehearsal did. */
export class Rehearsed extends Error {
  constructor(readonly report: LibraryImportReport) {
    super('rehearsed');
  }
}

/**
 * Takes another process's library in. A process that has no recommendation yet takes its taxonomies as they are; any other
 * gets the terms it lacks. To be called in a transaction.
 * @throws Rehearsed with what it would do, when it is not to be kept
 */
export async function importLibrary(
  db: Database,
  place: { processId: string; userId: string },
  { taxonomies, recommendations }: LibraryFile,
  commit: boolean,
): Promise<LibraryImportReport> {
  const { processId } = place;
  const any = await db
    .selectFrom('recommendation')
    .select('id')
    .where('processId', '=', processId)
    .executeTakeFirst();
  const newTerms: string[] = [];
  for (const taxonomy of TAXONOMIES) {
    const take = any ? addTerms : replaceTerms;
    for (const label of await take(db, processId, taxonomy, taxonomies[taxonomy]))
      newTerms.push(`${taxonomy}: ${label}`);
  }
  const counts = await upsertRecommendations(db, place, recommendations, null, true);
  const report = { ...counts, newTerms, committed: commit };
  if (!commit) throw new Rehearsed(report);
  return report;
}
