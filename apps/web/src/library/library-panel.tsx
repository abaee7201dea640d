import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { useVirtualizer } from '@tanstack/react-virtual';
import { passesFilter, type RecommendationFilter, uptakeOf } from '@zerodraft/trace';
import { Upload } from 'lucide-react';
import { useDeferredValue, useMemo, useRef, useState } from 'react';
import { libraryQuery, searchQuery } from '../api.ts';
import { useClauseOrder, useMay, useWorkspace } from '../session/use-draft.tsx';
import { LikelyRecommendations } from '../suggestions/likely-recommendations.tsx';
import { Filters } from './filters.tsx';
import { ImportDialog } from './import-dialog.tsx';
import { RecommendationCard } from './recommendation-card.tsx';
import { useLinks } from './use-links.ts';

interface Props {
  /** The clause that "Link" buttons act on. */
  clauseId: string | null;
  /** When set, only this clause's recommendations are listed. */
  onlyClause: string | null;
  onLeaveClause: () => void;
  onReveal: (clauseId: string) => void;
}

/** The recommendation library: search, filters, and a list that draws only the cards in sight. */
export function LibraryPanel({ clauseId, onlyClause, onLeaveClause, onReveal }: Props) {
  const { process } = useWorkspace();
  const mayImport = useMay('recommendation.import');
  const { links, byClause } = useLinks();
  const { numbers } = useClauseOrder();
  // A cell of the heat map opens the list behind it: its address carries the filter.
  const { find, theme, dimension, linked } = useSearch({ from: '/session/signed-in/drafts/$draftId/' });
  const [filter, setFilter] = useState<RecommendationFilter>({ theme, dimension, linked });
  const [query, setQuery] = useState(find ?? '');
  const [importing, setImporting] = useState(false);
  const text = useDeferredValue(query.trim());
  const library = useQuery(libraryQuery(process.id));
  const search = useQuery(searchQuery(process.id, text));

  const shown = useMemo(() => {
    const all = library.data ?? [];
    const linkedIds = uptakeOf(all, links).linked;
    const ofClause =
      onlyClause === null ? null : new Set(byClause.get(onlyClause)?.map((link) => link.recommendationId));
    const passes = all.filter(
      (item) => passesFilter(item, filter, linkedIds) && (ofClause?.has(item.id) ?? true),
    );
    if (text === '' || !search.data) return passes.map((item) => ({ item, hit: undefined }));
    const byId = new Map(passes.map((item) => [item.id, item]));
    return search.data.flatMap((hit) => {
      const item = byId.get(hit.id);
      return item ? [{ item, hit }] : [];
    });
  }, [library.data, links, byClause, onlyClause, filter, text, search.data]);

  const scroller = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: shown.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 132,
    overscan: 6,
    getItemKey: (index) => shown[index]?.item.id ?? index,
  });

  return (
    <section className="library" aria-label="Recommendations">
      <div className="library-tools">
        <input
          type="search"
          aria-label="Search recommendations"
          placeholder="Search the full text"
          value={query}
          onChange={(event) => setQuery(event.target.value)}
        />
        {mayImport && (
          <button type="button" className="button" onClick={() => setImporting(true)}>
            <Upload size={15} aria-hidden="true" /> Import
          </button>
        )}
      </div>
      <Filters filter={filter} onChange={setFilter} recommendations={library.data ?? []} />
      {onlyClause && (
        <p className="scope">
          Recommendations of {numbers.get(onlyClause)?.citation || 'this clause'}
          <button type="button" className="button" onClick={onLeaveClause}>
            Show all
          </button>
        </p>
      )}
      <LikelyRecommendations clauseId={clauseId} />
      <p className="muted" role="status">
        {library.isPending ? 'Loading…' : `${shown.length} of ${library.data?.length ?? 0} recommendations`}
      </p>
      {library.isError && <p role="alert">{library.error.message}</p>}
      {library.data?.length === 0 && (
        <p className="empty">
          This process has no recommendations yet.
          {mayImport && ' Import them from a CSV or XLSX file; then link them to clauses.'}
        </p>
      )}
      <div className="library-list" ref={scroller} data-testid="library-list">
        <ul style={{ height: rows.getTotalSize() }}>
          {rows.getVirtualItems().map((row) => {
            const entry = shown[row.index];
            if (!entry) return null;
            return (
              <li
                key={row.key}
                ref={rows.measureElement}
                data-index={row.index}
                style={{ transform: `translateY(${row.start}px)` }}
              >
                <RecommendationCard
                  summary={entry.item}
                  hit={entry.hit}
                  clauseId={clauseId}
                  onReveal={onReveal}
                />
              </li>
            );
          })}
        </ul>
      </div>
      {importing && <ImportDialog processId={process.id} onClose={() => setImporting(false)} />}
    </section>
  );
}
