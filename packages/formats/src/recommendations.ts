import {
  DISPOSITION_LABELS,
  DISPOSITIONS,
  type Disposition,
  type RecommendationInput,
  recommendationInput,
  type TaxonomyName,
} from '@zerodraft/trace';
import { type ColumnMapping, RECOMMENDATION_FIELDS, type RecommendationField } from './mapping.ts';
import { readDate } from './read-date.ts';
import type { Table } from './table.ts';

/** The process's own terms, against which tags are checked. */
export interface Taxonomy {
  labels: Record<TaxonomyName, readonly string[]>;
  /** Taxonomies that take labels they do not have yet. */
  open: readonly TaxonomyName[];
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

/** The one of some labels that a text names: as it is, or whatever its case and signs. */
function labelled(text: string, known: readonly string[]): string | undefined {
  const wanted = fold(text);
  return known.find((label) => label === text) ?? known.find((label) => fold(label) === wanted);
}

function choice(cell: string, taxonomy: TaxonomyName, { labels, open }: Taxonomy): string {
  if (cell === '') return '';
  const known = labels[taxonomy];
  const synonym = taxonomy === 'stakeholderKinds' ? SOURCE_KIND_SYNONYMS[fold(cell)] : undefined;
  const label = labelled(cell, known) ?? (synonym === undefined ? undefined : labelled(synonym, known));
  if (label !== undefined) return label;
  if (open.includes(taxonomy)) return cell;
  throw new CellError(`"${cell}" is not known. Use one of: ${known.join(', ')}.`);
}

function disposition(cell: string): Disposition {
  if (cell === '') return 'open';
  const wanted = fold(cell);
  const found = DISPOSITIONS.find((id) => fold(id) === wanted || fold(DISPOSITION_LABELS[id]) === wanted);
  // What is linked reads as reflected; that follows from the draft and is not imported.
  if (found ?? wanted === 'reflected') return found ?? 'open';
  const all = DISPOSITIONS.map((id) => DISPOSITION_LABELS[id]).join(', ');
  throw new CellError(`"${cell}" is not known. Use one of: ${all}.`);
}

const SEPARATORS = /[;|\n]/;

/** Labels in one cell; what holds a separator or begins with a quotation mark stands in marks. */
export function tagCell(labels: readonly string[]): string {
  const quoted = labels.map((label) =>
    SEPARATORS.test(label) || label.startsWith('"') ? `"${label.replaceAll('"', '""')}"` : label,
  );
  return quoted.join('; ');
}

/** The texts between separators, quoted ones whole. */
function partsOf(cell: string): string[] {
  return [...cell.matchAll(/\s*(?:"((?:[^"]|"")*)"\s*(?=[;|\n]|$)|([^;|\n]+))[;|\n]?/g)].map(
    ([, quoted, bare]) => quoted?.replaceAll('""', '"') ?? (bare ?? '').trim(),
  );
}

function tags(cell: string, taxonomy: TaxonomyName, { labels, open }: Taxonomy): string[] {
  const known = labels[taxonomy];
  const found: string[] = [];
  for (const part of partsOf(cell)) {
    const wanted = fold(part);
    if (part === '') continue;
    const same = known.filter((label) => label === part);
    const exact = known.filter((label) => fold(label) === wanted);
    const prefixed = wanted === '' ? [] : known.filter((label) => fold(label).startsWith(wanted));
    const containing = wanted === '' ? [] : known.filter((label) => fold(label).includes(wanted));
    const best = [same, exact].find((list) => list.length > 0);
    // Where new labels are taken, a part of a known one is a new one.
    const near = open.includes(taxonomy) ? [part] : prefixed.length > 0 ? prefixed : containing;
    const [label, second] = best ?? near;
    if (label === undefined) throw new CellError(`"${part}" is not known. Use one of: ${known.join('; ')}.`);
    if (second !== undefined)
      throw new CellError(`"${part}" fits several: ${label}; ${second}. Write it in full.`);
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
  for (const { row, cells, faults } of table.rows) {
    const cell = (field: RecommendationField): string => {
      const index = mapping[field];
      return (index === undefined ? '' : (cells[index] ?? '')).trim();
    };
    const errors: RowError[] = [];
    for (const { field, label } of RECOMMENDATION_FIELDS) {
      const message = faults?.get(mapping[field] ?? -1);
      if (message !== undefined) errors.push({ row, field: label, message });
    }
    const unread = new Set(errors.map(({ field }) => field));
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
      sourceKind: attempt('sourceKind', () => choice(cell('sourceKind'), 'stakeholderKinds', taxonomy), ''),
      document: cell('document'),
      locator: cell('locator'),
      date: attempt('date', () => dateOf(cell('date')), null),
      themes: attempt('themes', () => tags(cell('themes'), 'themes', taxonomy), []),
      dimensions: attempt('dimensions', () => tags(cell('dimensions'), 'dimensions', taxonomy), []),
      kind: attempt('kind', () => choice(cell('kind'), 'kinds', taxonomy), ''),
      region: attempt('region', () => choice(cell('region'), 'regions', taxonomy), ''),
      session: cell('session'),
      phase: cell('phase'),
      language: cell('language'),
      disposition: attempt('disposition', () => disposition(cell('disposition')), 'open' as const),
      dispositionReason: cell('dispositionReason'),
    };
    const parsed = recommendationInput.safeParse(draft);
    for (const issue of parsed.error?.issues ?? []) {
      const field = RECOMMENDATION_FIELDS.find((known) => known.field === issue.path[0]);
      if (field?.field === 'title' && draft.text === '') continue;
      if (field && unread.has(field.label)) continue;
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
