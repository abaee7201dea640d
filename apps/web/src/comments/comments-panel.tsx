import { useMutation, useQuery } from '@tanstack/react-query';
import type { Thread } from '@zerodraft/contract';
import { CheckCheck, MessageSquarePlus } from 'lucide-react';
import { useDeferredValue, useMemo, useState } from 'react';
import { ExportMenu } from '../comments-export/export-menu.tsx';
import { useMay, useWorkspace } from '../session/use-draft.tsx';
import { BulkBar } from './bulk-bar.tsx';
import { CommentWindow } from './comment-window.tsx';
import { threadSearchQuery } from './comments-api.ts';
import { FilterBar } from './filter-bar.tsx';
import { NewThread } from './new-thread.tsx';
import type { PendingThread } from './pending-thread.ts';
import { passes, sorted, type ThreadFilter, type ThreadRow } from './thread-filter.ts';
import { ThreadList } from './thread-list.tsx';
import { unreadOf } from './thread-model.ts';
import { UnsentThreads } from './unsent-comment.tsx';
import { useThreadActions } from './use-thread.ts';

interface PanelProps {
  rows: readonly ThreadRow[];
  active: string | null;
  onActivate: (thread: Thread | null) => void;
  pending: PendingThread | null;
  onClosePending: () => void;
  /** Begins a thread on the draft as a whole; null when one may not. */
  onCommentDraft: (() => void) | null;
  filter: ThreadFilter;
  onFilter: (filter: ThreadFilter) => void;
}

/** All threads of the draft: found by filters and words, gone through by keys, decided on one by one or together. */
export function CommentsPanel({
  rows,
  active,
  onActivate,
  pending,
  onClosePending,
  onCommentDraft,
  filter,
  onFilter,
}: PanelProps) {
  const { session, viewer } = useWorkspace();
  const mayDecide = useMay('comment.decide');
  const mayWrite = useMay('comment.write');
  const [query, setQuery] = useState('');
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const words = useDeferredValue(query.trim());
  const search = useQuery(threadSearchQuery(session.draft.id, words));
  const threads = useMemo(() => rows.map(({ thread }) => thread), [rows]);
  const excerpts = useMemo(() => {
    const found = new Map<string, string>();
    for (const { threadId, excerpt } of words === '' ? [] : (search.data ?? []))
      if (!found.has(threadId)) found.set(threadId, excerpt);
    return found;
  }, [words, search.data]);
  const shown = useMemo(() => {
    // The open thread stays: a decision on it must not take it from under one's eyes.
    const passing = rows.filter(
      (row) =>
        row.thread.id === active ||
        (passes(row, filter, viewer) && (words === '' || excerpts.has(row.thread.id))),
    );
    return sorted(passing, filter.sort);
  }, [rows, filter, viewer, words, excerpts, active]);

  const chosen = shown.filter(({ thread }) => selected.has(thread.id)).map(({ thread }) => thread);
  return (
    <section className="comments" aria-label="Comments">
      <div className="comments-top">
        <CommentWindow />
        {pending && <NewThread pending={pending} onClose={onClosePending} />}
        <UnsentThreads />
        <FilterBar threads={threads} filter={filter} onChange={onFilter} query={query} onQuery={setQuery} />
        <div className="row comments-status">
          <p className="muted" role="status">
            {search.isFetching && words !== ''
              ? 'Searching…'
              : `${shown.length} ${shown.length === 1 ? 'thread' : 'threads'}`}
          </p>
          {mayDecide && (
            <BulkBar
              threads={chosen}
              shown={shown.length}
              onSelectAll={(on) => setSelected(new Set(on ? shown.map(({ thread }) => thread.id) : []))}
            />
          )}
          {onCommentDraft && (
            <button type="button" className="button" onClick={onCommentDraft}>
              <MessageSquarePlus size={15} aria-hidden="true" /> On the draft
            </button>
          )}
          <ExportMenu />
          <ReadAll threads={shown.map(({ thread }) => thread)} />
        </div>
        {search.isError && words !== '' && <p role="alert">{search.error.message}</p>}
        {shown.length === 0 && !pending && (
          <p className="empty">
            {rows.length === 0
              ? `No comments yet.${mayWrite ? ' Select text in a clause and press Comment.' : ''}`
              : 'No thread passes these filters.'}
          </p>
        )}
      </div>
      <ThreadList
        rows={shown}
        excerpts={excerpts}
        active={active}
        onActivate={onActivate}
        selected={selected}
        onSelect={
          mayDecide
            ? (threadId, on) => {
                const next = new Set(selected);
                if (on) next.add(threadId);
                else next.delete(threadId);
                setSelected(next);
              }
            : null
        }
      />
    </section>
  );
}

function ReadAll({ threads }: { threads: readonly Thread[] }) {
  const { viewer } = useWorkspace();
  const { markRead } = useThreadActions();
  const unread = threads.filter((thread) => unreadOf(thread, viewer.id) > 0);
  const marking = useMutation({ mutationFn: () => markRead(unread.map(({ id }) => id)) });
  if (unread.length === 0) return null;
  return (
    <button type="button" className="button" disabled={marking.isPending} onClick={() => marking.mutate()}>
      <CheckCheck size={15} aria-hidden="true" /> Mark as read
    </button>
  );
}
