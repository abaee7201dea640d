import {
  RECOMMENDATION_KIND_LABELS,
  RECOMMENDATION_KINDS,
  type RecommendationInput,
  recommendationInput,
  SOURCE_KIND_LABELS,
  SOURCE_KINDS,
} from '@zerodraft/trace';
import { type ColumnMapping, RECOMMENDATION_FIELDS, type RecommendationField } from './mapping.ts';
import { readDate } from './read-date.ts';
import type { Table } from './table.ts';

/** The process's own terms, against which tags are checked. */
export interface Taxonomy {
  themes: readonly string[];
  dimensions: readonly string[];
}

/** Why a row was left out. */
export interface RowError {
  row: number;
  /** Label of the field. */
  field: string;
  message: string;
}

export interface ReadResult {
  valid: { row: number; value: RecommendationInput }[];
  errors: RowError[];
}

const SOURCE_KIND_SYNONYMS: Record<string, string> = {
  'member state': 'delegation',
  state: 'delegation',
  government: 'delegation',
  ngo: 'civil-society',
  cso: 'civil-society',
  'non governmental organisation': 'civil-society',
  municipality: 'local-authority',
  city: 'local-authority',
  business: 'private-sector',
  company: 'private-sector',
  employer: 'private-sector',
  university: 'academia',
  research: 'academia',
  'un agency': 'un-entity',
  'united nations': 'un-entity',
  region: 'regional-group',
};

const LABELS = new Map<RecommendationField, string>(
  RECOMMENDATION_FIELDS.map(({ field, label }) => [field, label]),
);

function fold(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

class CellError extends Error {}

function choice<T extends string>(
  cell: string,
  ids: readonly T[],
  labels: Record<T, string>,
  synonyms: Record<string, string> = {},
): T | 'other' {
  if (cell === '') return 'other';
  const wanted = fold(cell);
  const id = ids.find(
    (known) => fold(known) === wanted || fold(labels[known]) === wanted || known === synonyms[wanted],
  );
  if (id) return id;
  throw new CellError(`"${cell}" is not known. Use one of: ${ids.map((known) => labels[known]).join(', ')}.`);
}

function tags(cell: string, known: readonly string[]): string[] {
  const found: string[] = [];
  for (const part of cell.split(/[;|\n]/)) {
    const wanted = fold(part);
    if (wanted === '') continue;
    const exact = known.filter((label) => fold(label) === wanted);
    const prefixed = known.filter((label) => fold(label).startsWith(wanted));
    const containing = known.filter((label) => fold(label).includes(wanted));
    const [label, second] = exact.length > 0 ? exact : prefixed.length > 0 ? prefixed : containing;
    if (label === undefined)
      throw new CellError(`"${part.trim()}" is not known. Use one of: ${known.join('; ')}.`);
    if (second !== undefined)
      throw new CellError(`"${part.trim()}" fits several: ${label}; ${second}. Write it in full.`);
    if (!found.includes(label)) found.push(label);
  }
  return found;
}

/** A title from the beginning of a text, which ends with a sentence or a word. */
export function titleFrom(text: string): string {
  const sentence = text.split(/(?<=[.!?؟])\s/)[0] ?? text;
  if (sentence.length <= 120) return sentence.replace(/\.$/, '');
  return `${sentence.slice(0, 119).replace(/\s+\S*$/, '')}…`;
}

/**
 * Reads the rows of a table as recommendations. A row is valid or has errors, never half of each.
 * Cells are plain text: a formula or markup in one stays what it is, characters.
 */
export function readRecommendations(table: Table, mapping: ColumnMapping, taxonomy: Taxonomy): ReadResult {
  const result: ReadResult = { valid: [], errors: [] };
  const firstRow = new Map<string, number>();
  for (const { row, cells } of table.rows) {
    const cell = (field: RecommendationField): string => {
      const index = mapping[field];
      return (index === undefined ? '' : (cells[index] ?? '')).trim();
    };
    const errors: RowError[] = [];
    const attempt = <T>(field: RecommendationField, read: () => T, otherwise: T): T => {
      try {
        return read();
      } catch (error) {
        if (!(error instanceof CellError)) throw error;
        errors.push({ row, field: LABELS.get(field) ?? field, message: error.message });
        return otherwise;
      }
    };
    const draft = {
      reference: cell('reference'),
      title: cell('title') || titleFrom(cell('text')),
      text: cell('text'),
      source: cell('source'),
      sourceKind: attempt(
        'sourceKind',
        () => choice(cell('sourceKind'), SOURCE_KINDS, SOURCE_KIND_LABELS, SOURCE_KIND_SYNONYMS),
        'other',
      ),
      document: cell('document'),
      locator: cell('locator'),
      date: attempt('date', () => dateOf(cell('date')), null),
      themes: attempt('themes', () => tags(cell('themes'), taxonomy.themes), []),
      dimensions: attempt('dimensions', () => tags(cell('dimensions'), taxonomy.dimensions), []),
      kind: attempt(
        'kind',
        () => choice(cell('kind'), RECOMMENDATION_KINDS, RECOMMENDATION_KIND_LABELS),
        'other',
      ),
    };
    const parsed = recommendationInput.safeParse(draft);
    for (const issue of parsed.error?.issues ?? []) {
      const field = RECOMMENDATION_FIELDS.find((known) => known.field === issue.path[0]);
      if (field?.field === 'title' && draft.text === '') continue;
      const missing = field && mapping[field.field] === undefined ? ': choose its column' : '';
      errors.push({ row, field: field?.label ?? 'Row', message: `${issue.message}${missing}.` });
    }
    const earlier = firstRow.get(draft.reference);
    if (draft.reference !== '' && earlier !== undefined) {
      errors.push({
        row,
        field: 'Reference',
        message: `"${draft.reference}" stands in row ${earlier} already. Give each row a reference of its own.`,
      });
    }
    if (earlier === undefined) firstRow.set(draft.reference, row);
    if (errors.length > 0 || !parsed.success) result.errors.push(...errors);
    else result.valid.push({ row, value: parsed.data });
  }
  return result;
}

function dateOf(cell: string): string | null {
  if (cell === '') return null;
  const date = readDate(cell);
  if (date === null)
    throw new CellError(`"${cell}" is not a date that can be read for sure. Write it as 2017-12-31.`);
  return date;
}
