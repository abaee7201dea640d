import { useQuery } from '@tanstack/react-query';
import type { Suggestion } from '@zerodraft/contract';
import { addLink } from '@zerodraft/trace';
import { Link2, X } from 'lucide-react';
import { useRef, useState, useSyncExternalStore } from 'react';
import { libraryQuery } from '../api.ts';
import { useLinks } from '../library/use-links.ts';
import { versionSeen } from '../links/link-acts.ts';
import { asUndoStep } from '../session/undo-step.ts';
import { useClauseOrder, useMay, useWorkspace } from '../session/use-draft.tsx';
import { Reason } from './reason.tsx';
import { likelyQuery } from './suggestions-api.ts';
import { useSettled } from './use-settled.ts';

/** Milliseconds that a text stays as it is before the list follows. */
const SETTLED = 300;

/** A clause's text as it is now. */
function useClauseText(clauseId: string | null): string {
  const { session } = useWorkspace();
  return useSyncExternalStore(session.subscribe, () => {
    const { blocks, order } = session.view();
    return (clauseId !== null && blocks[order.index.get(clauseId) ?? -1]?.text) || '';
  });
}

/** Recommendations that the clause under the cursor may come from; nothing for who may not link, or while none is likely. */
export function LikelyRecommendations({ clauseId }: { clauseId: string | null }) {
  const { numbers } = useClauseOrder();
  const mayLink = useMay('draft.edit');
  const [open, setOpen] = useState(true);
  const citation = clauseId === null ? '' : (numbers.get(clauseId)?.citation ?? '');
  if (!mayLink || clauseId === null || citation === '') return null;
  return <Likely clauseId={clauseId} citation={citation} open={open} onToggle={setOpen} />;
}

interface Props {
  clauseId: string;
  citation: string;
  /** Whether the list is unfolded; stays so from clause to clause. */
  open: boolean;
  onToggle: (open: boolean) => void;
}

function Likely({ clauseId, citation, open, onToggle }: Props) {
  const { session, process } = useWorkspace();
  const library = useQuery(libraryQuery(process.id));
  const { byClause } = useLinks();
  // The place and its text settle together: a text is never asked for with another clause's id.
  const current = useSettled(`${clauseId}\n${useClauseText(clauseId)}`, SETTLED);
  const at = current.indexOf('\n');
  const [settledId, text] = [current.slice(0, at), current.slice(at + 1)];
  const { data } = useQuery({
    ...likelyQuery(process.id, session.draft.id, settledId, text),
    enabled: text.trim() !== '',
  });
  /** Clause and recommendation, as long as this page is open. */
  const [dismissed, setDismissed] = useState<ReadonlySet<string>>(new Set());
  const [done, setDone] = useState('');
  const list = useRef<HTMLUListElement>(null);

  const linked = new Set(byClause.get(clauseId)?.map(({ recommendationId }) => recommendationId));
  const shown =
    settledId === clauseId && text.trim() !== ''
      ? (data?.list ?? []).filter(({ id }) => !linked.has(id) && !dismissed.has(`${clauseId}/${id}`))
      : [];

  /** The one that is done with leaves the list: the keyboard goes on at the next. */
  const leave = ({ id }: Suggestion, message: string): void => {
    const index = shown.findIndex((one) => one.id === id);
    const next = shown[index + 1] ?? shown[index - 1];
    setDone(message);
    requestAnimationFrame(() => {
      const row = next && list.current?.querySelector(`[data-suggested="${CSS.escape(next.id)}"] button`);
      const place = row ?? document.querySelector('.library input[type=search]');
      if (place instanceof HTMLElement) place.focus();
    });
  };
  const link = (one: Suggestion): void => {
    asUndoStep(session, () =>
      addLink(session.doc, {
        ...{ clauseId, recommendationId: one.id, relation: 'adapted' },
        ...versionSeen(library.data, one.id),
      }),
    );
    leave(one, `${one.reference} is linked to ${citation} as adapted.`);
  };
  const dismiss = (one: Suggestion): void => {
    setDismissed(new Set([...dismissed, `${clauseId}/${one.id}`]));
    leave(one, `${one.reference} is dismissed for now.`);
  };

  const count = shown.length === 0 ? '' : `${shown.length} likely for ${citation}.`;
  return (
    <>
      <p className="visually-hidden" role="status">
        {[done, count].filter(Boolean).join(' ')}
      </p>
      {shown.length > 0 && (
        <details className="likely" open={open} onToggle={(event) => onToggle(event.currentTarget.open)}>
          <summary>
            Likely for {citation} <span className="muted">{shown.length}</span>
          </summary>
          <ul ref={list} aria-label={`Likely recommendations for ${citation}`}>
            {shown.map((one) => (
              <li key={one.id} data-suggested={one.id}>
                <p className="likely-title">
                  <span className="reference">{one.reference}</span>
                  {one.title} <span className="muted">{one.source}</span>
                </p>
                <Reason why={one.why} />
                <div className="row">
                  <button
                    type="button"
                    className="button"
                    aria-label={`Link ${one.reference} to ${citation}`}
                    onClick={() => link(one)}
                  >
                    <Link2 size={14} aria-hidden="true" /> Link
                  </button>
                  <button
                    type="button"
                    className="button"
                    aria-label={`Dismiss ${one.reference} for now`}
                    onClick={() => dismiss(one)}
                  >
                    <X size={14} aria-hidden="true" /> Dismiss
                  </button>
                </div>
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}
