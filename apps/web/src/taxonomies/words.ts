import type { Term } from '@zerodraft/contract';
import type { TaxonomyName } from '@zerodraft/trace';

interface Words {
  title: string;
  /** "New theme". */
  one: string;
  lead: string;
  empty: string;
}

/** What each taxonomy is called, and for. */
export const WORDS: Record<TaxonomyName, Words> = {
  themes: {
    title: 'Themes',
    one: 'theme',
    lead: 'What recommendations are about; they can have several. The rows of the coverage table.',
    empty: 'No themes yet.',
  },
  dimensions: {
    title: 'Dimensions',
    one: 'dimension',
    lead: 'The other way recommendations are counted; they can have several. The columns of the coverage table.',
    empty: 'No dimensions yet.',
  },
  kinds: {
    title: 'Kinds',
    one: 'kind',
    lead: 'What a recommendation asks for; it has one at most. The box translates those that a process begins with while they keep their name.',
    empty: 'No kinds yet.',
  },
  stakeholderKinds: {
    title: 'Stakeholders',
    one: 'kind of stakeholder',
    lead: 'Who recommendations, sources and deposits come from; each has one at most. The box translates those that a process begins with while they keep their name.',
    empty: 'No kinds of stakeholder yet.',
  },
  regions: {
    title: 'Regions',
    one: 'region',
    lead: 'Where recommendations, sources and deposits come from; each has one at most. What depositors write becomes a region once their deposit is accepted.',
    empty: 'No regions yet. They come with sources, imports and accepted deposits, or are added here.',
  },
};

const counted = (count: number, one: string): string =>
  `${count.toLocaleString('en')} ${count === 1 ? one : `${one}s`}`;

export const recommendationsOf = ({ used }: Term): string => counted(used, 'recommendation');

/** The sources and deposits that have a term: "2 sources, 1 deposit"; empty when none has it. */
export function othersOf({ sources, deposits }: Term): string {
  return [sources > 0 && counted(sources, 'source'), deposits > 0 && counted(deposits, 'deposit')]
    .filter(Boolean)
    .join(', ');
}

/** Everything that has a term, in words: "3 recommendations, 2 sources and 1 deposit". */
export function allOf(term: Term): string {
  const { used, sources, deposits } = term;
  const parts = [
    used > 0 && recommendationsOf(term),
    sources > 0 && counted(sources, 'source'),
    deposits > 0 && counted(deposits, 'deposit'),
  ].filter((part) => part !== false);
  return new Intl.ListFormat('en', { type: 'conjunction' }).format(parts);
}

export const isFree = ({ used, sources, deposits }: Term): boolean => used + sources + deposits === 0;

/** What a term that was merged stands for now. */
export function survivorOf(terms: readonly Term[], term: Term): Term {
  const into = terms.find(({ id }) => id === term.mergedInto);
  return into ? survivorOf(terms, into) : term;
}

/** Whether a term is offered. */
export const inUse = ({ retiredAt, mergedInto }: Term): boolean => retiredAt === null && mergedInto === null;
