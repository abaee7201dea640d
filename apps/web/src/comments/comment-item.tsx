import { useQuery } from '@tanstack/react-query';
import { type Comment, signature, type Thread } from '@zerodraft/contract';
import { memo, useState } from 'react';
import { revealClause } from '../editor/use-draft-editor.ts';
import { useMay, useWorkspace } from '../session/use-draft.tsx';
import { Confirm } from '../ui/dialog.tsx';
import { ItemMenu } from '../ui/menu.tsx';
import { When } from '../ui/moments.tsx';
import { CommentText } from './comment-text.tsx';
import { commentHistoryQuery } from './comments-api.ts';
import { Composer } from './composer.tsx';
import { EarlierVersions } from './earlier-versions.tsx';
import { Reactions } from './reactions.tsx';
import { isUnread } from './thread-model.ts';
import { useThreadActions } from './use-thread.ts';
import { useTyped } from './use-typed.ts';

/** One comment: who, when, what; its author changes it, and what it was before stays to be read. */
export const CommentItem = memo(function CommentItem({
  thread,
  comment,
}: {
  thread: Thread;
  comment: Comment;
}) {
  const { viewer } = useWorkspace();
  const { rewrite, remove } = useThreadActions();
  const [open, setOpen] = useState<'edit' | 'delete' | 'history' | null>(null);
  const mayWrite = useMay('comment.write');
  const mayModerate = useMay('comment.moderate');
  const ofTeam = useMay('comment.private');
  const typed = useTyped(`edit/${comment.id}`);
  const { deleted, editedAt, author } = comment;
  const own = author.id === viewer.id;
  const close = (): void => setOpen(null);
  const changed = deleted !== null || editedAt !== null;
  const startEdit = (): void => {
    if (typed.body === '') typed.onChange(comment.body);
    setOpen('edit');
  };
  return (
    <article className="comment" data-unread={isUnread(comment, thread, viewer.id) || undefined}>
      <header>
        <strong>{author.name}</strong>
        {author.organisation && <span className="muted">{author.organisation}</span>}
        <span className="comment-when muted">
          <When at={comment.createdAt} />
          {editedAt && !deleted && ', edited'}
        </span>
        <ItemMenu
          label={`Comment of ${author.name}`}
          items={[
            own && !deleted && mayWrite ? { label: 'Edit', onSelect: startEdit } : null,
            changed && (!deleted || ofTeam)
              ? { label: 'Earlier versions', onSelect: () => setOpen('history') }
              : null,
            !deleted && ((own && mayWrite) || mayModerate)
              ? { label: 'Delete', onSelect: () => setOpen('delete'), danger: true }
              : null,
          ]}
        />
      </header>
      {open === 'edit' ? (
        <Composer
          {...typed}
          label="Edit the comment"
          action="Save"
          autoFocus
          send={(body) => rewrite(thread.id, comment.id, body)}
          onDone={() => {
            typed.onChange('');
            close();
          }}
        />
      ) : deleted ? (
        <p className="muted">
          Deleted by {signature(deleted.by)}, <When at={deleted.at} />
        </p>
      ) : (
        <CommentText body={comment.body} onClause={revealClause} />
      )}
      {!deleted && open !== 'edit' && <Reactions threadId={thread.id} comment={comment} />}
      {open === 'delete' && (
        <Confirm
          title="Delete this comment?"
          action="Delete"
          danger
          perform={() => remove(thread.id, comment.id)}
          onClose={close}
        >
          That it was there, who wrote it and who deleted it stays visible.
        </Confirm>
      )}
      {open === 'history' && <History thread={thread} comment={comment} onClose={close} />}
    </article>
  );
});

function History({ thread, comment, onClose }: { thread: Thread; comment: Comment; onClose: () => void }) {
  const { session } = useWorkspace();
  const versions = useQuery(commentHistoryQuery(session.draft.id, thread.id, comment.id));
  return <EarlierVersions author={comment.author} versions={versions} onClose={onClose} />;
}
