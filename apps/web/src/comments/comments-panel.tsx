import { useMutation, useQueryClient } from '@tanstack/react-query';
import { explain, signature, type Thread } from '@zerodraft/contract';
import { useEffect, useRef, useState } from 'react';
import { z } from 'zod';
import { addComment, createThread, setThreadResolved } from '../api.ts';
import { useKept } from '../session/kept-text.ts';
import { clauseOfThread } from '../session/moved-anchors.ts';
import { useDraftView, useMay, usePermission, useWorkspace } from '../session/use-draft.tsx';
import { CommentWindow } from './comment-window.tsx';
import { Composer } from './composer.tsx';
import type { PendingThread } from './pending-thread.ts';

/** The text of one composer, and why it cannot be sent now. */
function useTyped(place: string) {
  const { session, viewer } = useWorkspace();
  const verdict = usePermission('comment.write');
  const [body, setBody] = useKept(`${viewer.id}/${session.draft.id}/${place}`, z.string());
  return {
    body: body ?? '',
    onChange: (text: string) => setBody(text === '' ? null : text),
    obstacle: verdict.allowed ? null : explain(verdict.reason),
  };
}

function ThreadCard({
  thread,
  active,
  onActivate,
}: {
  thread: Thread;
  active: boolean;
  onActivate: () => void;
}) {
  const { session } = useWorkspace();
  const typed = useTyped(thread.id);
  const mayResolve = useMay('comment.resolve');
  const { numbers, blocks } = useDraftView();
  const queries = useQueryClient();
  const card = useRef<HTMLLIElement>(null);
  const refresh = () => queries.invalidateQueries({ queryKey: ['threads', session.draft.id] });
  const state = useMutation({
    mutationFn: () => setThreadResolved(session.draft.id, thread.id, !thread.resolved),
    onSuccess: refresh,
  });
  useEffect(() => {
    if (active) card.current?.scrollIntoView({ block: 'nearest' });
  }, [active]);
  const clauseId = clauseOfThread(session.doc, thread);
  const place = blocks.some(({ id }) => id === clauseId)
    ? numbers.get(clauseId)?.citation || 'Heading'
    : 'Text removed';
  const date = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
  return (
    <li ref={card} className={active ? 'thread thread-active' : 'thread'} data-testid="thread">
      <button type="button" className="thread-place" onClick={onActivate}>
        <strong>{place}</strong> <q>{thread.quote}</q>
      </button>
      {thread.comments.map((comment) => (
        <article key={comment.id}>
          <header>
            <strong>{signature(comment.author)}</strong>
            <time dateTime={comment.createdAt}>{date.format(new Date(comment.createdAt))}</time>
          </header>
          <p>{comment.body}</p>
        </article>
      ))}
      {thread.resolvedBy && <p className="muted">Resolved by {signature(thread.resolvedBy)}</p>}
      {((!thread.resolved && typed.obstacle === null) || typed.body !== '') && (
        <Composer
          {...typed}
          label="Reply"
          action="Reply"
          send={(body, id) => addComment(session.draft.id, thread.id, { id, body }).then(refresh)}
        />
      )}
      {mayResolve && (
        <button type="button" className="button" disabled={state.isPending} onClick={() => state.mutate()}>
          {thread.resolved ? 'Reopen' : 'Resolve'}
        </button>
      )}
    </li>
  );
}

interface PanelProps {
  threads: readonly Thread[];
  active: string | null;
  onActivate: (thread: Thread) => void;
  pending: PendingThread | null;
  onClosePending: () => void;
}

/** All threads of the draft in the order of the text, and the one being written. */
export function CommentsPanel({ threads, active, onActivate, pending, onClosePending }: PanelProps) {
  const { session } = useWorkspace();
  const { blocks } = useDraftView();
  const queries = useQueryClient();
  const typed = useTyped('new');
  const mayWrite = typed.obstacle === null;
  const [showResolved, setShowResolved] = useState(false);
  const order = new Map(blocks.map(({ id }, index) => [id, index]));
  const place = (thread: Thread): number =>
    order.get(clauseOfThread(session.doc, thread)) ?? Number.MAX_SAFE_INTEGER;
  const shown = threads
    .filter(({ resolved }) => resolved === showResolved)
    .sort((a, b) => place(a) - place(b));
  return (
    <section className="comments" aria-label="Comments">
      <CommentWindow />
      {pending && (
        <div className="thread thread-active">
          <q>{pending.quote}</q>
          <Composer
            {...typed}
            label="Write a comment"
            action="Comment"
            autoFocus
            onDone={() => {
              typed.onChange('');
              onClosePending();
            }}
            send={(body, id) =>
              createThread(session.draft.id, { ...pending, id, commentId: crypto.randomUUID(), body }).then(
                () => queries.invalidateQueries({ queryKey: ['threads', session.draft.id] }),
              )
            }
          />
        </div>
      )}
      <label className="row">
        <input
          type="checkbox"
          checked={showResolved}
          onChange={(event) => setShowResolved(event.target.checked)}
        />{' '}
        Show resolved
      </label>
      <p className="visually-hidden" role="status">
        {shown.length} threads
      </p>
      {shown.length === 0 && !pending && (
        <p className="empty">
          {showResolved
            ? 'No resolved threads.'
            : `No open threads.${mayWrite ? ' Select text in a clause and press Comment.' : ''}`}
        </p>
      )}
      <ul>
        {shown.map((thread) => (
          <ThreadCard
            key={thread.id}
            thread={thread}
            active={thread.id === active}
            onActivate={() => onActivate(thread)}
          />
        ))}
      </ul>
    </section>
  );
}
