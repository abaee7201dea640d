import { type Comment, signature } from '@zerodraft/contract';
import { type ComponentProps, type ReactNode, useState } from 'react';
import { Confirm } from '../ui/dialog.tsx';
import { ItemMenu } from '../ui/menu.tsx';
import { When } from '../ui/moments.tsx';
import { CommentText } from './comment-text.tsx';
import { Composer } from './composer.tsx';
import { EarlierVersions, type VersionsQuery } from './earlier-versions.tsx';
import type { Typed } from './use-typed.ts';

interface Props {
  comment: Omit<Comment, 'reactions'>;
  /** What the person may do with it now. */
  may: { edit: boolean; delete: boolean; readEarlier: boolean };
  /** What its author types to change it. */
  typed: Typed;
  rewrite: (body: string) => Promise<unknown>;
  remove: () => Promise<unknown>;
  versions: VersionsQuery;
  /** To whom a deleted one still says that it was there. */
  staysFor?: string;
  /** Goes to a clause that it names. */
  onClause?: (clauseId: string) => void;
  attributes?: ComponentProps<'article'> & { 'data-unread'?: true; 'data-testid'?: string };
  /** Beside who and when. */
  mark?: ReactNode;
  /** Below the text, while it is read. */
  children?: ReactNode;
}

/** One comment: who, when, what; its author changes it, and what it was before stays to be read. */
export function CommentArticle({
  comment: { author, body, createdAt, editedAt, deleted },
  may,
  typed,
  rewrite,
  remove,
  versions,
  staysFor = '',
  onClause,
  attributes,
  mark,
  children,
}: Props) {
  const [open, setOpen] = useState<'edit' | 'delete' | 'history' | null>(null);
  const close = (): void => setOpen(null);
  const startEdit = (): void => {
    if (typed.body === '') typed.onChange(body);
    setOpen('edit');
  };
  return (
    <article className="comment" {...attributes}>
      <header>
        <strong>{author.name}</strong>
        {author.organisation && <span className="muted">{author.organisation}</span>}
        <span className="comment-when muted">
          <When at={createdAt} />
          {editedAt && !deleted && ', edited'}
        </span>
        {mark}
        <ItemMenu
          label={`Comment of ${author.name}`}
          items={[
            may.edit && !deleted ? { label: 'Edit', onSelect: startEdit } : null,
            may.readEarlier && (deleted !== null || editedAt !== null)
              ? { label: 'Earlier versions', onSelect: () => setOpen('history') }
              : null,
            may.delete && !deleted
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
          send={rewrite}
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
        <CommentText body={body} onClause={onClause} />
      )}
      {!deleted && open !== 'edit' && children}
      {open === 'delete' && (
        <Confirm title="Delete this comment?" action="Delete" danger perform={remove} onClose={close}>
          That it was there, who wrote it and who deleted it stays visible{staysFor}.
        </Confirm>
      )}
      {open === 'history' && <EarlierVersions author={author} query={versions} onClose={close} />}
    </article>
  );
}
