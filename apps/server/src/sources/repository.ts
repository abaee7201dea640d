import {
  type Citation,
  MAX_SOURCES,
  type NewSource,
  type Source,
  type SourceChange,
} from '@zerodraft/contract';
import { passage } from '@zerodraft/trace';
import { z } from 'zod';
import type { Database } from '../db/database.ts';
import { choose } from '../taxonomies/choose.ts';
import { heldBy, setTerms, termsHeldBy } from '../taxonomies/holders.ts';
import { addLabels } from '../taxonomies/labels.ts';
import { Terms } from '../taxonomies/terms.ts';

const texts = z.array(z.string());

function select(db: Database, processId: string) {
  return db
    .selectFrom('source')
    .innerJoin('user', 'user.id', 'source.createdBy')
    .selectAll('source')
    .select('user.name as createdByName')
    .select(({ selectFrom }) =>
      selectFrom('recommendation')
        .select(({ fn }) => fn.countAll<number>().as('n'))
        .whereRef('recommendation.sourceId', '=', 'source.id')
        .as('recommendations'),
    )
    .where('source.processId', '=', processId);
}
type Row = Awaited<ReturnType<ReturnType<typeof select>['executeTakeFirstOrThrow']>>;

function parse(row: Row, terms: Terms, termIds: readonly string[]): Source {
  const {
    processId: _process,
    upload: _upload,
    attempts: _attempts,
    fileId: _file,
    createdByName,
    ...fields
  } = row;
  const { stakeholderKinds, regions } = terms.sort(termIds);
  return {
    ...fields,
    stakeholderKind: terms.labelsOf(stakeholderKinds)[0] ?? '',
    region: terms.labelsOf(regions)[0] ?? '',
    title: row.title || (row.fileName?.replace(/\.[^.]+$/, '') ?? ''),
    warnings: texts.parse(JSON.parse(row.warnings)),
    recommendations: row.recommendations ?? 0,
    createdBy: { id: row.createdBy, name: createdByName },
  };
}

/** All sources of a process, the newest first. */
export async function listSources(db: Database, processId: string): Promise<Source[]> {
  const rows = await select(db, processId).orderBy('source.createdAt', 'desc').orderBy('source.id').execute();
  const terms = await Terms.read(db, processId);
  const held = await heldBy(
    db,
    'source',
    rows.map(({ id }) => id),
  );
  return rows.map((row) => parse(row, terms, held.get(row.id) ?? []));
}

/** One source, or null. */
export async function findSource(db: Database, processId: string, id: string): Promise<Source | null> {
  const row = await select(db, processId).where('source.id', '=', id).executeTakeFirst();
  return row ? parse(row, await Terms.read(db, processId), await termsHeldBy(db, 'source', id)) : null;
}

/** The recommendations that were taken from a source, by place. */
export async function listCitations(db: Database, sourceId: string): Promise<Citation[]> {
  const rows = await db
    .selectFrom('recommendation')
    .select(['id', 'reference', 'title', 'passage'])
    .where('sourceId', '=', sourceId)
    .where('deletedAt', 'is', null)
    .orderBy('reference')
    .execute();
  return rows
    .map((row) => ({ ...row, passage: row.passage === null ? null : passage.parse(JSON.parse(row.passage)) }))
    .sort((a, b) => (a.passage?.from.n ?? 0) - (b.passage?.from.n ?? 0));
}

/**
 * Classifies a source; a region that the process does not have yet becomes one: whoever keeps sources keeps its terms.
 * @throws UnknownTerm when a term is not offered
 */
async function classify(
  db: Database,
  processId: string,
  id: string,
  { stakeholderKind, region }: { stakeholderKind?: string | undefined; region?: string | undefined },
): Promise<void> {
  if (stakeholderKind === undefined && region === undefined) return;
  const held = await termsHeldBy(db, 'source', id);
  if (region !== undefined && region !== '') await addLabels(db, processId, 'regions', [region]);
  const terms = await Terms.read(db, processId);
  const now = terms.sort(held);
  const of = (taxonomy: 'stakeholderKinds' | 'regions', name: string | undefined): string[] =>
    name === undefined ? now[taxonomy] : choose(terms, { [taxonomy]: [name] }, held);
  await setTerms(db, 'source', id, [...of('stakeholderKinds', stakeholderKind), ...of('regions', region)]);
}

/**
 * Keeps a new source.
 * @returns `known` when the same person has made it already, `taken` when the id is another's, `full` when there is no room
 */
export async function createSource(
  db: Database,
  processId: string,
  userId: string,
  { stakeholderKind, region, ...input }: NewSource,
): Promise<'made' | 'known' | 'taken' | 'full'> {
  const existing = await db
    .selectFrom('source')
    .select(['processId', 'createdBy'])
    .where('id', '=', input.id)
    .executeTakeFirst();
  if (existing) return existing.processId === processId && existing.createdBy === userId ? 'known' : 'taken';
  const { n } = await db
    .selectFrom('source')
    .select(({ fn }) => fn.countAll<number>().as('n'))
    .where('processId', '=', processId)
    .executeTakeFirstOrThrow();
  if (n >= MAX_SOURCES) return 'full';
  const now = new Date().toISOString();
  await db
    .insertInto('source')
    .values({ ...input, processId, state: 'no-file', createdBy: userId, createdAt: now, updatedAt: now })
    .execute();
  await classify(db, processId, input.id, { stakeholderKind, region });
  return 'made';
}

/** Changes what is said about a source. @returns whether it was still the version that the change began from */
export async function changeSource(
  db: Database,
  processId: string,
  id: string,
  { version, stakeholderKind, region, ...change }: SourceChange,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('source')
    .set({ ...change, version: version + 1, updatedAt: new Date().toISOString() })
    .where('id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) return false;
  await classify(db, processId, id, { stakeholderKind, region });
  return true;
}

/** Deletes a source with its file and text; its recommendations must not point to it any more. */
export async function deleteSource(db: Database, id: string): Promise<void> {
  await db.deleteFrom('source').where('id', '=', id).execute();
}
