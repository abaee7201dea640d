import {
  type BulkEdit,
  type ChangedFields,
  changedFields,
  isSingle,
  type MergeRequest,
  type RecommendationChange,
  type StaleRows,
} from '@zerodraft/contract';
import { TAXONOMIES } from '@zerodraft/trace';
import { sql } from 'kysely';
import type { Database } from '../db/database.ts';
import { allOf, type TermRow, Terms } from '../taxonomies/terms.ts';
import { applyEdits, type Doing, type Edit } from './change.ts';
import { readMerged } from './repository.ts';
import { readStates, type State } from './state.ts';

/** Why nothing was changed, in words. */
export interface EditRefusal {
  code: 'not-found' | 'taken' | 'unknown-term' | 'no-reason' | 'linked' | 'merged' | 'deleted' | 'itself';
  error: string;
}
export type Outcome = { batch: string; changed: number } | EditRefusal | StaleRows;
export type Place = Pick<Doing, 'processId' | 'userId'>;

export const refusal = (code: EditRefusal['code'], error: string): EditRefusal => ({ code, error });
const NONE = refusal('not-found', 'There is no such recommendation in this process.');

/** Names what was changed since somebody looked at it. */
export function stale(states: readonly Pick<State, 'id' | 'reference'>[]): StaleRows {
  const some = states.slice(0, 5).map(({ reference }) => reference);
  const more = states.length > some.length ? ` and ${states.length - some.length} more` : '';
  return {
    code: 'changed-since',
    error: `Somebody changed ${some.join(', ')}${more} meanwhile. Look again, then repeat what you did. Nothing was changed.`,
    rows: states.map(({ id, reference }) => ({ id, reference })),
  };
}

/** Reads rows as somebody saw them; what is gone, merged or changed since is refused. */
async function readSeen(
  db: Database,
  processId: string,
  terms: Terms,
  rows: readonly { id: string; version: number }[],
): Promise<State[] | EditRefusal | StaleRows> {
  const states = await readStates(
    db,
    processId,
    terms,
    rows.map(({ id }) => id),
  );
  const versions = new Map(rows.map(({ id, version }) => [id, version]));
  if (states.length < versions.size) return NONE;
  const changed = states.filter(({ id, version }) => versions.get(id) !== version);
  if (changed.length > 0) return stale(changed);
  const gone = states.find(({ deletedAt, mergedInto }) => deletedAt !== null || mergedInto !== null);
  if (gone?.deletedAt) return refusal('deleted', `${gone.reference} is deleted. Undo that first.`);
  if (gone)
    return refusal('merged', `${gone.reference} was merged into another. Change that one, or part the two.`);
  return states;
}

/** The terms of these ids that can be given now; or which cannot. */
function offered(terms: Terms, ids: readonly string[]): TermRow[] | EditRefusal {
  const found: TermRow[] = [];
  for (const id of ids) {
    const row = terms.find(id);
    if (!row) return refusal('unknown-term', 'One of the terms is gone. Look at the taxonomies again.');
    found.push(row);
  }
  return found;
}

/** A decision against a recommendation says why. */
function reasonMissing(state: Pick<State, 'disposition' | 'dispositionReason'>): EditRefusal | null {
  return state.disposition === 'not-reflected' && state.dispositionReason === ''
    ? refusal('no-reason', 'Say why it is not reflected.')
    : null;
}

export async function referenceTaken(
  db: Database,
  processId: string,
  reference: string,
  id: string,
): Promise<EditRefusal | null> {
  const other = await db
    .selectFrom('recommendation')
    .select('deletedAt')
    .where('processId', '=', processId)
    .where('reference', '=', reference)
    .where('id', '!=', id)
    .executeTakeFirst();
  if (!other) return null;
  const by = other.deletedAt === null ? 'in use' : 'that of a deleted recommendation';
  return refusal('taken', `The reference "${reference}" is ${by}. Choose another.`);
}

/** Changes one recommendation. To be called in a transaction, as all below. */
export async function editOne(
  db: Database,
  place: Place,
  id: string,
  { version, terms: wanted, ...set }: RecommendationChange,
): Promise<Outcome> {
  const terms = await Terms.read(db, place.processId);
  const seen = await readSeen(db, place.processId, terms, [{ id, version }]);
  if ('code' in seen) return seen;
  const [state] = seen;
  if (!state) return NONE;
  const change: ChangedFields = changedFields.parse(set);
  const missing = reasonMissing({ ...state, ...change });
  if (missing) return missing;
  if (set.reference !== undefined) {
    const taken = await referenceTaken(db, place.processId, set.reference, id);
    if (taken) return taken;
  }
  if (wanted) {
    const next = { ...state.terms };
    for (const taxonomy of TAXONOMIES) {
      const ids = wanted[taxonomy];
      if (!ids) continue;
      const rows = offered(terms, ids);
      if ('code' in rows) return rows;
      if (rows.some((row) => row.taxonomy !== taxonomy))
        return refusal('unknown-term', `One of the terms is not of the taxonomy ${taxonomy}.`);
      // What is retired stays where it is and goes nowhere new.
      const retired = rows.find((row) => row.retiredAt !== null && !state.terms[taxonomy].includes(row.id));
      if (retired) return refusal('unknown-term', `"${retired.label}" is retired. Choose another term.`);
      next[taxonomy] = ids;
    }
    change.terms = terms.sort(allOf(next));
  }
  return applyEdits(db, { ...place, kind: 'edit' }, [{ id, set: change }]);
}

