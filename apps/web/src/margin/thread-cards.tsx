import type { Editor } from '@tiptap/core';
import { isClosed, type Thread } from '@zerodraft/contract';
import { groupBy } from '@zerodraft/schema';
import {
  type KeyboardEvent,
  type ReactNode,
  type RefObject,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { NewThread } from '../comments/new-thread.tsx';
import { OpenThread } from '../comments/open-thread.tsx';
import type { PendingThread } from '../comments/pending-thread.ts';
import { sorted, type ThreadRow } from '../comments/thread-filter.ts';
import { ThreadHead } from '../comments/thread-head.tsx';
import { useClauseOrder } from '../session/use-draft.tsx';
import { layoutMargin, type MarginGroup, type MarginItem } from './margin-layout.ts';
import { useMarkOffsets, useTops } from './tops.tsx';
import { AROUND, useWindow } from './use-window.ts';

/** The thread that is being begun, among the others. */
const NEW = 'new';

interface Props {
  editor: Editor;
  rows: readonly ThreadRow[];
  scroller: RefObject<HTMLElement | null>;
  active: string | null;
  onActivate: (thread: Thread | null) => void;
  pending: PendingThread | null;
  onClosePending: () => void;
  /** Lists all threads of a clause. */
  onMore: (blockId: string) => void;
}

/** Beside the text: a card for each thread that waits, at the height of what it hangs on. */
export function ThreadCards(props: Props) {
  const { editor, rows, scroller, active, onActivate, pending, onMore } = props;
  const { index } = useClauseOrder();
  const tops = useTops();
  const [from, to] = useWindow(scroller);
  const [openHeight, setOpenHeight] = useState(280);
  const openId = pending ? NEW : active;

  const byBlock = useMemo(
    () =>
      groupBy(
        sorted(
          rows.filter(({ thread }) => !isClosed(thread) || thread.id === active),
          'text',
        ),
        ({ blockId }) => blockId,
      ),
    [rows, active],
  );
  const blockIds = useMemo(
    () => [...byBlock.keys()].sort((a, b) => at(index, a) - at(index, b)),
    [byBlock, index],
  );
  const near = useMemo(
    () => blockIds.filter((id) => isWithin(tops.get(id) ?? 0, from - AROUND, to + AROUND)),
    [blockIds, tops, from, to],
  );
  const offsets = useMarkOffsets(editor, near);
  const items = useMemo(() => {
    const groups: MarginGroup[] = [];
    const pendingAt = pending?.clauseId ?? pending?.sectionId ?? '';
    const ids = pending && !byBlock.has(pendingAt) ? [...blockIds, pendingAt] : blockIds;
    for (const blockId of [...ids].sort((a, b) => at(index, a) - at(index, b))) {
      const top = tops.get(blockId) ?? 0;
      const threads = (byBlock.get(blockId) ?? [])
        .map(({ thread }) => ({ id: thread.id, top: top + (offsets.get(thread.id) ?? 0) }))
        .sort((a, b) => a.top - b.top);
      if (pending && blockId === pendingAt) threads.unshift({ id: NEW, top });
      groups.push({ blockId, top, threads });
    }
    return layoutMargin(groups, openId === null ? null : { id: openId, height: openHeight });
  }, [byBlock, blockIds, index, tops, offsets, pending, openId, openHeight]);

  const threads = useMemo(() => new Map(rows.map(({ thread }) => [thread.id, thread])), [rows]);
  const list = useRef<HTMLElement>(null);
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined || !(event.target instanceof HTMLElement)) return;
    if (!event.target.classList.contains('thread-open')) return;
    const buttons = [...(list.current?.querySelectorAll<HTMLElement>('.thread-open') ?? [])];
    const next = buttons[buttons.indexOf(event.target) + step];
    if (!next) return;
    event.preventDefault();
    next.focus();
  };

  const height = items.reduce((most, item) => Math.max(most, item.top + item.height), 0);
  const shown = items.filter((item) => item.top < to + AROUND && item.top + item.height > from - AROUND);
  return (
    // Arrow keys go from card to card, whichever has the focus.
    <aside
      className="margin-cards"
      aria-label="Comments beside the text"
      ref={list}
      style={{ minHeight: height }}
      onKeyDown={onKeyDown}
    >
      {shown.map((item) => (
        <Item
          key={item.kind === 'more' ? `more ${item.blockId}` : item.id}
          item={item}
          thread={item.kind === 'more' ? undefined : threads.get(item.id)}
          onHeight={setOpenHeight}
          {...{ onActivate, onMore, pending, onClosePending: props.onClosePending }}
        />
      ))}
    </aside>
  );
}

function at(index: ReadonlyMap<string, number>, id: string): number {
  return index.get(id) ?? -1;
}

function isWithin(value: number, low: number, high: number): boolean {
  return value >= low && value <= high;
}

interface ItemProps {
  item: MarginItem;
  thread: Thread | undefined;
  onActivate: (thread: Thread | null) => void;
  onMore: (blockId: string) => void;
  onHeight: (height: number) => void;
  pending: PendingThread | null;
  onClosePending: () => void;
}

function Item({ item, thread, onActivate, onMore, onHeight, pending, onClosePending }: ItemProps) {
  const style = { top: item.top };
  if (item.kind === 'more')
    return (
      <button type="button" className="margin-more" style={style} onClick={() => onMore(item.blockId)}>
        {item.count} more
      </button>
    );
  if (item.id === NEW && pending)
    return (
      <OpenCard style={style} onHeight={onHeight}>
        <NewThread pending={pending} onClose={onClosePending} />
      </OpenCard>
    );
  if (!thread) return null;
  const open = item.kind === 'open';
  const head = (
    <button
      type="button"
      className="thread-open"
      aria-expanded={open}
      onClick={() => onActivate(open ? null : thread)}
    >
      <ThreadHead thread={thread} brief={item.kind === 'line'} showComment={!open} />
    </button>
  );
  if (!open)
    return (
      <div
        className={`margin-card margin-${item.kind}`}
        style={style}
        data-testid="margin-card"
        data-thread-id={thread.id}
      >
        {head}
        {item.more > 0 && (
          <button type="button" className="margin-more-here" onClick={() => onMore(item.blockId)}>
            <span className="visually-hidden">and </span>+{item.more}
            <span className="visually-hidden"> more</span>
          </button>
        )}
      </div>
    );
  return (
    <OpenCard style={style} onHeight={onHeight}>
      <div className="thread thread-active" data-testid="thread" data-thread-id={thread.id}>
        {head}
        <OpenThread thread={thread} />
      </div>
    </OpenCard>
  );
}

/** Tells its height, so that what follows can make room. */
function OpenCard({
  style,
  onHeight,
  children,
}: {
  style: { top: number };
  onHeight: (height: number) => void;
  children: ReactNode;
}) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!box.current) return;
    const observer = new ResizeObserver(([entry]) => {
      if (entry) onHeight(Math.ceil(entry.borderBoxSize[0]?.blockSize ?? entry.contentRect.height));
    });
    observer.observe(box.current);
    return () => observer.disconnect();
  }, [onHeight]);
  return (
    <div className="margin-card margin-open" style={style} ref={box}>
      {children}
    </div>
  );
}
