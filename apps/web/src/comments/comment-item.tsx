import type { Comment, Thread } from '@zerodraft/contract';
import { memo } from 'react';
import { revealClause } from '../editor/use-draft-editor.ts';
import { useMay, useWorkspace } from '../session/use-draft.tsx';
import { CommentArticle } from './comment-article.tsx';
import { commentHistoryQuery } from './comments-api.ts';
import { Reactions } from './reactions.tsx';
import { isUnread } from './thread-model.ts';
import { useThreadActions } from './use-thread.ts';
import { useTyped } from './use-typed.ts';

/** One comment of a thread, with its reactions. */
export const CommentItem = memo(function CommentItem({
  thread,
  comment,
}: {
  thread: Thread;
  comment: Comment;
}) {
  const { session, viewer } = useWorkspace();
  const { rewrite, remove } = useThreadActions();
  const edit = useMay('comment.write') && comment.author.id === viewer.id;
  const mayModerate = useMay('comment.moderate');
  const ofTeam = useMay('comment.private');
  return (
    <CommentArticle
      comment={comment}
      may={{ edit, delete: edit || mayModerate, readEarlier: !comment.deleted || ofTeam }}
      typed={useTyped(`edit/${comment.id}`)}
      rewrite={(body) => rewrite(thread.id, comment.id, body)}
      remove={() => remove(thread.id, comment.id)}
      versions={commentHistoryQuery(session.draft.id, thread.id, comment.id)}
      onClause={revealClause}
      attributes={{ 'data-unread': isUnread(comment, thread, viewer.id) || undefined }}
    >
      <Reactions threadId={thread.id} comment={comment} />
    </CommentArticle>
  );
});
