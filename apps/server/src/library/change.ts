import { randomUUID } from 'node:crypto';
import { type ChangedFields, type ChangeKind, changedFields } from '@zerodraft/contract';
import { sql } from 'kysely';
import type { Database } from '../db/database.ts';
import { spellOut } from '../db/full-text.ts';
import { allOf, Terms } from '../taxonomies/terms.ts';
import { COLUMNS, fieldsOf, readStates, type State } from './state.ts';
import { nextChange } from './touch.ts';

/** Who changes which library, and how. */
export interface Doing {
  processId: string;
  userId: string | null;
  kind: ChangeKind;
}

/** New values of some fields of a recommendation. */
export interface Edit {
  id: string;
  set: ChangedFields;
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** What differs, before and after. */
function difference(now: Required<ChangedFields>, set: ChangedFields): [ChangedFields, ChangedFields] {
  const names = Object.keys(set).filter(
    (name): name is keyof ChangedFields =>
      name in now && !same(Reflect.get(now, name), Reflect.get(set, name)),
  );
  const pick = (from: ChangedFields): ChangedFields =>
    changedFields.parse(Object.fromEntries(names.map((name) => [name, Reflect.get(from, name)])));
  return [pick(now), pick(set)];
}

/**
 * Changes recommendations and writes their history, in a few statements however many there are; what changes nothing
 * leaves no trace. To be called in a transaction.
 */
export async function applyEdits(
  db: Database,
  { processId, userId, kind }: Doing,
  edits: readonly Edit[],
): Promise<{ batch: string; changed: number }> {
  const batch = randomUUID();
  const terms = await Terms.read(db, processId);
  const states = new Map<string, State>(
    (
      await readStates(
        db,
        processId,
        terms,
        edits.map(({ id }) => id),
      )
    ).map((state) => [state.id, state]),
  );
  const at = new Date().toISOString();
  const touched = new Set<string>();
  const rows: Record<string, unknown>[] = [];
  const pairs: [string, string][] = [];
  const history: Record<string, unknown>[] = [];
  for (const { id, set } of edits) {
    const state = states.get(id);
    if (!state) continue;
    const now = fieldsOf(state);
    const wanted: ChangedFields = { ...set };
    // Terms that are merged meanwhile stand for what they became.
    if (set.terms) wanted.terms = terms.sort(allOf({ ...now.terms, ...set.terms }));
    const [before, after] = difference(now, wanted);
    if (Object.keys(after).length === 0) continue;
    for (const name of Object.keys(after)) touched.add(name);
    const next = { ...now, ...after };
    const deletedAt = next.deleted ? (state.deletedAt ?? at) : null;
    rows.push({ ...next, id, deletedAt });
    if (after.terms) for (const termId of allOf(next.terms)) pairs.push([id, termId]);
    history.push({
      id,
      before: JSON.stringify(before),
      after: JSON.stringify(after),
      version: state.version + 1,
    });
  }
  if (rows.length === 0) return { batch, changed: 0 };
  const list = JSON.stringify(rows);
  const columns = [
    ...COLUMNS.filter((name) => touched.has(name)).map((name) => [name, name]),
    ...(touched.has('mergedInto') ? [['mergedIntoId', 'mergedInto']] : []),
    ...(touched.has('deleted') ? [['deletedAt', 'deletedAt']] : []),
    ...(touched.has('sourceId') ? [['sourceId', 'sourceId']] : []),
  ];
  const values = columns.map(([column, name]) => sql`${sql.ref(column ?? '')} = v.value ->> ${`$.${name}`},`);
  const changed = await nextChange(db, processId);
  await sql`update recommendation set ${sql.join(values, sql` `)} version = version + 1, updatedAt = ${at},
    changed = ${changed} from json_each(${list}) v where recommendation.id = v.value ->> '$.id'`.execute(db);
  await spellOut(db);
  if (touched.has('terms')) {
    const whose = rows.filter((_, index) => 'terms' in JSON.parse(String(history[index]?.after)));
    await sql`delete from recommendation_term where recommendationId in
      (select value ->> '$.id' from json_each(${JSON.stringify(whose)}))`.execute(db);
    await sql`insert into recommendation_term (recommendationId, termId)
      select value ->> 0, value ->> 1 from json_each(${JSON.stringify(pairs)})`.execute(db);
  }
  await keepHistory(db, { processId, userId, kind }, batch, at, history);
  return { batch, changed: rows.length };
}

async function keepHistory(
  db: Database,
  { processId, userId, kind }: Doing,
  batch: string,
  at: string,
  rows: readonly Record<string, unknown>[],
): Promise<void> {
  await sql`insert into recommendation_change
      (processId, recommendationId, batch, kind, userId, at, before, after, version)
    select ${processId}, value ->> '$.id', ${batch}, ${kind}, ${userId}, ${at}, value ->> '$.before',
      value ->> '$.after', value ->> '$.version' from json_each(${JSON.stringify(rows)})`.execute(db);
}

/** A recommendation that is not there yet. */
export interface NewState
  extends Omit<State, 'version' | 'mergedInto' | 'deletedAt' | 'createdAt' | 'updatedAt'> {
  /** The one that it is part of from the beginning. */
  mergedInto?: string | null;
  /** What files call it, where that is not its id. */
  fileId?: string | null;
}

/** Keeps new recommendations with the beginning of their history. To be called in a transaction. */
export async function insertStates(db: Database, doing: Doing, states: readonly NewState[]): Promise<string> {
  const batch = randomUUID();
  if (states.length === 0) return batch;
  const at = new Date().toISOString();
  const changed = await nextChange(db, doing.processId);
  const columns = ['id', ...COLUMNS, 'sourceId', 'fileId', 'mergedIntoId'] as const;
  const rows = states.map(({ terms: _terms, passage, mergedInto, ...state }) => ({
    ...state,
    mergedIntoId: mergedInto ?? null,
    passage: passage === null ? null : JSON.stringify(passage),
  }));
  const names = [...columns, 'passage'];
  await sql`insert into recommendation (processId, createdAt, updatedAt, changed,
      ${sql.join(names.map((name) => sql.ref(name)))})
    select ${doing.processId}, ${at}, ${at}, ${changed},
      ${sql.join(names.map((name) => sql`value ->> ${`$.${name}`}`))}
    from json_each(${JSON.stringify(rows)})`.execute(db);
  await spellOut(db);
  const pairs = states
    .flatMap(({ id, terms }) => allOf(terms).map((termId) => [id, termId] as const))
    // In the table's own order, many go in several times as fast.
    .sort((a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0));
  await sql`insert into recommendation_term (recommendationId, termId)
    select value ->> 0, value ->> 1 from json_each(${JSON.stringify(pairs)})`.execute(db);
  const history = states.map(({ id, reference }) => {
    return { id, before: '{}', after: JSON.stringify({ reference }), version: 1 };
  });
  await keepHistory(db, doing, batch, at, history);
  return batch;
}
