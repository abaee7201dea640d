import { useNavigate } from '@tanstack/react-router';
import { defaultRangeExtractor, useWindowVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useEffect, useImperativeHandle, useLayoutEffect, useRef, useState } from 'react';
import type { Terms } from './facet-values.ts';
import { LibraryRow, WaitingRow } from './library-row.tsx';
import { useListFocus } from './use-list-focus.ts';
import type { Rows } from './use-rows.ts';
import type { Chosen } from './use-selection.ts';

/** Height of a row before it was measured, without and with words that were found. */
const ROW = 62;
const FOUND_ROW = 98;
/** Rows that are drawn and fetched beyond the window's edges. */
const AHEAD = 12;
/** What lies over the window's edges: the page's header and the list's head, and the bar of what is chosen. */
const COVERED = { start: 110, end: 90 };

export interface ListHandle {
  /** Goes on in the list from elsewhere. */
  focus: () => void;
}

interface Props {
  processId: string;
  rows: Rows;
  terms: Terms | undefined;
  /** Whether words were looked for. */
  found: boolean;
  /** Null for who cannot choose. */
  chosen: Chosen | null;
  /** Chooses a stretch that may reach beyond what was fetched. */
  onStretch: (from: number, to: number, on: boolean) => void;
  onAll: () => void;
  handle: React.Ref<ListHandle>;
}

/** Where a key leads from a row; null for keys that lead nowhere. */
function target(key: string, from: number, total: number): number | null {
  switch (key) {
    case 'ArrowDown':
    case 'j':
    case 'J':
      return Math.min(from + 1, total - 1);
    case 'ArrowUp':
    case 'k':
    case 'K':
      return Math.max(from - 1, 0);
    case 'Home':
      return 0;
    case 'End':
      return total - 1;
    default:
      return null;
  }
}

/** The library as rows of the page, of which those in sight are fetched and drawn. */
export function LibraryList({ processId, rows, terms, found, chosen, onStretch, onAll, handle }: Props) {
  const { items, look } = rows;
  const total = rows.total ?? 0;
  const navigate = useNavigate();
  const list = useRef<HTMLUListElement>(null);
  const [top, setTop] = useState(0);
  const [current, setCurrent] = useState<{ index: number; id: string | undefined }>({
    index: 0,
    id: undefined,
  });
  // Others move rows about: the current one is followed while it is near.
  const places = new Map([...items].map(([index, { id }]) => [id, index]));
  const moved = current.id === undefined ? undefined : places.get(current.id);
  const index = Math.max(0, Math.min(moved ?? current.index, total - 1));

  // What stands above the list changes its place: filters that wrap, messages.
  useLayoutEffect(() => {
    const place = (): void => {
      if (list.current) setTop(Math.round(list.current.getBoundingClientRect().top + window.scrollY));
    };
    const observer = new ResizeObserver(place);
    observer.observe(document.body);
    if (list.current?.parentElement) observer.observe(list.current.parentElement);
    place();
    return () => observer.disconnect();
  }, []);
  const virtual = useWindowVirtualizer({
    count: total,
    estimateSize: () => (found ? FOUND_ROW : ROW),
    overscan: AHEAD,
    scrollMargin: top,
    scrollPaddingStart: COVERED.start,
    scrollPaddingEnd: COVERED.end,
    getItemKey: (place) => {
      const id = items.get(place)?.id;
      // Pages fetched at different times may tell of one row twice.
      return id !== undefined && places.get(id) === place ? id : place;
    },
    // The current row has the focus: it stays, however far one scrolls.
    rangeExtractor: (range) => [...new Set([index, ...defaultRangeExtractor(range)])].sort((a, b) => a - b),
  });
  const drawn = virtual.getVirtualItems().filter((row) => row.index < total);
  const { range } = virtual;
  const last = Math.min(Math.max(0, total - 1), (range?.endIndex ?? 0) + AHEAD);
  const first = Math.max(0, Math.min(range?.startIndex ?? 0, last) - AHEAD);
  useEffect(() => {
    if (!rows.behind) look(first, last);
  });

  const go = (to: number): void => {
    setCurrent({ index: to, id: items.get(to)?.id });
    virtual.scrollToIndex(to, { align: 'auto' });
  };
  const focus = useListFocus(list, index, items.size > 0, go);
  useImperativeHandle(handle, () => ({
    focus: () => {
      if (total === 0) return;
      focus.want();
      go(0);
    },
  }));

  const check = (at: number, on: boolean, stretch: boolean): void => {
    const item = items.get(at);
    if (!chosen || !item) return;
    if (stretch) onStretch(Math.min(chosen.anchor.current, at), Math.max(chosen.anchor.current, at), on);
    else chosen.set([item], on);
    chosen.anchor.current = at;
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const { key, shiftKey } = event;
    if (event.altKey) return;
    const own = items.get(index);
    if (event.ctrlKey || event.metaKey) {
      if (key.toLowerCase() !== 'a' || !chosen) return;
      event.preventDefault();
      onAll();
      return;
    }
    const to = target(key, index, total);
    if (to !== null) {
      event.preventDefault();
      focus.want();
      go(to);
      if (!shiftKey || !chosen || key === 'Home' || key === 'End') return;
      const stretch = [own, items.get(to)].filter((item) => item !== undefined);
      chosen.set(stretch, true);
      return;
    }
    const box = event.target instanceof HTMLInputElement;
    if (key === 'Enter' && box && own) {
      event.preventDefault();
      focus.leave(index);
      const params = { processId, recommendationId: own.id };
      void navigate({ to: '/processes/$processId/recommendations/$recommendationId', params });
    } else if ((key.toLowerCase() === 'x' || (key === ' ' && !box)) && chosen && own) {
      event.preventDefault();
      check(index, !chosen.rows.has(own.id), shiftKey && key === ' ');
    } else if (key === 'Escape' && chosen && chosen.rows.size > 0) {
      event.preventDefault();
      chosen.replace([]);
    }
  };
  return (
    <ul
      className="lib-list"
      ref={list}
      aria-label="Recommendations"
      aria-busy={rows.behind}
      style={{ height: virtual.getTotalSize() }}
      onKeyDown={onKeyDown}
    >
      {drawn.map((row) => {
        const item = items.get(row.index);
        const own = { index: row.index, id: item?.id };
        return (
          <li
            key={row.key}
            ref={virtual.measureElement}
            data-index={row.index}
            aria-setsize={total}
            aria-posinset={row.index + 1}
            style={{ transform: `translateY(${row.start - top}px)` }}
          >
            {item ? (
              <LibraryRow
                processId={processId}
                item={item}
                terms={terms}
                found={found}
                chosen={chosen === null ? null : chosen.rows.has(item.id)}
                current={row.index === index}
                onCheck={(on, stretch) => check(row.index, on, stretch)}
                onFocus={() => {
                  if (row.index !== index || current.id !== item.id) setCurrent(own);
                }}
                onOpen={() => focus.leave(row.index)}
              />
            ) : (
              <WaitingRow />
            )}
          </li>
        );
      })}
    </ul>
  );
}
