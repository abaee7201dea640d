import { LIBRARY_SORTS } from '@zerodraft/contract';
import { ArrowDownNarrowWide, ArrowDownWideNarrow } from 'lucide-react';
import { ChoiceMenu } from '../ui/choice-menu.tsx';
import { DESCENDING_FIRST, SORT_LABELS } from './library-search.ts';
import type { Place } from './use-address.ts';

/** The order of the list. Without words there is no best match: then it is by reference. */
export function SortMenu({ place: { query, change } }: { place: Place }) {
  const words = query.q !== '';
  const sort = query.sort === 'relevance' && !words ? 'reference' : query.sort;
  const options = LIBRARY_SORTS.filter((each) => words || each !== 'relevance').map((value) => ({
    value,
    label: SORT_LABELS[value],
  }));
  const { descending } = query;
  const Icon = descending ? ArrowDownWideNarrow : ArrowDownNarrowWide;
  return (
    <div className="sort-menu">
      <ChoiceMenu
        label="Order"
        value={sort}
        options={options}
        onChoose={(next) =>
          change({
            sort: next === 'relevance' ? undefined : next,
            desc: DESCENDING_FIRST.includes(next) || undefined,
          })
        }
      />
      <button
        type="button"
        className="icon-button"
        aria-label={descending ? 'Descending: turn it round' : 'Ascending: turn it round'}
        title={descending ? 'Descending' : 'Ascending'}
        onClick={() => change({ desc: !descending || undefined })}
      >
        <Icon size={17} aria-hidden="true" />
      </button>
    </div>
  );
}
