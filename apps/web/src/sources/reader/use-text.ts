import { type UseQueryResult, useQueries } from '@tanstack/react-query';
import { MAX_PARAGRAPHS_AT_ONCE, type Source, type SourceParagraph } from '@zerodraft/contract';
import { paragraphsQuery } from '../sources-api.ts';

type Answer = Awaited<ReturnType<NonNullable<ReturnType<typeof paragraphsQuery>['queryFn']>>>;

interface Text {
  /** The paragraphs that were fetched, by their numbers. */
  paragraphs: ReadonlyMap<number, SourceParagraph>;
  error: Error | null;
}

function combine(results: UseQueryResult<Answer, Error>[]): Text {
  const paragraphs = new Map<number, SourceParagraph>();
  for (const { data } of results)
    for (const paragraph of data?.paragraphs ?? []) paragraphs.set(paragraph.n, paragraph);
  return { paragraphs, error: results.find(({ error }) => error)?.error ?? null };
}

/** The first number of the stretch that a paragraph is fetched with. */
const stretchOf = (n: number): number => n - ((n - 1) % MAX_PARAGRAPHS_AT_ONCE);

/**
 * The text of a source, as far as it is wanted.
 * @param wanted from which paragraph to which; what lies between is fetched too
 */
export function useText(processId: string, source: Source, wanted: readonly [number, number][]): Text {
  const stretches = new Set<number>();
  for (const [from, to] of wanted) {
    const end = Math.min(to, source.paragraphs);
    for (let n = stretchOf(Math.max(from, 1)); n <= end; n += MAX_PARAGRAPHS_AT_ONCE) stretches.add(n);
  }
  const queries = [...stretches]
    .sort((a, b) => a - b)
    .map((from) => paragraphsQuery(processId, source, from));
  return useQueries({ queries, combine });
}
