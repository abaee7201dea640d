import { randomUUID } from 'node:crypto';
import { MAX_TERMS, type NewTerm, type Taxonomies, type Term } from '@zerodraft/contract';
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
import { touchTerm } from '../library/touch.ts';
import { type TermRow, Terms } from './terms.ts';

/** Why a taxonomy was not changed, in words. */
export interface TermRefusal {
  code: 'taken' | 'merged' | 'full' | 'used' | 'order' | 'other-taxonomy' | 'not-found';
  error: string;
}
const refusal = (code: TermRefusal['code'], error: string): TermRefusal => ({ code, error });
const GONE = refusal('not-found', 'There is no such term in this taxonomy.');

function asTerm(row: TermRow, used: ReadonlyMap<string, number>): Term {
  const { id, label, retiredAt, mergedIntoId } = row;
  return { id, label, retiredAt, mergedInto: mergedIntoId, used: used.get(id) ?? 0 };
}

async function uses(db: Database, processId: string): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom('recommendation_term')
    .innerJoin('term', 'term.id', 'recommendation_term.termId')
    .innerJoin('recommendation', 'recommendation.id', 'recommendation_term.recommendationId')
    .select(['termId', ({ fn }) => fn.countAll<number>().as('n')])
    .where('term.processId', '=', processId)
    .where('recommendation.deletedAt', 'is', null)
    .where('recommendation.mergedIntoId', 'is', null)
    .groupBy('termId')
    .execute();
  return new Map(rows.map(({ termId, n }) => [termId, n]));
}

/** A process's taxonomies, each in its order. */
export async function listTaxonomies(db: Database, processId: string): Promise<Taxonomies> {
  const { rows } = await Terms.read(db, processId);
  const used = await uses(db, processId);
  const of = (taxonomy: TaxonomyName): Term[] =>
    rows.filter((row) => row.taxonomy === taxonomy).map((row) => asTerm(row, used));
  return {
    taxonomies: {
      themes: of('themes'),
      dimensions: of('dimensions'),
      kinds: of('kinds'),
      stakeholderKinds: of('stakeholderKinds'),
      regions: of('regions'),
    },
  };
}

/** One term; it must be there. */
export async function findTerm(db: Database, processId: string, id: string): Promise<Term | null> {
  const row = (await Terms.read(db, processId)).rows.find((term) => term.id === id);
  return row ? asTerm(row, await uses(db, processId)) : null;
}

async function insert(db: Database, rows: readonly TermRow[]): Promise<void> {
  if (rows.length > 0)
    await db
      .insertInto('term')
      .values([...rows])
      .execute();
}

function newRow(processId: string, taxonomy: TaxonomyName, label: string, position: number): TermRow {
  const none = { key: null, retiredAt: null, mergedIntoId: null };
  return { id: randomUUID(), processId, taxonomy, label, position, ...none };
}

