import { FACETS, LIBRARY_SORTS, type LibrarySort, type LibraryView, viewQuery } from '@zerodraft/contract';
import { EFFECTIVE_DISPOSITIONS, LIMITS } from '@zerodraft/trace';
import { z } from 'zod';

/** Characters that a search takes. */
export const MAX_QUERY = 200;

// Whoever writes ?q=2017 by hand means the text.
const text = z.union([z.string(), z.number().transform(String)]);
const optionalText = text.optional().catch(undefined);
const valuesOf = (length: number) =>
  z
    .array(text.pipe(z.string().max(length)))
    .min(1)
    .max(200)
    .optional()
    .catch(undefined);
const ids = valuesOf(100);
const texts = valuesOf(LIMITS.short);
const day = z.iso.date().optional().catch(undefined);

/** What the address of the library's page holds; what is unknown is left out. */
export const librarySearch = z.object({
  q: optionalText,
  themes: ids,
  dimensions: ids,
  kinds: ids,
  stakeholderKinds: ids,
  regions: ids,
  source: texts,
  session: texts,
  linked: z
    .array(z.enum(['linked', 'open']))
    .min(1)
    .optional()
    .catch(undefined),
  disposition: z.array(z.enum(EFFECTIVE_DISPOSITIONS)).min(1).optional().catch(undefined),
  sourceId: ids,
  from: day,
  to: day,
  /** The draft whose links count. */
  draft: optionalText,
  sort: z.enum(LIBRARY_SORTS).optional().catch(undefined),
  desc: z.boolean().optional().catch(undefined),
  /** The saved view that this began as. */
  view: optionalText,
});
export type LibraryAddress = z.infer<typeof librarySearch>;

/** A search without its place in the list: what an address asks for and a view keeps. */
export type LibraryQuery = LibraryView['query'];

/** What an address asks the server for. What others hang on it, as mail programs do, asks for nothing. */
export function queryOf(address: LibraryAddress): LibraryQuery {
  const known = librarySearch.parse(address);
  const { q = '', draft, sort = 'relevance', desc = false, view: _view, from, to, ...lists } = known;
  return viewQuery.parse({
    q: q.slice(0, MAX_QUERY),
    filters: { ...lists, from: from ?? null, to: to ?? null },
    draftId: draft ?? null,
    sort,
    descending: desc,
  });
}

/** The address that asks for what a view keeps. */
export function addressOf({ id, query }: Pick<LibraryView, 'id' | 'query'>): LibraryAddress {
  const { q, filters, draftId, sort, descending } = query;
  const { from, to, ...lists } = filters;
  const filled = Object.entries(lists).filter(([, list]) => list.length > 0);
  return librarySearch.parse({
    ...Object.fromEntries(filled),
    ...(q === '' ? {} : { q }),
    ...(from === null ? {} : { from }),
    ...(to === null ? {} : { to }),
    ...(draftId === null ? {} : { draft: draftId }),
    ...(sort === 'relevance' ? {} : { sort }),
    ...(descending ? { desc: true } : {}),
    view: id,
  });
}

/** Whether two searches ask for the same; the order in which values were chosen does not matter. */
export function sameQuery(a: LibraryQuery, b: LibraryQuery): boolean {
  const plain = (query: LibraryQuery): string =>
    JSON.stringify(query, (_name, value: unknown) => (Array.isArray(value) ? [...value].sort() : value));
  return plain(a) === plain(b);
}

/** An address without anything that narrows; the order stays. */
export function withoutFilters({ sort, desc }: LibraryAddress): LibraryAddress {
  return { sort, desc };
}

/** Whether an address shows less than all. */
export function isNarrowed(address: LibraryAddress): boolean {
  const lists = [...FACETS, 'sourceId', 'from', 'to', 'q'] as const;
  return lists.some((name) => address[name] !== undefined);
}

export const SORT_LABELS: Record<LibrarySort, string> = {
  relevance: 'Best match',
  reference: 'Reference',
  title: 'Title',
  source: 'Source',
  date: 'Date',
  changed: 'Last change',
  links: 'Linked clauses',
};

/** Of these one wants the newest or the most first. */
export const DESCENDING_FIRST: readonly LibrarySort[] = ['date', 'changed', 'links'];
