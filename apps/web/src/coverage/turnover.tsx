import { Link } from '@tanstack/react-router';
import { type RecommendationSummary, type Shift, turnoverBy } from '@zerodraft/trace';
import { type ReactNode, useState } from 'react';
import type { CoverageSearch } from './coverage-search.ts';
import { GROUPING_LABELS, nameOf } from './labels.ts';
import { FIRST } from './uptake-view.tsx';
import { useCounted } from './use-counted.ts';

type Item = RecommendationSummary;

/** A list that shows its first rows until it is asked for all. */
export function Rows<T>({
  items,
  children,
}: {
  items: readonly T[];
  children: (shown: readonly T[]) => ReactNode;
}) {
  const [all, setAll] = useState(false);
  return (
    <>
      <div className="scroll-x">{children(all ? items : items.slice(0, FIRST))}</div>
      {items.length > FIRST && (
        <button type="button" className="button" onClick={() => setAll(!all)}>
          {all ? `Show the first ${FIRST}` : `Show all ${items.length}`}
        </button>
      )}
    </>
  );
}

type Whose = NonNullable<CoverageSearch['whose']>;
const WORDS = { entered: 'entered', fell: 'fell out' } as const;

/** A number that shows which proposals of somebody entered or fell out, in the lists below. */
function WhoseLink({
  whose,
  to,
  n,
  children,
}: {
  whose: Whose;
  to: keyof typeof WORDS;
  n: number;
  children: ReactNode;
}) {
  const { draftId } = useCounted();
  if (n === 0) return <span className="muted">0</span>;
  return (
    <Link
      from="/drafts/$draftId/coverage"
      to="/drafts/$draftId/coverage"
      params={{ draftId }}
      search={(before) => ({ ...before, whose })}
      hash={to}
      aria-label={`${n} ${WORDS[to]}: ${nameOf(whose.by, whose.value)}`}
    >
      {children}
    </Link>
  );
}

/** How much of whose entered and fell out. */
export function TurnoverTable({
  grouping,
  shifts,
}: {
  grouping: Whose['by'];
  shifts: { entered: Shift<Item>[]; fell: Shift<Item>[] };
}) {
  const rows = turnoverBy(shifts, grouping);
  if (rows.length === 0) return null;
  const label = grouping === 'source' ? 'Organisation' : GROUPING_LABELS[grouping];
  return (
    <section aria-label={`By ${label.toLowerCase()}`}>
      <h3>By {label.toLowerCase()}</h3>
      <Rows items={rows}>
        {(shown) => (
          <table className="count-table">
            <thead>
              <tr>
                <th scope="col">{label}</th>
                <th scope="col" className="number">
                  Entered
                </th>
                <th scope="col" className="number">
                  Fell out
                </th>
              </tr>
            </thead>
            <tbody>
              {shown.map(({ value, entered, fell }) => (
                <tr key={value}>
                  <th scope="row">{nameOf(grouping, value)}</th>
                  <td className="number">
                    <WhoseLink whose={{ by: grouping, value }} to="entered" n={entered}>
                      +{entered}
                    </WhoseLink>
                  </td>
                  <td className="number">
                    <WhoseLink whose={{ by: grouping, value }} to="fell" n={fell}>
                      −{fell}
                    </WhoseLink>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </Rows>
    </section>
  );
}
