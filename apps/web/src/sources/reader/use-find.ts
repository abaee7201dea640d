import { useQuery } from '@tanstack/react-query';
import { MARK_END, MARK_START, type Source } from '@zerodraft/contract';
import { useDeferredValue, useEffect, useMemo, useState } from 'react';
import { sourceSearchQuery } from '../sources-api.ts';

const MARKED = new RegExp(`${MARK_START}([^${MARK_END}]+)${MARK_END}`, 'g');
const NO_WORDS: readonly string[] = [];

/** Search in a source's text: the paragraphs that have the words, one of them the current one. */
export function useFind(
  processId: string,
  source: Source,
  reveal: (n: number) => void,
  initial: string,
  firstInSight: () => number,
) {
  const [query, setQuery] = useState(initial);
  const [at, setAt] = useState(0);
  const asked = useDeferredValue(query.trim());
  const { data, error, isFetching } = useQuery(sourceSearchQuery(processId, source, asked));
  const found = asked === '' ? undefined : data;
  const hits = found?.hits;
  // The words as they stand in the text, where the search found other forms of them.
  const words = useMemo(() => {
    const all = (hits ?? []).flatMap(({ excerpt }) => [...excerpt.matchAll(MARKED)].map(([, word]) => word));
    return [...new Set(all.filter((word) => word !== undefined))];
  }, [hits]);
  const numbers = useMemo(() => new Set(hits?.map(({ n }) => n)), [hits]);
  // From where one reads, on; and from the top when nothing comes there.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for what was found
  useEffect(() => {
    if (!hits) return;
    const from = firstInSight();
    const first = Math.max(
      0,
      hits.findIndex(({ n }) => n >= from),
    );
    setAt(first);
    const hit = hits[first];
    if (hit) reveal(hit.n);
  }, [hits]);
  const count = hits?.length ?? 0;
  return {
    query,
    setQuery,
    error,
    searching: asked !== '' && isFetching && !found,
    total: found?.total ?? null,
    /** How many can be gone through. */
    count,
    at,
    /** The paragraph of the current hit. */
    now: hits?.[at]?.n ?? null,
    wordsIn: (n: number): readonly string[] => (numbers.has(n) ? words : NO_WORDS),
    go: (step: 1 | -1): void => {
      if (!hits || count === 0) return;
      const next = (at + step + count) % count;
      setAt(next);
      reveal(hits[next]?.n ?? 1);
    },
  };
}
export type Find = ReturnType<typeof useFind>;
