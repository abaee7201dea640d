import { Link } from '@tanstack/react-router';
import {
  type NameOf,
  type Notification,
  type NotificationKind,
  signature,
  THREAD_STATE_LABELS,
} from '@zerodraft/contract';
import { AtSign, Check, CircleCheck, type LucideIcon, MessageSquare, UserCheck } from 'lucide-react';
import { memo, type ReactNode, useMemo } from 'react';
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
function happening(told: Notification): string {
  if (told.about === 'recommendation') {
    const { reference } = told.recommendation;
    return told.kind === 'mention' ? `mentioned you on ${reference}` : `replied on ${reference}`;
  }
  const { kind, state, dueOn } = told;
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

function Where({ told }: { told: Notification }) {
  if (told.about === 'recommendation')
    return (
      <p className="told-where">
        <span>{told.process.name}</span>
        <span dir="auto">{told.recommendation.title}</span>
        <em className="chip chip-warn">private to the team</em>
      </p>
    );
  const { draft, place, visibility } = told;
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

/** The way to what a notification is about. */
function Way({ told, open, children }: { told: Notification; open: () => void; children: ReactNode }) {
  return told.about === 'recommendation' ? (
    <Link
      to="/processes/$processId/recommendations/$recommendationId"
      params={{ processId: told.process.id, recommendationId: told.recommendation.id }}
      hash="discussion"
      onClick={open}
      onAuxClick={open}
    >
      {children}
    </Link>
  ) : (
    <Link
      to="/drafts/$draftId"
      params={{ draftId: told.draft.id }}
      search={{ thread: told.threadId }}
      onClick={open}
      onAuxClick={open}
    >
      {children}
    </Link>
  );
}

/** One notification; all of it leads to its thread or discussion, which is then read. */
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
          <Way told={told} open={open}>
            {unread && <span className="visually-hidden">Unread: </span>}
            <strong>{who}</strong> {happening(told)}
          </Way>
          <When at={told.at} />
        </header>
        <Where told={told} />
        {told.about === 'thread' && told.quote && <blockquote>{told.quote}</blockquote>}
        {told.about === 'thread' && told.kind === 'state' && told.reason && (
          <p className="told-reason">{told.reason}</p>
        )}
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
