import { randomUUID } from 'node:crypto';
import type { RowProblem } from '@zerodraft/contract';
import type { FileSource, LibraryEntry } from '@zerodraft/formats';
import { type Passage, passageText } from '@zerodraft/trace';
import type { Database } from '../db/database.ts';
import { readParagraphs } from '../sources/text.ts';
import { type KeptSource, keepSources, usedIds } from './import-sources.ts';

/** What a new recommendation is beside its fields: where it comes from, and what it became part of. */
export interface Origin {
  id: string;
  fileId: string | null;
  sourceId: string | null;
  passage: Passage | null;
  mergedInto: string | null;
}

interface Row {
  row: number;
  value: LibraryEntry;
}

/**
 * Makes ready what a file says of new recommendations beside their fields: ids, sources, passages, merges.
 * @param rows of which each will be a new recommendation or is known
 * @param known ids of those that are here, by reference
 * @returns what each new one is, by reference, and the rows that cannot be kept
 */
export async function readOrigins(
  db: Database,
  place: { processId: string; userId: string },
  sources: readonly FileSource[],
  rows: readonly Row[],
  known: ReadonlyMap<string, string>,
): Promise<{ origins: Map<string, Origin>; errors: RowProblem[] }> {
  const fresh = rows.filter(({ value }) => !known.has(value.reference));
  const cited = new Set(fresh.flatMap(({ value }) => value.from?.source ?? []));
  const kept = await keepSources(db, place, sources, cited);
  const hashes = new Map(sources.map(({ id, file }) => [id, file?.sha256 ?? null]));
  const used = await usedIds(
    db,
    'recommendation',
    fresh.flatMap(({ value }) => value.id ?? []),
  );
  const origins = new Map<string, Origin>();
  const errors: RowProblem[] = [];
  for (const { row, value } of fresh) {
    const { id: given, from, reference } = value;
    const source = from ? kept.get(from.source) : undefined;
    const passage = from?.passage ?? null;
    if (source && passage && !(await says(db, source, hashes.get(from?.source ?? '') ?? null, passage))) {
      const message = `The source of "${reference}" is another document here, and does not say this at this place.`;
      errors.push({ row, field: 'Passage', message });
      continue;
    }
    const id = given === undefined || used.has(given) ? randomUUID() : given;
    origins.set(reference, {
      id,
      fileId: given === undefined || id === given ? null : given,
      sourceId: source?.id ?? null,
      passage,
      mergedInto: null,
    });
  }
  for (const { row, value } of fresh) {
    const origin = origins.get(value.reference);
    if (!origin || value.mergedInto === null) continue;
    origin.mergedInto = origins.get(value.mergedInto)?.id ?? known.get(value.mergedInto) ?? null;
    if (origin.mergedInto !== null) continue;
    const message = `"${value.reference}" was merged into "${value.mergedInto}", which is left out.`;
    errors.push({ row, field: 'Reference', message });
    origins.delete(value.reference);
  }
  return { origins, errors };
}

/** Whether a passage stands in a source: by its text where that is here, else by the document's hash. */
async function says(
  db: Database,
  { id, read, hash }: KeptSource,
  expected: string | null,
  passage: Passage,
): Promise<boolean> {
  if (!read) return hash !== null && hash === expected;
  const paragraphs = await readParagraphs(db, id, passage.from.n, passage.to.n);
  return passageText(paragraphs, passage) === passage.quote;
}
