import type { RecommendationPage } from '@zerodraft/contract';
import { recommendationFields, TAXONOMIES, type TaxonomyName } from '@zerodraft/trace';

/** The fields that are text, in the order of the form. */
const TEXT_FIELDS = recommendationFields.keyof().options;
export type TextFieldName = (typeof TEXT_FIELDS)[number];
export type FieldName = TextFieldName | TaxonomyName;
export const FIELDS: readonly FieldName[] = [...TEXT_FIELDS, ...TAXONOMIES];

export const FIELD_LABELS: Record<FieldName, string> = {
  reference: 'Reference',
  title: 'Title',
  text: 'Text',
  source: 'From',
  document: 'Document',
  locator: 'Place in the document',
  date: 'Date',
  session: 'Session',
  phase: 'Phase',
  language: 'Language',
  disposition: 'Disposition',
  dispositionReason: 'Reason',
  themes: 'Themes',
  dimensions: 'Dimensions',
  kinds: 'Kind',
  stakeholderKinds: 'Kind of stakeholder',
  regions: 'Region',
};

export function isTaxonomy(field: FieldName): field is TaxonomyName {
  return TAXONOMIES.some((name) => name === field);
}

/** What a form holds of a recommendation: texts, and of each taxonomy the ids of its terms. */
export type Values = Record<TextFieldName, string> & Record<TaxonomyName, readonly string[]>;

export function valuesOf(page: RecommendationPage): Values {
  const { reference, title, text, source, document, locator, date, session, phase, language } = page;
  const { disposition, dispositionReason, terms } = page;
  return {
    ...{ reference, title, text, source, document, locator, session, phase, language },
    ...{ date: date ?? '', disposition, dispositionReason },
    themes: terms.themes,
    dimensions: terms.dimensions,
    kinds: terms.kinds,
    stakeholderKinds: terms.stakeholderKinds,
    regions: terms.regions,
  };
}

const signOf = (value: string | readonly string[]): string =>
  typeof value === 'string' ? value.trim() : JSON.stringify([...value].sort());

/** Whether a field says the same in both; terms in any order. */
function sameField(field: FieldName, one: Values, other: Values): boolean {
  return signOf(one[field]) === signOf(other[field]);
}

const changedBetween = (one: Values, other: Values): FieldName[] =>
  FIELDS.filter((field) => !sameField(field, one, other));

/** What to send of a form: the fields that say something else than before. */
export function changeOf(before: Values, after: Values): Record<string, unknown> {
  const change: Record<string, unknown> = {};
  const terms: Partial<Record<TaxonomyName, readonly string[]>> = {};
  for (const field of changedBetween(before, after)) {
    if (isTaxonomy(field)) terms[field] = after[field];
    else change[field] = field === 'date' && after.date === '' ? null : after[field];
  }
  return Object.keys(terms).length === 0 ? change : { ...change, terms };
}

/** A form after somebody else was quicker. */
export interface Rebased {
  values: Values;
  /** What they changed that this form had not touched: it now shows their text. */
  taken: FieldName[];
  /** What both changed to something else: the form keeps its own. */
  disputed: FieldName[];
}

/** Brings a form up to what somebody else saved meanwhile; nothing that was typed is lost. */
export function rebase(base: Values, mine: Values, theirs: Values): Rebased {
  const theirChanges = changedBetween(base, theirs);
  const taken = theirChanges.filter((field) => sameField(field, base, mine));
  const disputed = theirChanges.filter(
    (field) => !sameField(field, base, mine) && !sameField(field, mine, theirs),
  );
  const values = { ...mine, ...Object.fromEntries(taken.map((field) => [field, theirs[field]])) };
  return { values, taken, disputed };
}
