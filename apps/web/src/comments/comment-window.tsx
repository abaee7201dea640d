import { explain, formatMoment, mayEver } from '@zerodraft/contract';
import { Clock, Lock } from 'lucide-react';
import { usePermission, useWorkspace } from '../session/use-draft.tsx';
import { ownTime } from '../ui/moments.tsx';

/** Until when a delegate may comment, or why not now; nothing for whom no round limits. */
export function CommentWindow() {
  const { viewer } = useWorkspace();
  const verdict = usePermission('comment.write');
  if (verdict.allowed) {
    if (verdict.until === null) return null;
    const { at, timeZone, round } = verdict.until;
    const own = ownTime(at, timeZone);
    return (
      <p className="comment-window" role="status">
        <Clock size={15} aria-hidden="true" />
        <span>
          Comments are open until {formatMoment(at, timeZone)} ({round}).{own && ` That is ${own}.`}
        </span>
      </p>
    );
  }
  const { reason } = verdict;
  const at = reason.code === 'closed' ? reason.since : reason.code === 'not-open-yet' ? reason.opensAt : null;
  const own = at && 'timeZone' in reason ? ownTime(at, reason.timeZone) : '';
  return (
    <p className="comment-window comment-closed" role="status">
      <Lock size={15} aria-hidden="true" />
      <span>
        {mayEver(viewer.role, 'comment.write')
          ? `${explain(reason)}${own && ` That is ${own}.`}`
          : 'As an observer you read the comments.'}
      </span>
    </p>
  );
}
