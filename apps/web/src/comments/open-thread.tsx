import { useMutation } from '@tanstack/react-query';
import { isClosed, type Thread } from '@zerodraft/contract';
import { useEffect, useMemo, useState } from 'react';
import { useMay, useWorkspace } from '../session/use-draft.tsx';
import { Confirm } from '../ui/dialog.tsx';
import { Problem } from '../ui/field.tsx';
import { ItemMenu } from '../ui/menu.tsx';
import { notify } from '../ui/notices.tsx';
import { CommentItem } from './comment-item.tsx';
import { Composer } from './composer.tsx';
import { DecideMenu } from './decide-menu.tsx';
import { Decision } from './state-badge.tsx';
import { TaskDialog } from './task-dialog.tsx';
import { unreadOf } from './thread-model.ts';
import { UnsentComment, useUnsent } from './unsent-comment.tsx';
import { useThreadActions } from './use-thread.ts';
import { useTyped } from './use-typed.ts';
import { useTellTyping, useTyping } from './use-typing.ts';

/** A thread with all its comments, the box for a reply, and what can be done with it. */
export function OpenThread({ thread }: { thread: Thread }) {
  const { session, viewer } = useWorkspace();
  const { markRead } = useThreadActions();
  const typed = useTyped(thread.id);
  const tellTyping = useTellTyping(thread);
  const unsent = useUnsent().filter((entry) => entry.kind === 'comment' && entry.threadId === thread.id);
  const unread = unreadOf(thread, viewer.id);
  // What was new when the thread was opened keeps its mark while it is read.
  const [shownAs] = useState(thread.readUpTo);
  useEffect(() => {
    // Offline it is marked the next time it is opened.
    if (unread > 0 && !document.hidden) markRead([thread.id]).catch(() => undefined);
  }, [unread, thread.id, markRead]);
  // The same while somebody types a reply, so that no comment is drawn anew.
  const asOpened = useMemo(() => ({ ...thread, readUpTo: shownAs }), [thread, shownAs]);
  const mayReply = (!isClosed(thread) && typed.obstacle === null) || typed.body !== '';
  return (
    <div className="open-thread">
      {thread.comments.map((comment) => (
        <CommentItem key={comment.id} thread={asOpened} comment={comment} />
      ))}
      {unsent.map((entry) => (
        <UnsentComment key={entry.id} entry={entry} />
      ))}
      {thread.visibility === 'team' && <p className="muted">Only for the facilitators’ team</p>}
      <Decision thread={thread} />
      <TypingHint threadId={thread.id} />
      {mayReply && (
        <Composer
          {...typed}
          onChange={(body) => {
            typed.onChange(body);
            if (body !== '') tellTyping();
          }}
          label="Reply"
          action="Reply"
          send={async (body, id) =>
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
      <ThreadTools thread={thread} />
    </div>
  );
}

function TypingHint({ threadId }: { threadId: string }) {
  const who = useTyping(threadId);
  return (
    <p className="typing" role="status" data-testid="typing">
      {who && `${who} ${who.includes(', ') ? 'are' : 'is'} typing…`}
    </p>
  );
}

function ThreadTools({ thread }: { thread: Thread }) {
  const [open, setOpen] = useState<'task' | 'show' | null>(null);
  const mayDecide = useMay('comment.decide');
  const mayAssign = useMay('comment.assign');
  const mayShow = useMay('comment.private') && thread.visibility === 'team';
  const { decide, mute, show } = useThreadActions();
  const closed = isClosed(thread);
  const quick = useMutation({
    mutationFn: () => decide({ threadIds: [thread.id], state: closed ? 'open' : 'resolved' }),
  });
  const muting = useMutation({
    mutationFn: () => mute(thread.id, !thread.muted),
    onSuccess: () =>
      notify(
        thread.muted ? 'You are told of this thread again.' : 'You are not told of this thread any more.',
      ),
  });
  return (
    <div className="thread-tools">
      {mayDecide && (
        <>
          <button type="button" className="button" disabled={quick.isPending} onClick={() => quick.mutate()}>
            {closed ? 'Reopen' : 'Resolve'}
          </button>
          <DecideMenu threadIds={[thread.id]} current={thread.state} />
        </>
      )}
      <span className="header-space" />
      <ItemMenu
        label="More for this thread"
        items={[
          mayAssign ? { label: 'Assign and label…', onSelect: () => setOpen('task') } : null,
          mayShow ? { label: 'Make visible to all…', onSelect: () => setOpen('show') } : null,
          { label: thread.muted ? 'Unmute' : 'Mute', onSelect: () => muting.mutate() },
        ]}
      />
      <Problem>{(quick.error ?? muting.error)?.message}</Problem>
      {open === 'task' && <TaskDialog thread={thread} onClose={() => setOpen(null)} />}
      {open === 'show' && (
        <Confirm
          title="Make this thread visible to all?"
          action="Make visible"
          perform={() => show(thread.id)}
          onClose={() => setOpen(null)}
        >
          Everybody who reads the draft will see all of its comments. This cannot be taken back.
        </Confirm>
      )}
    </div>
  );
}
