import { Link } from '@tanstack/react-router';
import { type Comment, signature, THREAD_STATE_LABELS } from '@zerodraft/contract';
import type { Block } from '@zerodraft/schema';
import { Fragment, memo, type ReactNode } from 'react';
import { CommentText } from '../comments/comment-text.tsx';
import { isHeading } from '../session/clause-order.ts';
import { formatDay } from '../ui/moments.tsx';
import { type SheetEntry, type SheetRow, sameEntries } from './sheet-rows.ts';

export const NO_ORGANISATION = 'No organisation';

function Who({ comment, children }: { comment: Comment; children?: ReactNode }) {
  return (
    <p className="sheet-who">
      <strong>{comment.author.name}</strong>
      <time dateTime={comment.createdAt}>{formatDay(comment.createdAt)}</time>
      {children}
    </p>
  );
}

function Marks({ draftId, thread, removed }: { draftId: string } & Pick<SheetEntry, 'thread' | 'removed'>) {
  const state = THREAD_STATE_LABELS[thread.state];
  return (
    <span className="sheet-marks">
      <Link
        to="/drafts/$draftId"
        params={{ draftId }}
        search={{ thread: thread.id }}
        className={thread.state === 'open' ? 'chip' : 'chip chip-good'}
        aria-label={`${state}: open the thread of ${thread.createdBy.name} in the draft`}
      >
        {state}
      </Link>
      {thread.visibility === 'team' && <em className="chip chip-warn">private</em>}
      {removed && <em className="chip chip-off">text removed</em>}
    </span>
  );
}

function Entry({ draftId, entry }: { draftId: string; entry: SheetEntry }) {
  const { thread, comments, removed, reply } = entry;
  const { state, decided, quote } = thread;
  return (
    <article className="sheet-entry" data-testid="sheet-entry">
      {comments.map((comment, at) => (
        <Fragment key={comment.id}>
          <Who comment={comment}>
            {at === 0 && <Marks draftId={draftId} thread={thread} removed={removed} />}
          </Who>
          {at === 0 && reply && <p className="sheet-reply">In reply to {signature(thread.createdBy)}</p>}
          {at === 0 && quote && !reply && <blockquote>{quote}</blockquote>}
          <CommentText body={comment.body} />
        </Fragment>
      ))}
      {decided && !reply && state !== 'open' && (
        <p className="sheet-decision">
          {THREAD_STATE_LABELS[state]} by {decided.by.name}
          {decided.reason && `: ${decided.reason}`}
        </p>
      )}
    </article>
  );
}

interface RowProps {
  draftId: string;
  row: SheetRow;
  /** The clause; null where the section or the draft stands as a whole. */
  block: Pick<Block, 'kind' | 'text'> | null;
  /** What it is cited by, or what stands in its place. */
  label: string;
  organisations: readonly string[];
}

/** A clause beside what each organisation says to it. */
export const SheetTableRow = memo(
  function SheetTableRow({ draftId, row, block, label, organisations }: RowProps) {
    return (
      <tr data-testid="sheet-row">
        <th scope="row" className={isHeading(block?.kind) ? 'sheet-clause sheet-heading' : 'sheet-clause'}>
          <div>
            {block ? (
              <Link to="/drafts/$draftId" params={{ draftId }} hash={row.id}>
                {label}
              </Link>
            ) : (
              <span className="sheet-whole">{label}</span>
            )}{' '}
            {block && <span className="sheet-text">{block.text}</span>}
          </div>
        </th>
        {organisations.map((organisation) => {
          const entries = row.entries.get(organisation);
          return (
            <td key={organisation} className={entries ? undefined : 'sheet-empty'}>
              {entries && <p className="sheet-organisation">{organisation || NO_ORGANISATION}</p>}
              {entries?.map((entry) => (
                <Entry key={entry.thread.id} draftId={draftId} entry={entry} />
              ))}
            </td>
          );
        })}
        {organisations.length === 0 && <td className="sheet-empty" />}
      </tr>
    );
  },
  (a, b) =>
    a.label === b.label &&
    a.block?.text === b.block?.text &&
    a.block?.kind === b.block?.kind &&
    a.row.id === b.row.id &&
    a.organisations === b.organisations &&
    sameEntries(a.row.entries, b.row.entries),
);
