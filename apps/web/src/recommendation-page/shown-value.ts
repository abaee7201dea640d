import type { Taxonomies } from '@zerodraft/contract';
import { DISPOSITION_LABELS, DISPOSITIONS } from '@zerodraft/trace';
import { languageName } from '../sources/source-details.ts';
import { formatDate } from '../ui/moments.tsx';
import type { FieldName } from './fields.ts';

/** What terms are called, those that were merged or retired since included. */
export function labelOf(terms: Taxonomies['taxonomies'], id: string): string {
  for (const list of Object.values(terms)) {
    const found = list.find((term) => term.id === id);
    if (found) return found.label;
  }
  return 'a term that is gone';
}

/** A field's value as people read it; empty when it says nothing. */
export function shownValue(
  field: FieldName,
  value: string | readonly string[],
  terms: Taxonomies['taxonomies'],
): string {
  if (typeof value !== 'string') return value.map((id) => labelOf(terms, id)).join('; ');
  if (value === '') return '';
  if (field === 'date') return formatDate(value);
  if (field === 'language') return languageName(value);
  if (field !== 'disposition') return value;
  const known = DISPOSITIONS.find((each) => each === value);
  return known ? DISPOSITION_LABELS[known] : value;
}
