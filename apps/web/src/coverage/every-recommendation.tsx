import { Link } from '@tanstack/react-router';
import { useVirtualizer } from '@tanstack/react-virtual';
import type { RecommendationSummary } from '@zerodraft/trace';
import { useRef, useState } from 'react';
import { useLinks } from '../library/use-links.ts';
import { useClauseOrder, useWorkspace } from '../session/use-draft.tsx';

const STATES = { all: 'All', linked: 'Linked', open: 'Not yet linked' } as const;
type State = keyof typeof STATES;
const isState = (value: string): value is State => value in STATES;

/** Every recommendation with the clauses it reached, or "not yet"; only the rows in sight are drawn. */
export function EveryRecommendation({
  recommendations,
}: {
  recommendations: readonly RecommendationSummary[];
}) {
  const { session } = useWorkspace();
  const params = { draftId: session.draft.id };
  const { byRecommendation } = useLinks();
  const { numbers } = useClauseOrder();
  const [state, setState] = useState<State>('all');
  const shown = recommendations.filter(
    ({ id }) => state === 'all' || byRecommendation.has(id) === (state === 'linked'),
  );
  const scroller = useRef<HTMLUListElement>(null);
  const rows = useVirtualizer({
    count: shown.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 30,
    overscan: 10,
    getItemKey: (index) => shown[index]?.id ?? index,
  });
  return (
    <section aria-labelledby="every">
      <h2 id="every">
        Every recommendation ({shown.length})
        <select
          aria-label="Show"
          value={state}
          onChange={({ target }) => isState(target.value) && setState(target.value)}
        >
          {Object.entries(STATES).map(([value, label]) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
      </h2>
      <ul className="every-list" ref={scroller} aria-labelledby="every">
        <li aria-hidden="true" style={{ height: rows.getTotalSize() }} />
        {rows.getVirtualItems().map((row) => {
          const item = shown[row.index];
          if (!item) return null;
          const clauses = byRecommendation
            .get(item.id)
            ?.map(({ clauseId }) => numbers.get(clauseId)?.citation)
            .join(', ');
          return (
            <li
              key={row.key}
              ref={rows.measureElement}
              data-index={row.index}
              aria-setsize={shown.length}
              aria-posinset={row.index + 1}
              style={{ transform: `translateY(${row.start}px)` }}
            >
              <Link to="/drafts/$draftId" params={params} search={{ find: item.reference }}>
                <span className="reference">{item.reference}</span> {item.title}
              </Link>{' '}
              <em className={clauses ? 'state-linked' : 'state-open'}>{clauses ?? 'not yet'}</em>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
