import type { LibraryImportReport } from '@zerodraft/contract';
import type { LibraryFile } from '@zerodraft/formats';
import { recommendationInput, TAXONOMIES } from '@zerodraft/trace';
import { sql } from 'kysely';
import type { Database } from '../db/database.ts';
import { addTerms, replaceTerms } from '../taxonomies/labels.ts';
import { setGoneAside } from './gone.ts';
import { readOrigins } from './origins.ts';
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

/** All that a process has, or had, by reference. */
async function knownIds(db: Database, processId: string): Promise<Map<string, string>> {
  const rows = await db
    .selectFrom('recommendation')
    .select(['id', 'reference'])
    .where('processId', '=', processId)
    .execute();
  return new Map(rows.map(({ id, reference }) => [reference, id]));
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
  { taxonomies, sources, recommendations }: LibraryFile,
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
  const known = await knownIds(db, processId);
  // What was merged where the file comes from and is known here stays what it is here.
  const all = recommendations.map((value, index) => ({ row: index + 1, value }));
  const rows = all.filter(({ value }) => value.mergedInto === null || !known.has(value.reference));
  const { kept, errors, deleted } = await setGoneAside(db, processId, rows, restore);
  const living = new Set(kept.map(({ reference }) => reference));
  const origins = await readOrigins(
    db,
    place,
    sources,
    rows.filter(({ value }) => living.has(value.reference)),
    known,
  );
  errors.push(...origins.errors);
  const good = kept.filter(({ reference }) => known.has(reference) || origins.origins.has(reference));
  const inputs = good.map((value) => recommendationInput.parse(value));
  const counts = await upsertRecommendations(db, place, inputs, null, true, origins.origins);
  counts.unchanged += all.length - rows.length;
  const report = { ...counts, errors, deleted, newTerms, committed: commit };
  if (!commit) throw new Rehearsed(report);
  return report;
}
