import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import {
  clauseCoverage,
  flowOf,
  headingsOf,
  isCounted,
  selectRecommendations,
  valuesOf,
} from '@zerodraft/trace';
import { useMemo } from 'react';
import { termsQuery } from '../library-page/library-api.ts';
import { Modal } from '../ui/dialog.tsx';
import { ClauseList } from './clause-list.tsx';
import { type ListSelection, MOST_FLOWS } from './coverage-search.ts';
import { headingName, selectionName } from './labels.ts';
import { libraryAddress, panelSearch } from './library-address.ts';
import { RecommendationList } from './recommendation-list.tsx';
import { type Counted, useCounted } from './use-counted.ts';

/** The ways on to where the same list can be worked with. */
function Onwards({ selection }: { selection: ListSelection }) {
  const { draftId, process, asOf } = useCounted();
  const terms = useQuery(termsQuery(process.id)).data;
  const panel = panelSearch(selection, asOf);
  const library = terms ? libraryAddress(selection, { draftId, asOf, terms }) : null;
  if (!panel && !library) return null;
  return (
    <p className="list-onwards">
      {library && (
        <Link to="/processes/$processId/library" params={{ processId: process.id }} search={library}>
          This list in the library
        </Link>
      )}
      {panel && (
        <Link to="/drafts/$draftId" params={{ draftId }} search={panel}>
          Beside the draft
        </Link>
      )}
    </p>
  );
}

function recommendationsBehind(selection: ListSelection, { recommendations, uptake, view }: Counted) {
  const { others, level = 'objective' } = selection;
  const { headings, under } = headingsOf(view.blocks, level);
  const found = selectRecommendations(recommendations, uptake, selection, under);
  const name = selectionName(selection, headings);
  if (others === undefined) return { shown: found, name };
  const { together } = flowOf(recommendations, uptake, view.blocks, others, level, MOST_FLOWS);
  const values = new Set(together);
  return {
    shown: found.filter((item) => valuesOf(item, others).some((value) => values.has(value))),
    name: `${name}: ${values.size} others`,
  };
}

function clausesBehind(
  { clauses, under: id, level = 'objective' }: ListSelection,
  { uptake, view }: Counted,
) {
  const { headings, under } = headingsOf(view.blocks, level);
  const without = new Set(clauseCoverage(view.blocks, uptake, level).withoutSource);
  const heading = headings.find((one) => one.id === id);
  const which = clauses === 'sourced' ? 'Clauses with a source' : 'All clauses';
  return {
    shown: view.blocks.filter(
      (block) =>
        isCounted(block) &&
        (id === undefined || under.get(block.id) === id) &&
        (clauses === 'all' || !without.has(block)),
    ),
    name: heading ? `${which}: ${headingName(heading)}` : which,
  };
}

const counted = (n: number, one: string, many: string): string => `${n} ${n === 1 ? one : many}`;

/** The list behind a number. */
export function ListDialog({ selection, onClose }: { selection: ListSelection; onClose: () => void }) {
  const all = useCounted();
  const { name, lead, list } = useMemo(() => {
    if (selection.clauses !== undefined) {
      const { shown, name } = clausesBehind(selection, all);
      return {
        name,
        lead: `${counted(shown.length, 'clause, with the recommendations it reflects', 'clauses, with the recommendations they reflect')}.`,
        list: shown.length > 0 && <ClauseList clauses={shown} labelledBy="behind" />,
      };
    }
    const { shown, name } = recommendationsBehind(selection, all);
    return {
      name,
      lead: `${counted(shown.length, 'recommendation, with the clauses it is', 'recommendations, with the clauses they are')} linked to.`,
      list: shown.length > 0 && <RecommendationList recommendations={shown} labelledBy="behind" />,
    };
  }, [all, selection]);
  return (
    <Modal wide title={<span id="behind">{name}</span>} lead={lead} onClose={onClose}>
      <Onwards selection={selection} />
      {list || <p className="empty">None.</p>}
    </Modal>
  );
}
