import { flowOf, headingsOf, selectRecommendations, valuesOf } from '@zerodraft/trace';
import { useMemo } from 'react';
import { Modal } from '../ui/dialog.tsx';
import { type ListSelection, MOST_FLOWS } from './coverage-search.ts';
import { selectionName } from './labels.ts';
import { LibraryLink } from './library-link.tsx';
import { RecommendationList } from './recommendation-list.tsx';
import { useCounted } from './use-counted.ts';

/** The list behind a number. */
export function ListDialog({ selection, onClose }: { selection: ListSelection; onClose: () => void }) {
  const { recommendations, uptake, view } = useCounted();
  const { shown, name } = useMemo(() => {
    const { headings, under } = headingsOf(view.blocks, selection.level ?? 'objective');
    const found = selectRecommendations(recommendations, uptake, selection, under);
    const { others, level = 'objective' } = selection;
    const name = selectionName(selection, headings);
    if (others === undefined) return { shown: found, name };
    const { together } = flowOf(recommendations, uptake, view.blocks, others, level, MOST_FLOWS);
    const values = new Set(together);
    return {
      shown: found.filter((item) => valuesOf(item, others).some((value) => values.has(value))),
      name: `${name}: ${values.size} others`,
    };
  }, [recommendations, uptake, view.blocks, selection]);
  return (
    <Modal
      wide
      title={<span id="behind">{name}</span>}
      lead={`${shown.length} ${shown.length === 1 ? 'recommendation, with the clauses it is' : 'recommendations, with the clauses they are'} linked to.`}
      onClose={onClose}
    >
      {shown.length === 0 ? (
        <p className="empty">None.</p>
      ) : (
        <>
          <LibraryLink selection={selection} />
          <RecommendationList recommendations={shown} labelledBy="behind" />
        </>
      )}
    </Modal>
  );
}
