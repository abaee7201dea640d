import { Link } from '@tanstack/react-router';
import { useVirtualizer } from '@tanstack/react-virtual';
import { groupBy } from '@zerodraft/schema';
import { type RecommendationSummary, reflects } from '@zerodraft/trace';
import { useMemo, useRef } from 'react';
import { useCounted } from './use-counted.ts';

/** Recommendations with the clauses they reached, or "not yet"; only the rows in sight are drawn. */
export function RecommendationList({
  recommendations,
  labelledBy,
}: {
  recommendations: readonly RecommendationSummary[];
  labelledBy: string;
}) {
  const { draftId, process, view, uptake, asOf } = useCounted();
  const byRecommendation = useMemo(() => groupBy(uptake.links, (link) => link.recommendationId), [uptake]);
  const scroller = useRef<HTMLUListElement>(null);
  const rows = useVirtualizer({
    count: recommendations.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 30,
    overscan: 10,
    getItemKey: (index) => recommendations[index]?.id ?? index,
  });
  return (
    <ul className="every-list" ref={scroller} aria-labelledby={labelledBy}>
      <li aria-hidden="true" style={{ height: rows.getTotalSize() }} />
      {rows.getVirtualItems().map((row) => {
        const item = recommendations[row.index];
        if (!item) return null;
        const links = byRecommendation.get(item.id) ?? [];
        const cite = (reflecting: boolean): string =>
          links
            .filter(({ relation }) => reflects(relation) === reflecting)
            .map(({ clauseId }) => view.numbers.get(clauseId)?.citation)
            .join(', ');
        const [clauses, contrary] = [cite(true), cite(false)];
        const words = (
          <>
            <span className="reference">{item.reference}</span> {item.title}
          </>
        );
        return (
          <li
            key={row.key}
            ref={rows.measureElement}
            data-index={row.index}
            aria-setsize={recommendations.length}
            aria-posinset={row.index + 1}
            style={{ transform: `translateY(${row.start}px)` }}
          >
            {asOf === undefined ? (
              <Link to="/drafts/$draftId" params={{ draftId }} search={{ find: item.reference }}>
                {words}
              </Link>
            ) : (
              <Link
                to="/processes/$processId/recommendations/$recommendationId"
                params={{ processId: process.id, recommendationId: item.id }}
              >
                {words}
              </Link>
            )}{' '}
            <span className="muted">{item.source}</span>{' '}
            <em className={clauses ? 'state-linked' : 'state-open'}>
              {clauses || (contrary ? '' : 'not yet')}
              {contrary && `${clauses ? '; ' : ''}contrary in ${contrary}`}
            </em>
          </li>
        );
      })}
    </ul>
  );
}
