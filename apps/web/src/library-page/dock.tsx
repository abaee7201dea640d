import { Link } from '@tanstack/react-router';
import type { StaleRows } from '@zerodraft/contract';
import { GitMerge, Pencil, Redo2, Undo2, X } from 'lucide-react';
import { Fragment } from 'react';
import { MAX_MERGE } from './merge-dialog.tsx';
import { type Batches, counted } from './use-batches.ts';

/** Rows that are named one by one. */
const NAMED = 6;

/** Names rows that others changed, each with the way to look at it. */
export function StaleNames({ processId, rows }: { processId: string; rows: StaleRows['rows'] }) {
  const named = rows.slice(0, NAMED);
  return (
    <>
      {named.map(({ id, reference }, index) => (
        <Fragment key={id}>
          {index > 0 && ', '}
          <Link
            to="/processes/$processId/recommendations/$recommendationId"
            params={{ processId, recommendationId: id }}
            target="_blank"
          >
            {reference}
          </Link>
        </Fragment>
      ))}
      {rows.length > NAMED && ` and ${rows.length - NAMED} more`}
    </>
  );
}

function Told({ processId, batches }: { processId: string; batches: Batches }) {
  const { last, stale, problem, pending, undo, dismiss } = batches;
  const rest = last && stale ? last.changed - stale.length : 0;
  return (
    <>
      <div role="status" className="dock-words">
        {last && !stale && last.words}
        {stale && (
          <>
            Not undone: <StaleNames processId={processId} rows={stale} />{' '}
            {stale.length === 1 ? 'was' : 'were'} changed by somebody since.
          </>
        )}
        {problem && ` ${problem}`}
      </div>
      {last && (
        <div className="dock-tools">
          {(stale ? rest > 0 : last.changed > 0) && (
            // Stays the same button, not disabled while it works: the keyboard stays on it.
            <button
              type="button"
              className="button"
              aria-disabled={pending}
              data-focus-next
              onClick={() => undo(stale !== null)}
            >
              {last.back === 'Undo' ? (
                <Undo2 size={15} aria-hidden="true" />
              ) : (
                <Redo2 size={15} aria-hidden="true" />
              )}{' '}
              {last.back}
              {stale && ` the other ${rest}`}
            </button>
          )}
          <button type="button" className="icon-button" aria-label="Dismiss" onClick={dismiss}>
            <X size={16} aria-hidden="true" />
          </button>
        </div>
      )}
    </>
  );
}

interface Props {
  processId: string;
  batches: Batches;
  /** How many are chosen. */
  chosen: number;
  onEdit: () => void;
  onMerge: () => void;
  onClear: () => void;
}

/** At the foot of the window: what was done, with the way back, and what can be done with what is chosen. */
export function Dock({ processId, batches, chosen, onEdit, onMerge, onClear }: Props) {
  return (
    <div className="dock">
      <div className="dock-bar" data-shown={batches.last !== null || undefined}>
        <Told processId={processId} batches={batches} />
      </div>
      <section
        className="dock-bar dock-chosen"
        data-shown={chosen > 0 || undefined}
        aria-label="Chosen recommendations"
      >
        <div role="status" className="dock-words">
          {chosen > 0 && `${counted(chosen)} chosen`}
        </div>
        {chosen > 0 && (
          <div className="dock-tools">
            <button type="button" className="button button-primary" onClick={onEdit}>
              <Pencil size={14} aria-hidden="true" /> Edit
            </button>
            {chosen > 1 && chosen <= MAX_MERGE && (
              <button type="button" className="button" onClick={onMerge}>
                <GitMerge size={15} aria-hidden="true" /> Merge
              </button>
            )}
            <button type="button" className="icon-button" aria-label="Choose none" onClick={onClear}>
              <X size={16} aria-hidden="true" />
            </button>
          </div>
        )}
      </section>
    </div>
  );
}
