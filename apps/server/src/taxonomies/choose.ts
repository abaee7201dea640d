import { TAXONOMIES, type TaxonomyName } from '@zerodraft/trace';
import type { TermRow, Terms } from './terms.ts';

/** Labels by taxonomy; a kind may also go by the name that it has from the beginning. */
export type Named = Partial<Record<TaxonomyName, readonly string[]>>;

const WORDS: Record<TaxonomyName, string> = {
  themes: 'themes',
  dimensions: 'dimensions',
  kinds: 'kinds',
  stakeholderKinds: 'kinds of stakeholder',
  regions: 'regions',
};

/** The term that a name stands for if it is offered, or is held already; merges followed. */
export function offered(
  terms: Terms,
  taxonomy: TaxonomyName,
  name: string,
  held: readonly string[],
): TermRow | undefined {
  const term = terms.named(taxonomy, name) ?? terms.keyed(taxonomy, name);
  return term && (term.retiredAt === null || held.some((id) => terms.find(id)?.id === term.id))
    ? term
    : undefined;
}

/** A term was named that cannot be chosen; the request is refused with this, and nothing of it is kept. */
export class UnknownTerm extends Error {
  constructor(terms: Terms, taxonomy: TaxonomyName, name: string) {
    super(
      terms.named(taxonomy, name)
        ? `"${name}" is retired among the process's ${WORDS[taxonomy]}. Choose another, or bring it back there.`
        : `"${name}" is not among the process's ${WORDS[taxonomy]}. Choose from these.`,
    );
  }
}

/**
 * What names stand for, as ids; an empty name for nothing.
 * @param held what it has already: of that, retired terms may stay
 * @throws UnknownTerm when one of the names cannot be chosen
 */
export function choose(terms: Terms, named: Named, held: readonly string[] = []): string[] {
  const ids: string[] = [];
  for (const taxonomy of TAXONOMIES)
    for (const name of named[taxonomy] ?? []) {
      if (name === '') continue;
      const term = offered(terms, taxonomy, name, held);
      if (!term) throw new UnknownTerm(terms, taxonomy, name);
      ids.push(term.id);
    }
  return ids;
}
