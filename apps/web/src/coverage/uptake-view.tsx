import { type Group, type Grouping, shareOf, uptakeBy } from '@zerodraft/trace';
import { useMemo, useState } from 'react';
import { GROUPING_LABELS, nameOf, orderOf, percent } from './labels.ts';
import { NumberLink } from './number-link.tsx';
import { useCounted } from './use-counted.ts';

/** Rows that a table shows until it is asked for all. */
export const FIRST = 15;

const SHOWN: readonly Grouping[] = ['stakeholderKinds', 'regions', 'session', 'source'];

function Row({ grouping, value, count }: Group & { grouping: Grouping }) {
  const { linked, contrary, total } = count;
  const name = nameOf(grouping, value);
  const of = { [grouping]: value };
  return (
    <tr>
      <th scope="row">{name}</th>
      <td className="number">
        <NumberLink selection={{ ...of, state: 'linked' }} label={`${linked} linked: ${name}`}>
          {linked}
        </NumberLink>
      </td>
      <td className="number">
        <NumberLink selection={{ ...of, state: 'open' }} label={`${total - linked} not linked: ${name}`}>
          {total - linked}
        </NumberLink>
      </td>
      <td className="number">
        {contrary > 0 ? (
          <NumberLink selection={{ ...of, state: 'contrary' }} label={`${contrary} contrary: ${name}`}>
            {contrary}
          </NumberLink>
        ) : (
          <span className="muted">0</span>
        )}
      </td>
      <td className="number">
        <NumberLink selection={of} label={`${total} in all: ${name}`}>
          {total}
        </NumberLink>
      </td>
      <td className="bar-cell">
        <span className="bar" style={{ '--share': percent(shareOf(count)) }} aria-hidden="true" />
        {percent(shareOf(count))}
      </td>
    </tr>
  );
}

function UptakeTable({ grouping }: { grouping: Grouping }) {
  const { recommendations, uptake, process } = useCounted();
  const [all, setAll] = useState(false);
  const groups = useMemo(() => {
    const found = uptakeBy(recommendations, uptake, grouping, orderOf(process, grouping));
    // Of the many who proposed, those who proposed most come first.
    return grouping === 'source' ? found.sort((a, b) => b.count.total - a.count.total) : found;
  }, [recommendations, uptake, process, grouping]);
  const label = GROUPING_LABELS[grouping];
  const shown = all ? groups : groups.slice(0, FIRST);
  return (
    <section className="uptake" aria-labelledby={`uptake-${grouping}`}>
      <h2 id={`uptake-${grouping}`}>By {label.toLowerCase()}</h2>
      <div className="scroll-x">
        <table className="count-table">
          <thead>
            <tr>
              <th scope="col">{label}</th>
              <th scope="col" className="number">
                Linked
              </th>
              <th scope="col" className="number">
                Not linked
              </th>
              <th scope="col" className="number">
                of it contrary
              </th>
              <th scope="col" className="number">
                All
              </th>
              <th scope="col">Share linked</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((group) => (
              <Row key={group.value} grouping={grouping} {...group} />
            ))}
          </tbody>
        </table>
      </div>
      {groups.length > FIRST && (
        <button type="button" className="button" onClick={() => setAll(!all)}>
          {all ? `Show the first ${FIRST}` : `Show all ${groups.length}`}
        </button>
      )}
    </section>
  );
}

/** What became of the proposals of each kind of stakeholder, region, session and source. */
export function UptakeView() {
  return (
    <>
      {SHOWN.map((grouping) => (
        <UptakeTable key={grouping} grouping={grouping} />
      ))}
    </>
  );
}
