import type { ProposalFields } from '@zerodraft/contract';
import { z } from 'zod';
import { choose, offered } from '../taxonomies/choose.ts';
import type { Terms } from '../taxonomies/terms.ts';

const ids = z.array(z.string());

type Classified = Pick<ProposalFields, 'kind' | 'themes' | 'dimensions' | 'stakeholderKind' | 'region'>;

/**
 * The terms of a proposal. A region that the process does not offer stays as it was written: whatever strangers write
 * is no term before somebody of the team accepts it.
 * @param held what the deposit has already: of that, retired terms may stay
 * @throws UnknownTerm when another term cannot be chosen
 */
export function classify(
  terms: Terms,
  { kind, themes, dimensions, stakeholderKind, region }: Classified,
  held: readonly string[] = [],
): { termIds: string[]; region: string } {
  const named = { kinds: [kind], themes, dimensions, stakeholderKinds: [stakeholderKind] };
  const termIds = choose(terms, named, held);
  const place = region === '' ? undefined : offered(terms, 'regions', region, held);
  return place ? { termIds: [...termIds, place.id], region: '' } : { termIds, region };
}

/** The labels of a proposal's terms. @param region as it was written, where it is no term */
export function labelsOf(terms: Terms, termIds: readonly string[], region: string): Classified {
  const sorted = terms.sort(termIds);
  const one = (list: readonly string[]): string => terms.labelsOf(list)[0] ?? '';
  return {
    kind: one(sorted.kinds),
    themes: terms.labelsOf(sorted.themes),
    dimensions: terms.labelsOf(sorted.dimensions),
    stakeholderKind: one(sorted.stakeholderKinds),
    region: one(sorted.regions) || region,
  };
}

/** Whether a proposal is classified as it was sent: by the same terms, whatever they are called now. */
export function isAsSent(
  terms: Terms,
  { sentTerms, region }: { sentTerms: string; region: string },
  termIds: readonly string[],
  sentRegion: string,
): boolean {
  const plain = (list: readonly string[]): string =>
    [...new Set(list.map((id) => terms.find(id)?.id ?? id))].sort().join();
  const sent = ids.parse(JSON.parse(sentTerms));
  const wasTerm = sent.some((id) => terms.find(id)?.taxonomy === 'regions');
  return plain(sent) === plain(termIds) && region === (wasTerm ? '' : sentRegion);
}

/** What a region that a depositor wrote is in a process now. */
export function regionOf(terms: Terms, region: string): 'none' | 'new' | 'retired' | 'known' {
  if (region === '') return 'none';
  const known = terms.named('regions', region);
  if (!known) return 'new';
  return known.retiredAt === null ? 'known' : 'retired';
}