/** Where a new term goes: behind all others. */
function end(rows: readonly TermRow[], taxonomy: TaxonomyName): number {
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

/** Whether nothing points to a term: no recommendation, whatever its state, no history that may be undone, no merged term. */
async function isFree(db: Database, id: string): Promise<boolean> {
  const { rows } = await sql<{
    used: number;
  }>`select exists (select 1 from recommendation_term where termId = ${id})
    or exists (select 1 from term where mergedIntoId = ${id})
    or exists (select 1 from recommendation_change c join term t on t.processId = c.processId
      where t.id = ${id} and (instr(c.before, ${id}) > 0 or instr(c.after, ${id}) > 0)) as used`.execute(db);
  return rows[0]?.used === 0;
}

/** Keeps a new term. @returns whether it was made now, and not by the same request before; or why it was not */
export async function createTerm(
  db: Database,
  processId: string,
  taxonomy: TaxonomyName,
  { id, label }: NewTerm,
): Promise<{ made: boolean } | TermRefusal> {
  const terms = await Terms.read(db, processId);
  const existing = await db.selectFrom('term').selectAll().where('id', '=', id).executeTakeFirst();
  if (existing)
    return existing.processId === processId && existing.taxonomy === taxonomy
      ? { made: false }
      : refusal('taken', 'This id is taken. Send the term again with a new one.');
  const taken = isTaken(terms, taxonomy, label, null);
  if (taken) return taken;
  if (terms.rows.filter((row) => row.taxonomy === taxonomy).length >= MAX_TERMS)
    return refusal('full', `A taxonomy holds at most ${MAX_TERMS} terms.`);
  await insert(db, [{ ...newRow(processId, taxonomy, label, end(terms.rows, taxonomy)), id }]);
  return { made: true };
}

function isTaken(
  terms: Terms,
  taxonomy: TaxonomyName,
  label: string,
  own: string | null,
): TermRefusal | null {
  const wanted = label.normalize('NFC').toLowerCase();
  const same = terms.rows.find(
    (row) =>
      row.taxonomy === taxonomy &&
      row.mergedIntoId === null &&
      row.id !== own &&
      row.label.normalize('NFC').toLowerCase() === wanted,
  );
  if (!same) return null;
  const how = same.retiredAt === null ? 'Merge the two' : 'It is retired: bring it back';
  return refusal('taken', `There is a term "${same.label}" already. ${how}, or choose another name.`);
}

/** Renames a term, retires it or brings it back. */
export async function changeTerm(
  db: Database,
  place: { processId: string; taxonomy: TaxonomyName; id: string },
  change: { label?: string | undefined; retired?: boolean | undefined },
): Promise<TermRow | TermRefusal> {
  const terms = await Terms.read(db, place.processId);
  const row = terms.rows.find(({ id, taxonomy }) => id === place.id && taxonomy === place.taxonomy);
  if (!row) return GONE;
  if (row.mergedIntoId !== null)
    return refusal('merged', `It was merged into "${terms.find(row.id)?.label}". Change that one.`);
  if (change.label !== undefined) {
    const taken = isTaken(terms, place.taxonomy, change.label, row.id);
    if (taken) return taken;
  }
  const retiredAt =
    change.retired === undefined
      ? row.retiredAt
      : change.retired
        ? (row.retiredAt ?? new Date().toISOString())
        : null;
  const label = change.label ?? row.label;
  await db.updateTable('term').set({ label, retiredAt }).where('id', '=', row.id).execute();
  return row;
}

/** Puts the terms in use into this order; what is retired keeps its place behind them. */
export async function orderTerms(
  db: Database,
  processId: string,
  taxonomy: TaxonomyName,
  ids: readonly string[],
): Promise<TermRefusal | null> {
  const { rows } = await Terms.read(db, processId);
  const own = rows.filter((row) => row.taxonomy === taxonomy);
  const used = own.filter((row) => row.mergedIntoId === null && row.retiredAt === null).map(({ id }) => id);
  if (ids.length !== used.length || new Set(ids).size !== ids.length || used.some((id) => !ids.includes(id)))
    return refusal('order', 'Somebody changed the terms meanwhile. Look at them again, then order them.');
  const rest = own.filter(({ id }) => !ids.includes(id)).map(({ id }) => id);
  for (const [position, id] of [...ids, ...rest].entries())
    await db.updateTable('term').set({ position }).where('id', '=', id).execute();
  return null;
}

/** Makes one term part of another, which then stands wherever the first did. @returns how many recommendations had it */
export async function mergeTerm(
  db: Database,
  place: { processId: string; taxonomy: TaxonomyName; id: string },
  into: string,
): Promise<{ moved: number; from: string; into: string } | TermRefusal> {
  const terms = await Terms.read(db, place.processId);
  const find = (wanted: string) =>
    terms.rows.find(({ id, taxonomy }) => id === wanted && taxonomy === place.taxonomy);
  const from = find(place.id);
  const target = find(into);
  if (!from || !target) return GONE;
  if (from.mergedIntoId !== null || target.mergedIntoId !== null)
    return refusal('merged', 'One of the two was merged meanwhile. Look at the terms again.');
  if (from.id === target.id) return refusal('other-taxonomy', 'A term cannot be merged into itself.');
  const moved = await touchTerm(db, place.processId, from.id);
  await sql`insert or ignore into recommendation_term (recommendationId, termId)
    select recommendationId, ${target.id} from recommendation_term where termId = ${from.id}`.execute(db);
  await db.deleteFrom('recommendation_term').where('termId', '=', from.id).execute();
  const retiredAt = from.retiredAt ?? new Date().toISOString();
  await db
    .updateTable('term')
    .set({ mergedIntoId: target.id, retiredAt })
    .where('id', '=', from.id)
    .execute();
  return { moved, from: from.label, into: target.label };
}

/** Deletes a term that nothing ever had. */
export async function deleteTerm(
  db: Database,
  place: { processId: string; taxonomy: TaxonomyName; id: string },
): Promise<{ label: string } | TermRefusal> {
  const { rows } = await Terms.read(db, place.processId);
  const row = rows.find(({ id, taxonomy }) => id === place.id && taxonomy === place.taxonomy);
  if (!row) return GONE;
  if (row.mergedIntoId !== null || !(await isFree(db, row.id)))
    return refusal(
      'used',
      'Recommendations have this term, or had it. Retire it instead, or merge it into another.',
    );
  await db.deleteFrom('term').where('id', '=', row.id).execute();
  return { label: row.label };
}
