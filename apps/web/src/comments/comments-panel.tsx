import { useMutation, useQueryClient } from '@tanstack/react-query';
import {
  COMMENT_LIMIT,
  type Comment,
  isClosed,
  newThread,
  type Person,
  plainBody,
  type Thread,
} from '@zerodraft/contract';
import { type FormEvent, useEffect, useId, useRef, useState } from 'react';
import { z } from 'zod';
import { decide } from '../api.ts';
import { clauseOfThread } from '../session/moved-anchors.ts';
import { useDraftView, useMay, useWorkspace } from '../session/use-draft.tsx';
import type { PendingThread } from './pending-thread.ts';
import { UnsentComment, useUnsent } from './unsent-comment.tsx';
import { useKept } from './use-kept.ts';

function signature({ name, organisation }: Person): string {
  return organisation ? `${name}, ${organisation}` : name;
}

const STATES: Record<Thread['state'], string> = {
  open: 'Open',
  answered: 'Answered',
  accepted: 'Accepted',
  'not-accepted': 'Not accepted',
  resolved: 'Resolved',
};

interface ComposerProps {
  label: string;
  action: string;
  /** What is written here, in names: it survives a reload under this key. */
  field: string;
  send: (body: string, id: string) => void;
  onDone?: () => void;
  autoFocus?: boolean;
}

/** Writes one comment; it goes into the outbox, which sends it once the server can be reached. */
function Composer({ label, action, field: name, send, onDone, autoFocus }: ComposerProps) {
  const id = useId();
  const { session } = useWorkspace();
  const field = useRef<HTMLTextAreaElement>(null);
  const key = `zerodraft-comment/${session.viewer.id}/${session.draft.id}/${name}`;
  const [body, setBody] = useKept(key, z.string(), '');
  const close = (): void => {
    setBody('');
    onDone?.();
  };
  useEffect(() => {
    if (autoFocus) field.current?.focus();
  }, [autoFocus]);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (body.trim() === '') return;
    send(body, crypto.randomUUID());
    close();
  };
  return (
    <form className="composer" onSubmit={submit}>
      <label htmlFor={id} className="visually-hidden">
        {label}
      </label>
      <textarea
        id={id}
        ref={field}
        rows={2}
        maxLength={COMMENT_LIMIT}
        placeholder={label}
        value={body}
        onChange={(event) => setBody(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit(event);
          if (event.key === 'Escape' && onDone) close();
        }}
      />
      <div className="row">
        <button type="submit" className="button button-primary" disabled={body.trim() === ''}>
          {action}
        </button>
        {onDone && (
          <button type="button" className="button" onClick={close}>
            Cancel
          </button>
        )}
      </div>
    </form>
  );
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
  const mayWrite = useMay('comment.write');
  const mayResolve = useMay('comment.decide');
  const { numbers, blocks } = useDraftView();
  const queries = useQueryClient();
  const card = useRef<HTMLLIElement>(null);
  const closed = isClosed(thread);
  const unsent = useUnsent().filter((entry) => entry.kind === 'comment' && entry.threadId === thread.id);
  const refresh = () => queries.invalidateQueries({ queryKey: ['threads', session.draft.id] });
  const state = useMutation({
    mutationFn: () =>
      decide(session.draft.id, { threadIds: [thread.id], state: closed ? 'open' : 'resolved' }),
    onSuccess: refresh,
  });
  useEffect(() => {
    if (active) card.current?.scrollIntoView({ block: 'nearest' });
  }, [active]);
  const clauseId = clauseOfThread(session.doc, thread);
  const place =
    thread.kind === 'draft'
      ? 'Draft'
      : blocks.some(({ id }) => id === clauseId)
        ? numbers.get(clauseId)?.citation || 'Heading'
        : 'Text removed';
  const textOf = ({ body, deleted }: Comment): string =>
    deleted
      ? `Deleted by ${signature(deleted.by)}`
      : plainBody(body, ({ kind, id }) =>
          kind === 'organisation' ? id : (kind === 'clause' && numbers.get(id)?.citation) || null,
        );
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
          <p className={comment.deleted ? 'muted' : undefined}>{textOf(comment)}</p>
        </article>
      ))}
      {unsent.map((entry) => (
        <UnsentComment key={entry.id} entry={entry} />
      ))}
      {thread.visibility === 'team' && <p className="muted">Only for the facilitators’ team</p>}
      {closed && thread.decided && (
        <p className="muted">
          {STATES[thread.state]} by {signature(thread.decided.by)}
          {thread.decided.reason && `: ${thread.decided.reason}`}
        </p>
      )}
      {!closed && mayWrite && (
        <Composer
          label="Reply"
          action="Reply"
          field={thread.id}
          send={(body, id) =>
            session.outbox.add({
              kind: 'comment',
              id,
              threadId: thread.id,
              comment: { id, body },
              refused: null,
            })
          }
        />
      )}
      {mayResolve && (
        <button type="button" className="button" disabled={state.isPending} onClick={() => state.mutate()}>
          {closed ? 'Reopen' : 'Resolve'}
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
  const [showResolved, setShowResolved] = useState(false);
  const unsent = useUnsent();
  const order = new Map(blocks.map(({ id }, index) => [id, index]));
  const place = (thread: Thread): number =>
    order.get(clauseOfThread(session.doc, thread)) ?? Number.MAX_SAFE_INTEGER;
  const shown = threads
    .filter((thread) => isClosed(thread) === showResolved)
    .sort((a, b) => place(a) - place(b));
  return (
    <section className="comments" aria-label="Comments">
      {pending && (
        <div className="thread thread-active">
          <q>{pending.quote}</q>
          <Composer
            label="Write a comment"
            action="Comment"
            autoFocus
            onDone={onClosePending}
            field="new"
            send={(body, id) =>
              session.outbox.add({
                kind: 'thread',
                id,
                thread: newThread.parse({ ...pending, id, commentId: crypto.randomUUID(), body }),
                refused: null,
              })
            }
          />
        </div>
      )}
      {unsent
        .filter(({ kind }) => kind === 'thread')
        .map((entry) => (
          <div key={entry.id} className="thread">
            <UnsentComment entry={entry} />
          </div>
        ))}
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
            : 'No open threads. Select text in a clause and press Comment.'}
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
