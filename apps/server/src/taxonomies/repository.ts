import { createHash } from 'node:crypto';
import { MAX_TERMS, type NewTerm, type Taxonomies, type Term } from '@zerodraft/contract';
import type { TaxonomyName } from '@zerodraft/trace';
import { sql } from 'kysely';
import type { Database } from '../db/database.ts';
import { touchTerm } from '../library/touch.ts';
import { countHeld, moveTerm } from './holders.ts';
import { end, insert, isFree, newRow } from './labels.ts';
import { type TermRow, Terms } from './terms.ts';

/** Why a taxonomy was not changed, in words. */
export interface TermRefusal {
  code: 'taken' | 'merged' | 'full' | 'used' | 'order' | 'other-taxonomy' | 'not-found';
  error: string;
}
const refusal = (code: TermRefusal['code'], error: string): TermRefusal => ({ code, error });
const GONE = refusal('not-found', 'There is no such term in this taxonomy.');

/** How many of each have a term, by its id. */
interface Uses {
  recommendations: ReadonlyMap<string, number>;
  sources: ReadonlyMap<string, number>;
  deposits: ReadonlyMap<string, number>;
}

function asTerm(row: TermRow, { recommendations, sources, deposits }: Uses): Term {
  const { id, label, retiredAt, mergedIntoId } = row;
  return {
    ...{ id, label, retiredAt, mergedInto: mergedIntoId },
    used: recommendations.get(id) ?? 0,
    sources: sources.get(id) ?? 0,
    deposits: deposits.get(id) ?? 0,
  };
}

async function uses(db: Database, processId: string): Promise<Uses> {
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
  return {
    recommendations: new Map(rows.map(({ termId, n }) => [termId, n])),
    sources: await countHeld(db, 'source', processId),
    deposits: await countHeld(db, 'deposit', processId),
  };
}

/** A text that differs once a term changes, or how often one is used: read in a moment, however large the library is. */
export async function taxonomiesPrint(db: Database, processId: string): Promise<string> {
  const terms = await Terms.read(db, processId);
  const { rows } = await sql<Record<string, unknown>>`select
    (select max(changed) from recommendation where processId = ${processId}) as recommendations,
    (select count(*) || ' ' || coalesce(max(updatedAt), '') from source where processId = ${processId}) as sources,
    (select n from deposit_revision where processId = ${processId}) as deposits`.execute(db);
  return createHash('sha256')
    .update(JSON.stringify([terms.print(), rows]))
    .digest('base64url');
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
  await moveTerm(db, from.id, target.id);
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
      'Something has this term, or had it: a recommendation, a source or a deposit. Retire it instead, or merge it into another.',
    );
  await db.deleteFrom('term').where('id', '=', row.id).execute();
  return { label: row.label };
}
