import { GROUPINGS, TAXONOMIES } from '@zerodraft/trace';
import type { Terms } from '../library-page/facet-values.ts';
import { type LibraryAddress, librarySearch } from '../library-page/library-search.ts';
import type { ListSelection } from './coverage-search.ts';

const taxonomyOf = (grouping: string) => TAXONOMIES.find((name) => name === grouping);

/**
 * What the library's page has to be asked for to list the same recommendations; null where it has no such filter: of what
 * is linked in a place of the text, of what was only considered, and of what was linked in a version.
 */
export function libraryAddress(
  selection: ListSelection,
  { draftId, asOf, terms }: { draftId: string; asOf: string | undefined; terms: Terms },
): LibraryAddress | null {
  const { state, under, others, clauses } = selection;
  if (under !== undefined || clauses !== undefined || others !== undefined || state === 'contrary')
    return null;
  if (state !== undefined && asOf !== undefined) return null;
  const filters: Record<string, string[]> = {};
  for (const grouping of GROUPINGS) {
    const value = selection[grouping];
    if (value === undefined) continue;
    const taxonomy = taxonomyOf(grouping);
    const term =
      taxonomy === undefined || value === ''
        ? value
        : terms[taxonomy]?.find(({ label, mergedInto }) => label === value && mergedInto === null)?.id;
    if (term === undefined) return null;
    filters[grouping] = [term];
  }
  return librarySearch.parse({
    ...filters,
    ...(state === undefined ? {} : { linked: [state], draft: draftId }),
  });
}

/** What the panel beside the draft has to be asked for; null where it has no such filter. */
export function panelSearch(
  { themes, dimensions, state, ...others }: ListSelection,
  asOf: string | undefined,
) {
  const more = Object.values(others).some((value) => value !== undefined);
  if (asOf !== undefined || more || themes === '' || dimensions === '' || state === 'contrary') return null;
  return themes === undefined && dimensions === undefined && state === undefined
    ? null
    : { theme: themes, dimension: dimensions, linked: state };
}
