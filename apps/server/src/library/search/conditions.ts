import { FACETS, type Facet, type LibraryFilters } from '@zerodraft/contract';
import { dispositionOf, TAXONOMIES } from '@zerodraft/trace';
import type { Terms } from '../../taxonomies/terms.ts';
import type { Entry, Linked } from './catalogue.ts';

const NONE: readonly string[] = [''];

/** The values that a recommendation has of a facet; an empty text where it has none. */
export function valuesOf(entry: Entry, facet: Facet, links: ReadonlyMap<string, Linked>): readonly string[] {
  switch (facet) {
    case 'source':
      return [entry.source];
    case 'session':
      return [entry.session];
    case 'linked':
      return [links.has(entry.id) ? 'linked' : 'open'];
    case 'disposition':
      return [dispositionOf(entry.disposition, links.get(entry.id)?.reflected === true)];
    default:
      return entry.terms[facet].length > 0 ? entry.terms[facet] : NONE;
  }
}

/** A filter made ready: which of its facets a recommendation fails. */
export function conditions(
  filters: LibraryFilters,
  terms: Terms,
  links: ReadonlyMap<string, Linked>,
): (entry: Entry) => readonly Facet[] | null {
  const wanted = new Map<Facet, Set<string>>();
  for (const facet of FACETS) if (filters[facet].length > 0) wanted.set(facet, new Set(filters[facet]));
  // Saved filters may name terms that were merged meanwhile.
  for (const taxonomy of TAXONOMIES) {
    if (filters[taxonomy].length === 0) continue;
    wanted.set(taxonomy, new Set(filters[taxonomy].map((id) => terms.find(id)?.id ?? id)));
  }
  const sources = new Set(filters.sourceId);
  const { from, to } = filters;
  return (entry) => {
    if (sources.size > 0 && !sources.has(entry.sourceId ?? '')) return null;
    if (from !== null && (entry.date === null || entry.date < from)) return null;
    if (to !== null && (entry.date === null || entry.date > to)) return null;
    const failed: Facet[] = [];
    for (const [facet, values] of wanted)
      if (!valuesOf(entry, facet, links).some((value) => values.has(value))) failed.push(facet);
    return failed;
  };
}
