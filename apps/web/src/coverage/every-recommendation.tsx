import { selectRecommendations } from '@zerodraft/trace';
import { useMemo, useState } from 'react';
import { RecommendationList } from './recommendation-list.tsx';
import { useCounted } from './use-counted.ts';

const STATES = {
  all: 'All',
  linked: 'Linked',
  open: 'Not yet linked',
  contrary: 'Considered, the opposite chosen',
} as const;
type State = keyof typeof STATES;
const isState = (value: string): value is State => value in STATES;

/** Every recommendation with what became of it. */
export function EveryRecommendation() {
  const { recommendations, uptake } = useCounted();
  const [state, setState] = useState<State>('all');
  const shown = useMemo(
    () => selectRecommendations(recommendations, uptake, state === 'all' ? {} : { state }),
    [recommendations, uptake, state],
  );
  return (
    <section aria-labelledby="every">
      <h2 id="every">
        Every recommendation ({shown.length})
        <select
          aria-label="Show"
          value={state}
          onChange={({ target }) => isState(target.value) && setState(target.value)}
        >
          {Object.entries(STATES).map(([value, label]) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
      </h2>
      <RecommendationList recommendations={shown} labelledBy="every" />
    </section>
  );
}
