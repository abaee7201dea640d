import { Link } from '@tanstack/react-router';
import { useWindowVirtualizer } from '@tanstack/react-virtual';
import type { Source } from '@zerodraft/contract';
import { useLayoutEffect, useRef, useState } from 'react';
import { counted, describe } from './source-details.ts';
import { STATE_LABELS } from './source-filter.ts';
import { SourceMenu } from './source-menu.tsx';

function SourceRow({ source, processId, manages }: { source: Source; processId: string; manages: boolean }) {
  const { state, problem, recommendations, title, language } = source;
  const details = describe(source);
  return (
    <div className="source-row" data-state={state}>
      <div>
        <h3>
          <Link
            to="/processes/$processId/sources/$sourceId"
            params={{ processId, sourceId: source.id }}
            dir="auto"
            lang={language ?? undefined}
          >
            {title || 'Without a title'}
          </Link>
        </h3>
        {details && (
          <p className="muted" dir="auto">
            {details}
          </p>
        )}
        {problem && <p className="source-problem">{problem}</p>}
      </div>
      <p className="source-facts">
        <span className="source-state">{STATE_LABELS[state]}</span>
        <span className="muted">
          {recommendations > 0 ? counted(recommendations, 'recommendation') : 'No recommendations'}
        </span>
      </p>
      <SourceMenu source={source} processId={processId} manages={manages} />
    </div>
  );
}

/** Sources as rows of the page, of which those in sight are drawn. */
export function SourceList({
  sources,
  processId,
  manages,
}: {
  sources: readonly Source[];
  processId: string;
  manages: boolean;
}) {
  const list = useRef<HTMLUListElement>(null);
  const [top, setTop] = useState(0);
  // What stands above the list changes its place: files on their way, filters that wrap.
  useLayoutEffect(() => {
    const place = (): void => {
      if (list.current) setTop(list.current.getBoundingClientRect().top + window.scrollY);
    };
    const observer = new ResizeObserver(place);
    observer.observe(document.body);
    if (list.current?.parentElement) observer.observe(list.current.parentElement);
    place();
    return () => observer.disconnect();
  }, []);
  const rows = useWindowVirtualizer({
    count: sources.length,
    estimateSize: () => 72,
    overscan: 8,
    scrollMargin: top,
    getItemKey: (index) => sources[index]?.id ?? index,
  });
  return (
    <ul className="source-list" ref={list} aria-label="Sources" style={{ height: rows.getTotalSize() }}>
      {rows.getVirtualItems().map((row) => {
        const source = sources[row.index];
        if (!source) return null;
        return (
          <li
            key={row.key}
            ref={rows.measureElement}
            data-index={row.index}
            aria-setsize={sources.length}
            aria-posinset={row.index + 1}
            style={{ transform: `translateY(${row.start - top}px)` }}
          >
            <SourceRow source={source} processId={processId} manages={manages} />
          </li>
        );
      })}
    </ul>
  );
}
