import type { Thread } from '@zerodraft/contract';
import { plainBody } from '@zerodraft/contract';
import { BellOff, Lock, UserCheck } from 'lucide-react';
import { memo, type ReactNode } from 'react';
import { useWorkspace } from '../session/use-draft.tsx';
import { When } from '../ui/moments.tsx';
import { useNames } from './names.tsx';
import { StateBadge } from './state-badge.tsx';
import { lastActivity, unreadOf } from './thread-model.ts';
import { useThreadPlace } from './use-thread.ts';

interface Props {
  thread: Thread;
  /** One line, where there is little room. */
  brief?: boolean;
  /** In place of the first comment's beginning, as where the words searched for stand. */
  excerpt?: ReactNode;
  showComment: boolean;
}

/** What one sees of a thread before opening it: where, who, the state, the first words. */
export const ThreadHead = memo(function ThreadHead({ thread, brief, excerpt, showComment }: Props) {
  const { viewer } = useWorkspace();
  const { nameOf } = useNames();
  const place = useThreadPlace(thread);
  const unread = unreadOf(thread, viewer.id);
  const [first] = thread.comments;
  const replies = thread.comments.length - 1;
  const words = first?.deleted ? 'Deleted' : plainBody(first?.body ?? '', nameOf);
  const marks = (
    <>
      {unread > 0 && (
        <span className="unread-dot">
          <span className="visually-hidden">{unread} unread</span>
        </span>
      )}
      {thread.visibility === 'team' && (
        <span className="private-mark" title="Only the facilitators’ team sees this">
          <Lock size={12} aria-hidden="true" />
          <span className="visually-hidden">Private to the team</span>
        </span>
      )}
    </>
  );
  if (brief)
    return (
      <span className="thread-line">
        {marks}
        <strong>{thread.createdBy.organisation ?? thread.createdBy.name}</strong>
        <span className="thread-words">{words}</span>
        {thread.state !== 'open' && <StateBadge state={thread.state} />}
        {replies > 0 && <span className="muted">{replies + 1}</span>}
      </span>
    );
  return (
    <span className="thread-head">
      <span className="thread-where">
        {marks}
        <strong>{place.label}</strong>
        {place.removed && <span className="removed-mark">Text removed</span>}
        {thread.state !== 'open' && <StateBadge state={thread.state} />}
        <span className="muted thread-when">
          <When at={lastActivity(thread)} />
        </span>
      </span>
      {thread.quote && <q>{thread.quote}</q>}
      {showComment && (
        <>
          <span className="thread-who">
            <strong>{thread.createdBy.name}</strong>
            {thread.createdBy.organisation && <span className="muted">{thread.createdBy.organisation}</span>}
          </span>
          <span className="thread-words">{excerpt ?? words}</span>
        </>
      )}
      {(showComment && replies > 0) || thread.assignee || thread.labels.length > 0 || thread.muted ? (
        <span className="thread-facts muted">
          {showComment && replies > 0 && (
            <span>
              {replies} {replies === 1 ? 'reply' : 'replies'}
            </span>
          )}
          {thread.assignee && (
            <span>
              <UserCheck size={12} aria-hidden="true" /> {thread.assignee.name}
              {thread.dueOn && `, due ${thread.dueOn}`}
            </span>
          )}
          {thread.labels.map((label) => (
            <span key={label} className="label">
              {label}
            </span>
          ))}
          {thread.muted && (
            <span>
              <BellOff size={12} aria-hidden="true" /> Muted
            </span>
          )}
        </span>
      ) : null}
    </span>
  );
});
