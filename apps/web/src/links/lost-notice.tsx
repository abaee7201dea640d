import { reflects } from '@zerodraft/trace';
import { X } from 'lucide-react';
import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { useLinks } from '../library/use-links.ts';
import { useWorkspace } from '../session/use-draft.tsx';
import { type Lost, watchLost } from './lost-links.ts';
import { lostWords } from './lost-words.ts';
import { useRecommendations } from './use-recommendations.ts';

/** Says that what somebody did here left recommendations without a link, and takes it back. It stays until it is read. */
export function LostNotice() {
  const { session } = useWorkspace();
  const recommendations = useRecommendations();
  const { byRecommendation } = useLinks();
  const [lost, setLost] = useState<Lost | null>(null);
  const known = useRef(recommendations);
  known.current = recommendations;
  useEffect(() => watchLost(session, (id) => known.current.get(id)?.id ?? id, setLost), [session]);
  // What can be undone changes with each step, here or in the text.
  const canUndo = useSyncExternalStore(session.subscribe, () => lost?.step?.isLast() === true);
  // Linked again, by undo or by anybody: there is nothing left to tell.
  const still = (lost?.recommendationIds ?? []).filter(
    (id) => !byRecommendation.get(id)?.some(({ relation }) => reflects(relation)),
  );
  const words = lostWords(
    still.flatMap((id) => {
      const one = recommendations.get(id);
      if (!one) return [];
      return [{ ...one, stillLinked: byRecommendation.has(id) }];
    }),
  );
  return (
    <div role="status" className="lost-links" data-testid="lost-links">
      {words !== '' && (
        <div className="notice">
          <span>{words}</span>
          {canUndo && (
            <button type="button" className="notice-action" onClick={() => lost?.step?.undo()}>
              Undo
            </button>
          )}
          <button type="button" className="icon-button" aria-label="Dismiss" onClick={() => setLost(null)}>
            <X size={15} aria-hidden="true" />
          </button>
        </div>
      )}
    </div>
  );
}