/** Changes many in the same way, all or none. */
export async function editMany(
  db: Database,
  place: Place,
  { rows, set, add, remove }: BulkEdit,
): Promise<Outcome> {
  const terms = await Terms.read(db, place.processId);
  const seen = await readSeen(db, place.processId, terms, rows);
  if ('code' in seen) return seen;
  const added = offered(terms, add);
  if ('code' in added) return added;
  const retired = added.find((row) => row.retiredAt !== null);
  if (retired) return refusal('unknown-term', `"${retired.label}" is retired. Choose another term.`);
  const replaced = new Set(added.map(({ taxonomy }) => taxonomy).filter(isSingle));
  const removed = new Set(remove.map((id) => terms.find(id)?.id));
  const fields: ChangedFields = changedFields.parse(set);
  const edits: Edit[] = [];
  for (const state of seen) {
    const missing = reasonMissing({ ...state, ...fields });
    if (missing) return missing;
    const kept = TAXONOMIES.flatMap((taxonomy) =>
      replaced.has(taxonomy) ? [] : state.terms[taxonomy],
    ).filter((id) => !removed.has(id));
    const next = terms.sort([...kept, ...added.map(({ id }) => id)]);
    edits.push({ id: state.id, set: { ...fields, terms: next } });
  }
  return applyEdits(db, { ...place, kind: 'edit' }, edits);
}

/**
 * Why recommendations stay: a clause is linked to one of them, or to what was merged into it; null when none is.
 * @param visible the drafts that the person may see: others are not named
 */
export async function whereLinked(
  db: Database,
  processId: string,
  ids: readonly string[],
  visible: readonly string[],
): Promise<EditRefusal | null> {
  if (ids.length === 0) return null;
  const merged = await readMerged(db, processId);
  const all = JSON.stringify(ids.flatMap((id) => [id, ...(merged.get(id) ?? [])]));
  const links = await db
    .selectFrom('clause_link')
    .innerJoin('draft', 'draft.id', 'clause_link.draftId')
    .select(['draft.id', 'draft.title', 'citation'])
    .where('recommendationId', 'in', sql<string>`(select value from json_each(${all}))`)
    .where('draft.state', '!=', 'deleted')
    .execute();
  if (links.length === 0) return null;
  const named = links.filter((link) => visible.includes(link.id)).slice(0, 5);
  const where = named.map(({ title, citation }) => `to ${citation} of "${title}"`).join(', ');
  return refusal(
    'linked',
    `It is linked ${where || 'in a draft that you do not see'}. Unlink it there first, or merge it into another.`,
  );
}

/**
 * Deletes a recommendation that nothing is linked to; its history and its reference stay.
 * @param visible the drafts that the person may see: others are not named
 */
export async function deleteOne(
  db: Database,
  place: Place,
  id: string,
  version: number,
  visible: readonly string[],
): Promise<Outcome> {
  const terms = await Terms.read(db, place.processId);
  const seen = await readSeen(db, place.processId, terms, [{ id, version }]);
  if ('code' in seen) return seen;
  const linked = await whereLinked(db, place.processId, [id], visible);
  return linked ?? applyEdits(db, { ...place, kind: 'delete' }, [{ id, set: { deleted: true } }]);
}

/** Makes near-duplicates part of a recommendation. Links of theirs count for it from now on. */
export async function mergeInto(
  db: Database,
  place: Place,
  id: string,
  { version, from }: MergeRequest,
): Promise<Outcome> {
  const terms = await Terms.read(db, place.processId);
  if (from.some((row) => row.id === id))
    return refusal('itself', 'A recommendation cannot be merged into itself.');
  const seen = await readSeen(db, place.processId, terms, [{ id, version }, ...from]);
  if ('code' in seen) return seen;
  return applyEdits(
    db,
    { ...place, kind: 'merge' },
    from.map((row) => ({ id: row.id, set: { mergedInto: id } })),
  );
}

/** Parts a recommendation from the one it was merged into. */
export async function unmerge(db: Database, place: Place, id: string, version: number): Promise<Outcome> {
  const terms = await Terms.read(db, place.processId);
  const [state] = await readStates(db, place.processId, terms, [id]);
  if (!state) return NONE;
  if (state.version !== version) return stale([state]);
  if (state.mergedInto === null) return refusal('merged', 'It is not merged into another.');
  return applyEdits(db, { ...place, kind: 'unmerge' }, [{ id, set: { mergedInto: null } }]);
}
