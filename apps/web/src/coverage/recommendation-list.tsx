import { Link } from '@tanstack/react-router';
import { useVirtualizer } from '@tanstack/react-virtual';
import { groupBy } from '@zerodraft/schema';
import { type RecommendationSummary, reflects } from '@zerodraft/trace';
import { useMemo, useRef } from 'react';
import type { DraftView } from '../session/draft-view.ts';
import { useCounted } from './use-counted.ts';

/** The way to a clause as a moment has it: in the draft, or in a version. */
export function PlaceLink({
  clauseId,
  view,
  versionId,
}: {
  clauseId: string;
  view: DraftView;
  versionId: string | undefined;
}) {
  const { draftId } = useCounted();
  const citation = view.numbers.get(clauseId)?.citation || 'clause';
  return versionId === undefined ? (
    <Link to="/drafts/$draftId" params={{ draftId }} hash={clauseId}>
      {citation}
    </Link>
  ) : (
    <Link to="/drafts/$draftId/versions" params={{ draftId }} search={{ version: versionId }} hash={clauseId}>
      {citation}
    </Link>
  );
}

/** The same in what is counted. */
export function ClauseLink({ clauseId }: { clauseId: string }) {
  const { view, asOf } = useCounted();
  return <PlaceLink clauseId={clauseId} view={view} versionId={asOf} />;
}

/** Recommendations with the clauses they reached, or "not yet"; only the rows in sight are drawn. */
export function RecommendationList({
  recommendations,
  labelledBy,
}: {
  recommendations: readonly RecommendationSummary[];
  labelledBy: string;
}) {
  const { process, uptake } = useCounted();
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
        const of = (reflecting: boolean) => links.filter(({ relation }) => reflects(relation) === reflecting);
        const [clauses, contrary] = [of(true), of(false)];
        return (
          <li
            key={row.key}
            ref={rows.measureElement}
            data-index={row.index}
            aria-setsize={recommendations.length}
            aria-posinset={row.index + 1}
            style={{ transform: `translateY(${row.start}px)` }}
          >
            <span>
              <Link
                to="/processes/$processId/recommendations/$recommendationId"
                params={{ processId: process.id, recommendationId: item.id }}
              >
                <span className="reference">{item.reference}</span> <bdi>{item.title}</bdi>
              </Link>{' '}
              <bdi className="muted">{item.source}</bdi>
            </span>
            <span className="every-places">
              {links.length === 0 && <em className="state-open">not yet</em>}
              {clauses.map(({ clauseId }) => (
                <ClauseLink key={clauseId} clauseId={clauseId} />
              ))}
              {contrary.length > 0 && <em className="state-open">contrary in</em>}
              {contrary.map(({ clauseId }) => (
                <ClauseLink key={clauseId} clauseId={clauseId} />
              ))}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
