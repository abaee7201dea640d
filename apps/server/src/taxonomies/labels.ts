import { randomUUID } from 'node:crypto';
import {
  RECOMMENDATION_KIND_LABELS,
  RECOMMENDATION_KINDS,
  SOURCE_KIND_LABELS,
  SOURCE_KINDS,
  TAXONOMIES,
  type TaxonomyName,
} from '@zerodraft/trace';
import { sql } from 'kysely';
import type { Database } from '../db/database.ts';
import { type TermRow, Terms } from './terms.ts';

/** Keeps rows. */
export async function insert(db: Database, rows: readonly TermRow[]): Promise<void> {
  if (rows.length > 0)
    await db
      .insertInto('term')
      .values([...rows])
      .execute();
}

/** A new term of the process's own. */
export function newRow(processId: string, taxonomy: TaxonomyName, label: string, position: number): TermRow {
  const none = { key: null, retiredAt: null, mergedIntoId: null };
  return { id: randomUUID(), processId, taxonomy, label, position, ...none };
}

/** Where a new term goes: behind all others. */
export function end(rows: readonly TermRow[], taxonomy: TaxonomyName): number {
  return Math.max(-1, ...rows.filter((row) => row.taxonomy === taxonomy).map((row) => row.position)) + 1;
}

/** The terms of a new process: those it names, and the kinds that every process begins with where it names none. */
export async function createTerms(
  db: Database,
  processId: string,
  labels: Partial<Record<TaxonomyName, readonly string[]>>,
): Promise<void> {
  const rows = TAXONOMIES.flatMap((taxonomy) =>
    (labels[taxonomy] ?? []).map((label, position) => newRow(processId, taxonomy, label, position)),
  );
  if (!labels.kinds)
    for (const [position, key] of RECOMMENDATION_KINDS.entries())
      rows.push({ ...newRow(processId, 'kinds', RECOMMENDATION_KIND_LABELS[key], position), key });
  if (!labels.stakeholderKinds)
    for (const [position, key] of SOURCE_KINDS.entries())
      rows.push({ ...newRow(processId, 'stakeholderKinds', SOURCE_KIND_LABELS[key], position), key });
  await insert(db, rows);
}

/** Gives a new process the terms that are in use in another. */
export async function copyTerms(db: Database, from: string, to: string): Promise<void> {
  const { rows } = await Terms.read(db, from);
  await insert(
    db,
    rows
      .filter((row) => row.mergedIntoId === null && row.retiredAt === null)
      .map((row) => ({ ...row, id: randomUUID(), processId: to })),
  );
}

/** Adds terms by label; those that are there already are left. @returns the labels that are new */
export async function addLabels(
  db: Database,
  processId: string,
  taxonomy: TaxonomyName,
  labels: readonly string[],
): Promise<string[]> {
  const named = [...new Set(labels)].map((label) => ({ label, retired: false }));
  return addTerms(db, processId, taxonomy, named);
}

/** Terms as a file names them. */
interface NamedTerm {
  label: string;
  retired: boolean;
}

/** Adds terms behind those that are there; what has the same label is left. @returns the labels that are new */
export async function addTerms(
  db: Database,
  processId: string,
  taxonomy: TaxonomyName,
  named: readonly NamedTerm[],
): Promise<string[]> {
  const terms = await Terms.read(db, processId);
  const fresh = named.filter(({ label }) => label !== '' && !terms.named(taxonomy, label));
  const first = end(terms.rows, taxonomy);
  await insert(db, rowsOf(processId, taxonomy, fresh, first));
  return fresh.map(({ label }) => label);
}

/** Gives a taxonomy that nothing is sorted by yet exactly these terms. @returns the labels that are new */
export async function replaceTerms(
  db: Database,
  processId: string,
  taxonomy: TaxonomyName,
  named: readonly NamedTerm[],
): Promise<string[]> {
  const { rows } = await Terms.read(db, processId);
  const own = rows.filter((row) => row.taxonomy === taxonomy);
  const keys = new Map(own.map(({ label, key }) => [label, key]));
  await db.deleteFrom('term').where('processId', '=', processId).where('taxonomy', '=', taxonomy).execute();
  const fresh = rowsOf(processId, taxonomy, named, 0);
  await insert(
    db,
    fresh.map((row) => ({ ...row, key: keys.get(row.label) ?? null })),
  );
  return named.map(({ label }) => label).filter((label) => !keys.has(label));
}

function rowsOf(
  processId: string,
  taxonomy: TaxonomyName,
  named: readonly NamedTerm[],
  first: number,
): TermRow[] {
  const now = new Date().toISOString();
  return named.map(({ label, retired }, index) => ({
    ...newRow(processId, taxonomy, label, first + index),
    retiredAt: retired ? now : null,
  }));
}

/** Makes these labels the terms in use, in this order: others are retired, or deleted when nothing has them. */
export async function setLabels(
  db: Database,
  processId: string,
  taxonomy: TaxonomyName,
  labels: readonly string[],
): Promise<void> {
  const { rows } = await Terms.read(db, processId);
  const own = rows.filter((row) => row.taxonomy === taxonomy && row.mergedIntoId === null);
  const now = new Date().toISOString();
  for (const row of own.filter(({ label }) => !labels.includes(label))) {
    if (await isFree(db, row.id)) await db.deleteFrom('term').where('id', '=', row.id).execute();
    else if (row.retiredAt === null)
      await db.updateTable('term').set({ retiredAt: now }).where('id', '=', row.id).execute();
  }
  for (const [position, label] of labels.entries()) {
    const known = own.find((row) => row.label === label);
    if (!known) await insert(db, [newRow(processId, taxonomy, label, position)]);
    else await db.updateTable('term').set({ position, retiredAt: null }).where('id', '=', known.id).execute();
  }
}

/** Whether nothing points to a term: no recommendation, source or deposit, whatever its state, no history that may be undone, no merged term. */
export async function isFree(db: Database, id: string): Promise<boolean> {
  const { rows } = await sql<{
    used: number;
  }>`select exists (select 1 from recommendation_term where termId = ${id})
    or exists (select 1 from source_term where termId = ${id})
    or exists (select 1 from deposit_term where termId = ${id})
    or exists (select 1 from term where mergedIntoId = ${id})
    or exists (select 1 from recommendation_change c join term t on t.processId = c.processId
      where t.id = ${id} and (instr(c.before, ${id}) > 0 or instr(c.after, ${id}) > 0)) as used`.execute(db);
  return rows[0]?.used === 0;
}
