import type { DiscussionComment } from '@zerodraft/contract';
import { CommentArticle } from '../comments/comment-article.tsx';
import { useTypedText } from '../comments/use-typed.ts';
import { useProcess } from '../start/process-layout.tsx';
import { mayIn, permissionIn } from '../start/rights.ts';
import { removeComment, rewriteComment, versionsQuery } from './discussion-api.ts';

/** `useTypedText` of a process. */
export function useTypedIn(place: string) {
  const view = useProcess();
  const { process, viewer } = view;
  return useTypedText(`${viewer.id}/${process.id}/${place}`, permissionIn(view, 'discussion.write'));
}

/** One comment of the team's. */
export function DiscussionItem({ comment, elsewhere }: { comment: DiscussionComment; elsewhere: boolean }) {
  const view = useProcess();
  const { id, author, recommendation } = comment;
  const edit = author.id === view.viewer.id && mayIn(view, 'discussion.write');
  const of = [view.process.id, recommendation.id, id] as const;
  return (
    <CommentArticle
      comment={comment}
      may={{ edit, delete: edit || mayIn(view, 'discussion.moderate'), readEarlier: true }}
      typed={useTypedIn(`discussion-edit/${id}`)}
      rewrite={(body) => rewriteComment(...of, body)}
      remove={() => removeComment(...of)}
      versions={versionsQuery(...of)}
      staysFor=" to the team"
      attributes={{ 'data-testid': 'discussion-comment', 'aria-label': `Comment of ${author.name}` }}
      mark={elsewhere && <span className="chip">on {recommendation.reference}</span>}
    />
  );
}
