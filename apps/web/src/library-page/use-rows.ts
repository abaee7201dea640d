import { useQueries } from '@tanstack/react-query';
import type { LibraryItem } from '@zerodraft/contract';
import { useRef, useState } from 'react';
import { PAGE_ROWS, pageQuery } from './library-api.ts';
import type { LibraryQuery } from './library-search.ts';

export interface Rows {
  /** By their place in the list; those near to what is in sight. */
  items: ReadonlyMap<number, LibraryItem>;
  /** Null until the first answer. */
  total: number | null;
  /** What is shown is of the search before: the new one is on its way. */
  behind: boolean;
  error: Error | null;
  retry: () => void;
  /** Tells which rows are in sight. */
  look: (first: number, last: number) => void;
}

/** The rows of a search, fetched in pages as they come into sight. */
export function useRows(processId: string, query: LibraryQuery): Rows {
  const key = JSON.stringify(query);
  const [seen, setSeen] = useState({ key, first: 0, last: 0 });
  // Another search begins at its top.
  const { first, last } = seen.key === key ? seen : { first: 0, last: 0 };
  const shown = useRef<{ key: string; items: ReadonlyMap<number, LibraryItem>; total: number | null }>({
    key,
    items: new Map(),
    total: null,
  });
  const pages = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  const results = useQueries({ queries: pages.map((page) => pageQuery(processId, query, page)) });
  const items = new Map<number, LibraryItem>();
  for (const [index, { data }] of results.entries())
    for (const [place, item] of (data?.items ?? []).entries())
      items.set((first + index) * PAGE_ROWS + place, item);
  const total = results.find(({ data }) => data)?.data?.total ?? null;
  if (total !== null) shown.current = { key, items, total };
  const failed = results.find(({ error }) => error);
  const known = shown.current;
  const ofBefore = total === null && known.key !== key;
  return {
    items: ofBefore ? known.items : items,
    total: total ?? known.total,
    behind: ofBefore && known.total !== null,
    error: failed?.error ?? null,
    retry: () => {
      for (const result of results) if (result.isError) void result.refetch();
    },
    look: (from, to) => {
      const next = { key, first: Math.floor(from / PAGE_ROWS), last: Math.floor(to / PAGE_ROWS) };
      if (next.first !== first || next.last !== last || seen.key !== key) setSeen(next);
    },
  };
}
