import type { Facet, Taxonomies } from '@zerodraft/contract';
import { DISPOSITION_LABELS, EFFECTIVE_DISPOSITIONS, TAXONOMIES, type TaxonomyName } from '@zerodraft/trace';
import type { LibraryAddress } from './library-search.ts';

export type Terms = Taxonomies['taxonomies'];

export const TAXONOMY_LABELS: Record<TaxonomyName, string> = {
  themes: 'Themes',
  dimensions: 'Dimensions',
  kinds: 'Kinds',
  stakeholderKinds: 'Stakeholders',
  regions: 'Regions',
};
export const FACET_LABELS: Record<Facet, string> = {
  ...TAXONOMY_LABELS,
  source: 'Source',
  session: 'Session',
  linked: 'Linked to clauses',
  disposition: 'Disposition',
};
/** In the order in which the page shows them. */
export const SHOWN_FACETS: readonly Facet[] = ['disposition', 'linked', ...TAXONOMIES, 'source', 'session'];

/** How a value that is missing reads. */
export const NONE_LABEL = 'None';

const isTaxonomy = (facet: Facet): facet is TaxonomyName => TAXONOMIES.some((each) => each === facet);

/** The term that an id stands for today: merged terms are what they became. */
function termNow(terms: Terms | undefined, taxonomy: TaxonomyName, id: string) {
  const all = terms?.[taxonomy] ?? [];
  let found = all.find((term) => term.id === id);
  // Each step leads to another term; more steps than terms would be a circle.
  for (let step = 0; found?.mergedInto && step < all.length; step++) {
    const next: string = found.mergedInto;
    found = all.find((term) => term.id === next);
  }
  return found;
}

/** A facet's value as people read it. */
export function labelOf(terms: Terms | undefined, facet: Facet, value: string): string {
  if (value === '') return NONE_LABEL;
  if (facet === 'linked') return value === 'linked' ? 'Linked' : 'Not linked';
  if (facet === 'disposition') {
    const known = EFFECTIVE_DISPOSITIONS.find((each) => each === value);
    return known ? DISPOSITION_LABELS[known] : value;
  }
  if (!isTaxonomy(facet)) return value;
  const term = termNow(terms, facet, value);
  if (!term) return terms ? 'A term that is gone' : '…';
  return term.retiredAt === null ? term.label : `${term.label} (retired)`;
}

/** What is chosen of a facet, as the server counts it: ids of terms as they are today. */
export function chosenOf(terms: Terms | undefined, address: LibraryAddress, facet: Facet): string[] {
  const chosen: readonly string[] = address[facet] ?? [];
  if (!isTaxonomy(facet)) return [...chosen];
  return [...new Set(chosen.map((id) => termNow(terms, facet, id)?.id ?? id))];
}

/** The change of an address by which a facet has these values chosen. */
export function choose(facet: Facet, values: readonly string[]): Partial<LibraryAddress> {
  if (facet === 'linked') {
    const linked = (['linked', 'open'] as const).filter((value) => values.includes(value));
    return { linked: linked.length > 0 ? linked : undefined };
  }
  if (facet === 'disposition') {
    const disposition = EFFECTIVE_DISPOSITIONS.filter((value) => values.includes(value));
    return { disposition: disposition.length > 0 ? disposition : undefined };
  }
  return { [facet]: values.length > 0 ? [...values] : undefined };
}
