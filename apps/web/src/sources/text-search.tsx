import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { SourcesHit } from '@zerodraft/contract';
import { useDeferredValue } from 'react';
import { Problem } from '../ui/field.tsx';
import { Marked } from '../ui/marked.tsx';
import { counted } from './source-details.ts';
import { sourcesSearchQuery } from './sources-api.ts';

function Hit({ processId, q, hit }: { processId: string; q: string; hit: SourcesHit }) {
  const { sourceId, title, language, n, page, excerpt } = hit;
  return (
    <li>
      <Link
        to="/processes/$processId/sources/$sourceId"
        params={{ processId, sourceId }}
        search={{ p: n, find: q }}
      >
        <span dir="auto" lang={language ?? undefined}>
          {title || 'Without a title'}
        </span>
        <span className="muted">{page === null ? `Paragraph ${n}` : `Page ${page}, paragraph ${n}`}</span>
      </Link>
      <p dir="auto" lang={language ?? undefined}>
        <Marked text={excerpt} />
      </p>
    </li>
  );
}

/** Search in the texts of all sources; a place that is found opens the document there, with the words marked. */
export function TextSearch({
  processId,
  text,
  onText,
}: {
  processId: string;
  text: string;
  onText: (text: string) => void;
}) {
  const q = useDeferredValue(text.trim());
  const { data, error, isFetching, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(
    sourcesSearchQuery(processId, q),
  );
  const first = q === '' ? undefined : data?.pages[0];
  const hits = first ? (data?.pages.flatMap((page) => page.hits) ?? []) : [];
  const found = first && `${counted(first.total, 'place')} in ${counted(first.sources, 'source')}`;
  const status = q === '' ? '' : (found ?? (isFetching ? 'Searching…' : ''));
  return (
    <search className="text-search">
      <input
        type="search"
        aria-label="Search in the texts of all sources"
        placeholder='Search in the texts: words, beginnings, "a phrase"'
        dir="auto"
        maxLength={200}
        value={text}
        onChange={({ target }) => onText(target.value)}
      />
      <p className="muted" role="status">
        {first?.total === 0 ? 'No text has these words.' : status}
      </p>
      <Problem>{error?.message}</Problem>
      {hits.length > 0 && (
        <ul className="text-hits" aria-label="Places in the texts">
          {hits.map((hit) => (
            <Hit key={`${hit.sourceId}/${hit.n}`} processId={processId} q={q} hit={hit} />
          ))}
        </ul>
      )}
      {first && hasNextPage && (
        <button
          type="button"
          className="button"
          disabled={isFetchingNextPage}
          onClick={() => void fetchNextPage()}
        >
          Show more places
        </button>
      )}
    </search>
  );
}
