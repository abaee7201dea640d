import { useVirtualizer } from '@tanstack/react-virtual';
import type { Thread } from '@zerodraft/contract';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { Marked } from '../ui/marked.tsx';
import { OpenThread } from './open-thread.tsx';
import type { ThreadRow } from './thread-filter.ts';
import { ThreadHead } from './thread-head.tsx';

interface Props {
  rows: readonly ThreadRow[];
  /** By thread, where the words searched for stand. */
  excerpts: ReadonlyMap<string, string>;
  active: string | null;
  onActivate: (thread: Thread | null) => void;
  selected: ReadonlySet<string>;
  /** Null when nothing can be selected. */
  onSelect: ((threadId: string, on: boolean) => void) | null;
}

/**
 * Threads one below the other; only those in sight are drawn. Arrow keys go through them, Enter opens and closes, the
 * space bar selects, Home and End go to the ends.
 */
export function ThreadList({ rows, excerpts, active, onActivate, selected, onSelect }: Props) {
  const scroller = useRef<HTMLDivElement>(null);
  const [current, setCurrent] = useState(0);
  /** The row that the keyboard goes to once it is drawn. It names the row: an effect of an earlier drawing may run first. */
  const toFocus = useRef<number | null>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 118,
    overscan: 8,
    gap: 8,
    getItemKey: (index) => rows[index]?.thread.id ?? index,
  });
  const activeAt = rows.findIndex(({ thread }) => thread.id === active);
  const at = Math.min(current, rows.length - 1);

  useEffect(() => {
    if (activeAt < 0) return;
    setCurrent(activeAt);
    virtual.scrollToIndex(activeAt, { align: 'auto' });
  }, [activeAt, virtual]);

  useEffect(() => {
    if (toFocus.current === null) return;
    const wanted = Math.min(toFocus.current, rows.length - 1);
    const button = scroller.current?.querySelector<HTMLElement>(`[data-index="${wanted}"] .thread-open`);
    if (!button) return;
    toFocus.current = null;
    button.focus({ preventScroll: true });
  });

  const go = (index: number): void => {
    const next = Math.max(0, Math.min(rows.length - 1, index));
    toFocus.current = next;
    setCurrent(next);
    virtual.scrollToIndex(next, { align: 'auto' });
  };

  const onKeyDown = (event: KeyboardEvent, index: number): void => {
    if (!(event.target instanceof HTMLElement) || !event.target.classList.contains('thread-open')) return;
    const to = { ArrowDown: index + 1, ArrowUp: index - 1, Home: 0, End: rows.length - 1 }[event.key];
    const id = rows[index]?.thread.id;
    if (to !== undefined) {
      event.preventDefault();
      go(to);
    } else if (event.key === ' ' && onSelect && id !== undefined) {
      event.preventDefault();
      onSelect(id, !selected.has(id));
    }
  };

  return (
    <div className="thread-list" ref={scroller} data-testid="thread-list">
      <ul style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, key, start }) => {
          const row = rows[index];
          if (!row) return null;
          const { thread } = row;
          const open = thread.id === active;
          const excerpt = excerpts.get(thread.id);
          return (
            <li
              key={key}
              ref={virtual.measureElement}
              data-index={index}
              data-testid="thread"
              data-thread-id={thread.id}
              className={open ? 'thread thread-active' : 'thread'}
              aria-setsize={rows.length}
              aria-posinset={index + 1}
              style={{ transform: `translateY(${start}px)` }}
              onKeyDown={(event) => onKeyDown(event, index)}
              onFocus={() => setCurrent(index)}
            >
              {onSelect && (
                <input
                  type="checkbox"
                  className="thread-select"
                  tabIndex={index === at ? 0 : -1}
                  checked={selected.has(thread.id)}
                  aria-label={`Select the thread of ${thread.createdBy.name}`}
                  onChange={(event) => onSelect(thread.id, event.target.checked)}
                />
              )}
              <button
                type="button"
                className="thread-open"
                aria-expanded={open}
                tabIndex={index === at ? 0 : -1}
                onClick={() => onActivate(open ? null : thread)}
              >
                <ThreadHead
                  thread={thread}
                  showComment={!open}
                  excerpt={excerpt === undefined ? undefined : <Marked text={excerpt} />}
                />
              </button>
              {open && <OpenThread thread={thread} />}
            </li>
          );
        })}
      </ul>
    </div>
  );
}
