import { headingsOf, selectRecommendations } from '@zerodraft/trace';
import { useMemo } from 'react';
import { Modal } from '../ui/dialog.tsx';
import type { ListSelection } from './coverage-search.ts';
import { selectionName } from './labels.ts';
import { RecommendationList } from './recommendation-list.tsx';
import { useCounted } from './use-counted.ts';

/** The list behind a number. */
export function ListDialog({ selection, onClose }: { selection: ListSelection; onClose: () => void }) {
  const { recommendations, uptake, view } = useCounted();
  const { shown, name } = useMemo(() => {
    const { headings, under } = headingsOf(view.blocks, selection.level ?? 'objective');
    return {
      shown: selectRecommendations(recommendations, uptake, selection, under),
      name: selectionName(selection, headings),
    };
  }, [recommendations, uptake, view.blocks, selection]);
  return (
    <Modal
      wide
      title={<span id="behind">{name}</span>}
      lead={`${shown.length} ${shown.length === 1 ? 'recommendation' : 'recommendations'}, with the clauses they are linked to.`}
      onClose={onClose}
    >
      {shown.length === 0 ? (
        <p className="empty">None.</p>
      ) : (
        <RecommendationList recommendations={shown} labelledBy="behind" />
      )}
    </Modal>
  );
}
