import { Link } from '@tanstack/react-router';
import {
  type NameOf,
  type Notification,
  type NotificationKind,
  signature,
  THREAD_STATE_LABELS,
} from '@zerodraft/contract';
import { AtSign, Check, CircleCheck, type LucideIcon, MessageSquare, UserCheck } from 'lucide-react';
import { memo, useMemo } from 'react';
import { CommentText } from '../comments/comment-text.tsx';
import { GivenNames } from '../comments/names.tsx';
import { formatDate, When } from '../ui/moments.tsx';

const ICONS: Record<NotificationKind, LucideIcon> = {
  mention: AtSign,
  reply: MessageSquare,
  state: CircleCheck,
  assigned: UserCheck,
};

/** What happened, after the name of who did it. */
export function happening({ kind, state, dueOn }: Pick<Notification, 'kind' | 'state' | 'dueOn'>): string {
  switch (kind) {
    case 'mention':
      return 'mentioned you';
    case 'reply':
      return 'replied';
    case 'state':
      return `decided on a thread, now ${THREAD_STATE_LABELS[state].toLowerCase()}`;
    case 'assigned':
      return `assigned you a thread${dueOn ? `, due ${formatDate(dueOn)}` : ''}`;
  }
}

function Where({ told: { draft, place, visibility } }: { told: Notification }) {
  return (
    <p className="told-where">
      <span>{draft.title}</span>
      {place.section && <span>{place.section}</span>}
      {place.number && <span>{place.number}</span>}
      {place.gone && <em className="chip">text removed</em>}
      {visibility === 'team' && <em className="chip chip-warn">private to the team</em>}
    </p>
  );
}

/** One notification; all of it leads to its thread, which is then read. */
export const InboxEntry = memo(function InboxEntry({
  told,
  onRead,
  onOpen,
}: {
  told: Notification;
  onRead: (id: number) => void;
  /** Without waiting: the page is left. */
  onOpen: (id: number) => void;
}) {
  const Icon = ICONS[told.kind];
  const unread = told.readAt === null;
  const who = signature(told.by);
  const nameOf = useMemo((): NameOf => {
    const names = new Map(told.names.map(({ kind, id, name }) => [`${kind}:${id}`, name]));
    return ({ kind, id }) => (kind === 'organisation' ? id : (names.get(`${kind}:${id}`) ?? null));
  }, [told.names]);
  const open = (): void => {
    if (unread) onOpen(told.id);
  };
  return (
    <li className={unread ? 'told told-unread' : 'told'} data-testid="notification">
      <span className="told-icon">
        <Icon size={16} aria-hidden="true" />
      </span>
      <article>
        <header>
          <Link
            to="/drafts/$draftId"
            params={{ draftId: told.draft.id }}
            search={{ thread: told.threadId }}
            onClick={open}
            onAuxClick={open}
          >
            {unread && <span className="visually-hidden">Unread: </span>}
            <strong>{who}</strong> {happening(told)}
          </Link>
          <When at={told.at} />
        </header>
        <Where told={told} />
        {told.quote && <blockquote>{told.quote}</blockquote>}
        {told.kind === 'state' && told.reason && <p className="told-reason">{told.reason}</p>}
        {told.body && (
          <GivenNames nameOf={nameOf}>
            <CommentText body={told.body} />
          </GivenNames>
        )}
        {told.commentId !== null && told.body === '' && <p className="muted">The comment was deleted.</p>}
      </article>
      {unread && (
        <button
          type="button"
          className="icon-button"
          aria-label={`Mark as read: ${who} ${happening(told)}`}
          title="Mark as read"
          onClick={() => onRead(told.id)}
        >
          <Check size={16} aria-hidden="true" />
        </button>
      )}
    </li>
  );
});
