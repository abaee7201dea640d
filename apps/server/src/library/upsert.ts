import { randomUUID } from 'node:crypto';
import type { ChangedFields } from '@zerodraft/contract';
import { FIELD_TAXONOMY, type RecommendationField } from '@zerodraft/formats';
import { type RecommendationInput, TAXONOMIES, type TaxonomyName } from '@zerodraft/trace';
import type { Database } from '../db/database.ts';
import { addLabels } from '../taxonomies/labels.ts';
import { noTerms, Terms } from '../taxonomies/terms.ts';
import { applyEdits, type Edit, insertStates, type NewState } from './change.ts';
import type { Origin } from './origins.ts';
import { COLUMNS, readStates, type State } from './state.ts';

/** What keeping some recommendations would do, or did. */
interface UpsertResult {
  added: number;
  updated: number;
  unchanged: number;
}

/** Labels of a recommendation by taxonomy. */
export function labelsOf(input: RecommendationInput): Record<TaxonomyName, string[]> {
  const one = (label: string): string[] => (label === '' ? [] : [label]);
  return {
    themes: input.themes,
    dimensions: input.dimensions,
    kinds: one(input.kind),
    stakeholderKinds: one(input.sourceKind),
    regions: one(input.region),
  };
}

function idsOf(terms: Terms, input: RecommendationInput): Record<TaxonomyName, string[]> {
  const labels = labelsOf(input);
  return terms.sort(
    TAXONOMIES.flatMap((taxonomy) =>
      labels[taxonomy].flatMap((label) => terms.named(taxonomy, label)?.id ?? []),
    ),
  );
}

function changesOf(
  state: State,
  input: RecommendationInput,
  ids: Record<TaxonomyName, string[]>,
  fields: ReadonlySet<RecommendationField> | null,
): ChangedFields {
  const given = (field: RecommendationField): boolean => fields === null || fields.has(field);
  const set: ChangedFields = {};
  for (const name of COLUMNS) if (given(name)) Object.assign(set, { [name]: input[name] });
  const terms = { ...state.terms };
  for (const [field, taxonomy] of FIELD_TAXONOMY) if (given(field)) terms[taxonomy] = ids[taxonomy];
  set.terms = terms;
  if (state.deletedAt !== null) set.deleted = false;
  return set;
}

/**
 * Adds recommendations, or changes those whose reference is known; a deleted one returns. To be called in a transaction.
 * Terms that the process does not have are left out: whoever calls has added them or refused the row.
 * @param fields what the file says; the rest of what is known stays. Null: all
 * @param commit false only counts what would happen
 * @param origins what new ones are beside their fields, by reference
 */
export async function upsertRecommendations(
  db: Database,
  place: { processId: string; userId: string | null },
  inputs: readonly RecommendationInput[],
  fields: ReadonlySet<RecommendationField> | null,
  commit: boolean,
  origins: ReadonlyMap<string, Origin> = new Map(),
): Promise<UpsertResult> {
  const { processId } = place;
  const terms = await Terms.read(db, processId);
  const existing = await readStates(db, processId, terms, 'all');
  const byReference = new Map(existing.map((state) => [state.reference, state]));
  const result: UpsertResult = { added: 0, updated: 0, unchanged: 0 };
  const fresh: NewState[] = [];
  const edits: Edit[] = [];
  for (const input of inputs) {
    const state = byReference.get(input.reference);
    const ids = idsOf(terms, input);
    if (!state) {
      const { sourceKind: _s, themes: _t, dimensions: _d, kind: _k, region: _r, ...columns } = input;
      fresh.push({
        ...columns,
        ...(origins.get(input.reference) ?? { id: randomUUID(), sourceId: null, passage: null }),
        terms: { ...noTerms(), ...ids },
      });
      continue;
    }
    const set = changesOf(state, input, ids, fields);
    const changes =
      set.deleted === false ||
      JSON.stringify(set.terms) !== JSON.stringify(state.terms) ||
      COLUMNS.some((name) => set[name] !== undefined && set[name] !== state[name]);
    if (changes) edits.push({ id: state.id, set });
    else result.unchanged += 1;
  }
  result.added = fresh.length;
  result.updated = edits.length;
  if (commit) {
    await insertStates(db, { ...place, kind: 'import' }, fresh);
    await applyEdits(db, { ...place, kind: 'import' }, edits);
  }
  return result;
}

/** The labels that an import may name, those of retired terms among them. */
export function allLabels(terms: Terms): Record<TaxonomyName, string[]> {
  const of = (taxonomy: TaxonomyName): string[] => [
    ...terms.labels(taxonomy, { retired: true }),
    // What a term was called before it was merged leads to what it is now.
    ...terms.rows
      .filter((row) => row.taxonomy === taxonomy && row.mergedIntoId !== null)
      .map(({ label }) => label),
  ];
  return {
    themes: of('themes'),
    dimensions: of('dimensions'),
    kinds: of('kinds'),
    stakeholderKinds: of('stakeholderKinds'),
    regions: of('regions'),
  };
}

/** Adds the terms that some recommendations have and the process does not. @returns their taxonomies and labels */
export async function addMissing(
  db: Database,
  processId: string,
  inputs: readonly RecommendationInput[],
): Promise<{ taxonomy: TaxonomyName; label: string }[]> {
  const named = inputs.map(labelsOf);
  const added: { taxonomy: TaxonomyName; label: string }[] = [];
  for (const taxonomy of TAXONOMIES) {
    const labels = await addLabels(
      db,
      processId,
      taxonomy,
      named.flatMap((labels) => labels[taxonomy]),
    );
    added.push(...labels.map((label) => ({ taxonomy, label })));
  }
  return added;
}
