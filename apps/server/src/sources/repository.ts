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

function parse(row: Row): Source {
  const { processId: _process, upload: _upload, attempts: _attempts, createdByName, ...fields } = row;
  return {
    ...fields,
    title: row.title || (row.fileName?.replace(/\.[^.]+$/, '') ?? ''),
    warnings: texts.parse(JSON.parse(row.warnings)),
    recommendations: row.recommendations ?? 0,
    createdBy: { id: row.createdBy, name: createdByName },
  };
}

/** All sources of a process, the newest first. */
export async function listSources(db: Database, processId: string): Promise<Source[]> {
  const rows = await select(db, processId).orderBy('source.createdAt', 'desc').orderBy('source.id').execute();
  return rows.map(parse);
}

/** One source, or null. */
export async function findSource(db: Database, processId: string, id: string): Promise<Source | null> {
  const row = await select(db, processId).where('source.id', '=', id).executeTakeFirst();
  return row ? parse(row) : null;
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
 * Keeps a new source.
 * @returns `known` when the same person has made it already, `taken` when the id is another's, `full` when there is no room
 */
export async function createSource(
  db: Database,
  processId: string,
  userId: string,
  input: NewSource,
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
  return 'made';
}

/** Changes what is said about a source. @returns whether it was still the version that the change began from */
export async function changeSource(
  db: Database,
  id: string,
  { version, ...change }: SourceChange,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('source')
    .set({ ...change, version: version + 1, updatedAt: new Date().toISOString() })
    .where('id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Deletes a source with its file and text; its recommendations must not point to it any more. */
export async function deleteSource(db: Database, id: string): Promise<void> {
  await db.deleteFrom('source').where('id', '=', id).execute();
}
