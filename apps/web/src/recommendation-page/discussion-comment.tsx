import { useQuery } from '@tanstack/react-query';
import { type DiscussionComment, explain, type Person, permission, signature } from '@zerodraft/contract';
import { useState } from 'react';
import { z } from 'zod';
import { CommentText } from '../comments/comment-text.tsx';
import { Composer } from '../comments/composer.tsx';
import { EarlierVersions } from '../comments/earlier-versions.tsx';
import { useKept } from '../session/kept-text.ts';
import { useProcess } from '../start/process-layout.tsx';
import { mayIn } from '../start/rights.ts';
import { Confirm } from '../ui/dialog.tsx';
import { ItemMenu } from '../ui/menu.tsx';
import { When } from '../ui/moments.tsx';
import { removeComment, rewriteComment, versionsQuery } from './discussion-api.ts';

/** What one types into one box of a process, kept over reloads, and why it cannot be sent now. */
export function useTypedIn(place: string) {
  const { process, viewer } = useProcess();
  const { rounds } = process;
  const verdict = permission(viewer.role, 'discussion.write', {
    process,
    draft: null,
    rounds,
    now: new Date(),
  });
  const [body, setBody] = useKept(`${viewer.id}/${process.id}/${place}`, z.string());
  return {
    body: body ?? '',
    onChange: (text: string) => setBody(text === '' ? null : text),
    obstacle: verdict.allowed ? null : explain(verdict.reason),
  };
}

/** One comment of the team's; its author changes it, and what it was before stays to be read. */
export function DiscussionItem({ comment, elsewhere }: { comment: DiscussionComment; elsewhere: boolean }) {
  const view = useProcess();
  const [open, setOpen] = useState<'edit' | 'delete' | 'history' | null>(null);
  const typed = useTypedIn(`discussion-edit/${comment.id}`);
  const { deleted, editedAt, author, recommendation } = comment;
  const own = author.id === view.viewer.id;
  const mayWrite = mayIn(view, 'discussion.write');
  const close = (): void => setOpen(null);
  const startEdit = (): void => {
    if (typed.body === '') typed.onChange(comment.body);
    setOpen('edit');
  };
  return (
    <article className="comment" data-testid="discussion-comment" aria-label={`Comment of ${author.name}`}>
      <header>
        <strong>{author.name}</strong>
        {author.organisation && <span className="muted">{author.organisation}</span>}
        <span className="comment-when muted">
          <When at={comment.createdAt} />
          {editedAt && !deleted && ', edited'}
        </span>
        {elsewhere && <span className="chip">on {recommendation.reference}</span>}
        <ItemMenu
          label={`Comment of ${author.name}`}
          items={[
            own && !deleted && mayWrite ? { label: 'Edit', onSelect: startEdit } : null,
            deleted !== null || editedAt !== null
              ? { label: 'Earlier versions', onSelect: () => setOpen('history') }
              : null,
            !deleted && ((own && mayWrite) || mayIn(view, 'discussion.moderate'))
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
          send={(body) => rewriteComment(view.process.id, recommendation.id, comment.id, body)}
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
        <CommentText body={comment.body} />
      )}
      {open === 'delete' && (
        <Confirm
          title="Delete this comment?"
          action="Delete"
          danger
          perform={() => removeComment(view.process.id, recommendation.id, comment.id)}
          onClose={close}
        >
          That it was there, who wrote it and who deleted it stays visible to the team.
        </Confirm>
      )}
      {open === 'history' && (
        <Versions processId={view.process.id} comment={comment} author={author} onClose={close} />
      )}
    </article>
  );
}

function Versions({
  processId,
  comment: { id, recommendation },
  author,
  onClose,
}: {
  processId: string;
  comment: DiscussionComment;
  author: Person;
  onClose: () => void;
}) {
  const versions = useQuery(versionsQuery(processId, recommendation.id, id));
  return <EarlierVersions author={author} versions={versions} onClose={onClose} />;
}
