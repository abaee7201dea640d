import { THREAD_STATE_LABELS, type Thread } from '@zerodraft/contract';
import { ListFilter } from 'lucide-react';
import { useId, useMemo, useState } from 'react';
import { useClauseOrder, useHeadings, useWorkspace } from '../session/use-draft.tsx';
import { SelectField } from '../ui/field.tsx';
import {
  CONCERNS,
  type Concern,
  choicesOf,
  NO_FILTER,
  SORTS,
  type Sort,
  STATE_CHOICES,
  type StateChoice,
  type ThreadFilter,
} from './thread-filter.ts';
import { unreadOf } from './thread-model.ts';

const CONCERN_LABELS: Record<Concern, string> = {
  all: 'All',
  unread: 'Unread',
  mine: 'Mine',
  mentioned: 'Mentions me',
  unanswered: 'Unanswered',
};
const STATE_CHOICE_LABELS: Record<StateChoice, string> = {
  ...THREAD_STATE_LABELS,
  waiting: 'Not closed',
  closed: 'Closed',
  any: 'Any state',
};
const SORT_LABELS: Record<Sort, string> = {
  text: 'As in the text',
  newest: 'Latest activity',
  oldest: 'Oldest first',
  due: 'Due date',
};

interface Props {
  threads: readonly Thread[];
  filter: ThreadFilter;
  onChange: (filter: ThreadFilter) => void;
  query: string;
  onQuery: (query: string) => void;
}

/** Search, whom threads concern, and the filters that are needed less often. */
export function FilterBar({ threads, filter, onChange, query, onQuery }: Props) {
  const { viewer } = useWorkspace();
  const [open, setOpen] = useState(false);
  const id = useId();
  const unread = useMemo(
    () => threads.filter((thread) => unreadOf(thread, viewer.id) > 0).length,
    [threads, viewer.id],
  );
  const { concern: _c, sort: _s, ...narrowed } = filter;
  const set = Object.entries(narrowed).filter(
    ([name, value]) => NO_FILTER_ENTRIES.get(name) !== value,
  ).length;
  return (
    <div className="comment-filters">
      <div className="row">
        <input
          type="search"
          aria-label="Search comments"
          placeholder="Search comments and quotations"
          value={query}
          onChange={(event) => onQuery(event.target.value)}
        />
        <button
          type="button"
          className="button"
          aria-expanded={open}
          aria-controls={id}
          onClick={() => setOpen(!open)}
        >
          <ListFilter size={15} aria-hidden="true" /> Filter{set > 0 && ` (${set})`}
        </button>
      </div>
      <fieldset className="chips">
        <legend className="visually-hidden">Which threads</legend>
        {CONCERNS.map((concern) => (
          <button
            key={concern}
            type="button"
            className="filter-chip"
            aria-pressed={filter.concern === concern}
            onClick={() => onChange({ ...filter, concern })}
          >
            {CONCERN_LABELS[concern]}
            {concern === 'unread' && unread > 0 && ` ${unread}`}
          </button>
        ))}
      </fieldset>
      <div id={id} hidden={!open}>
        {open && <MoreFilters threads={threads} filter={filter} onChange={onChange} />}
      </div>
    </div>
  );
}
const NO_FILTER_ENTRIES = new Map<string, unknown>(Object.entries(NO_FILTER));

const ANY = ' ';

function MoreFilters({ threads, filter, onChange }: Pick<Props, 'threads' | 'filter' | 'onChange'>) {
  const { numbers } = useClauseOrder();
  const headings = useHeadings();
  const { organisations, rounds, labels } = useMemo(() => choicesOf(threads), [threads]);
  const pick = (
    label: string,
    value: string | null,
    all: string,
    options: [string, string][],
    name: keyof ThreadFilter,
  ) => (
    <SelectField
      label={label}
      value={value ?? ANY}
      onChange={({ target }) => onChange({ ...filter, [name]: target.value === ANY ? null : target.value })}
    >
      <option value={ANY}>{all}</option>
      {options.map(([key, text]) => (
        <option key={key} value={key}>
          {text}
        </option>
      ))}
    </SelectField>
  );
  return (
    <div className="filter-grid">
      <SelectField
        label="State"
        value={filter.state}
        onChange={({ target }) => {
          const state = STATE_CHOICES.find((choice) => choice === target.value);
          if (state) onChange({ ...filter, state });
        }}
      >
        {STATE_CHOICES.map((choice) => (
          <option key={choice} value={choice}>
            {STATE_CHOICE_LABELS[choice]}
          </option>
        ))}
      </SelectField>
      {pick(
        'Organisation',
        filter.organisation,
        'All organisations',
        organisations.map(([name, count]) => [name, `${name || 'No organisation'} (${count})`]),
        'organisation',
      )}
      {pick(
        'Section',
        filter.sectionId,
        'All sections',
        headings.map(({ id, text }) => [id, `${numbers.get(id)?.label ?? ''} ${text}`.trim().slice(0, 80)]),
        'sectionId',
      )}
      {pick('Round', filter.roundId, 'All rounds', [...rounds, ['', 'Outside of rounds']], 'roundId')}
      {labels.length > 0 &&
        pick(
          'Label',
          filter.label,
          'All labels',
          labels.map((label) => [label, label]),
          'label',
        )}
      <SelectField
        label="Order"
        value={filter.sort}
        onChange={({ target }) => {
          const sort = SORTS.find((choice) => choice === target.value);
          if (sort) onChange({ ...filter, sort });
        }}
      >
        {SORTS.map((sort) => (
          <option key={sort} value={sort}>
            {SORT_LABELS[sort]}
          </option>
        ))}
      </SelectField>
      <button
        type="button"
        className="button"
        onClick={() => onChange({ ...NO_FILTER, concern: filter.concern, sort: filter.sort })}
      >
        Clear filters
      </button>
    </div>
  );
}
