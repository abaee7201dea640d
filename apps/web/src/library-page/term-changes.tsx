import type { Term } from '@zerodraft/contract';
import { isSingle } from '@zerodraft/contract';
import { TAXONOMIES, type TaxonomyName } from '@zerodraft/trace';
import { Minus, Plus } from 'lucide-react';
import { useState } from 'react';
import { TAXONOMY_LABELS, type Terms } from './facet-values.ts';

/** Terms by id: whether each is to be added or taken away. */
export type TermPlan = ReadonlyMap<string, 'add' | 'remove'>;

const MANY = 10;

interface Props {
  terms: Terms;
  plan: TermPlan;
  onChange: (plan: TermPlan) => void;
}

function Taxonomy({ taxonomy, terms, plan, onChange }: Props & { taxonomy: TaxonomyName }) {
  const [find, setFind] = useState('');
  const offered = (terms[taxonomy] ?? []).filter(({ mergedInto }) => mergedInto === null);
  const planned = offered.filter(({ id }) => plan.has(id));
  const words = find.trim().toLowerCase();
  const shown = offered.filter(({ label }) => label.toLowerCase().includes(words));
  const turn = ({ id }: Term, way: 'add' | 'remove'): void => {
    const next = new Map(plan);
    if (plan.get(id) === way) next.delete(id);
    else {
      next.set(id, way);
      // Of these a recommendation has one: another takes its place.
      if (way === 'add' && isSingle(taxonomy))
        for (const other of offered)
          if (other.id !== id && next.get(other.id) === 'add') next.delete(other.id);
    }
    onChange(next);
  };
  if (offered.length === 0) return null;
  return (
    <details className="term-plan">
      <summary>
        {TAXONOMY_LABELS[taxonomy]}
        {planned.length > 0 && (
          <span className="muted" dir="auto">
            {' '}
            {planned.map(({ id, label }) => `${plan.get(id) === 'add' ? '+' : '−'} ${label}`).join(', ')}
          </span>
        )}
      </summary>
      {offered.length > MANY && (
        <input
          type="search"
          aria-label={`Find in ${TAXONOMY_LABELS[taxonomy]}`}
          placeholder="Find"
          value={find}
          onChange={({ target }) => setFind(target.value)}
        />
      )}
      <ul>
        {shown.map((term) => (
          <li key={term.id}>
            <span dir="auto">
              {term.label}
              {term.retiredAt !== null && <span className="muted"> (retired)</span>}
            </span>
            {term.retiredAt === null && (
              <button
                type="button"
                className="icon-button"
                aria-label={`Add ${term.label}`}
                title="Add"
                aria-pressed={plan.get(term.id) === 'add'}
                onClick={() => turn(term, 'add')}
              >
                <Plus size={15} aria-hidden="true" />
              </button>
            )}
            <button
              type="button"
              className="icon-button"
              aria-label={`Take away ${term.label}`}
              title="Take away"
              aria-pressed={plan.get(term.id) === 'remove'}
              onClick={() => turn(term, 'remove')}
            >
              <Minus size={15} aria-hidden="true" />
            </button>
          </li>
        ))}
        {shown.length === 0 && <li className="muted">No term is called so.</li>}
      </ul>
    </details>
  );
}

/** Terms to be added to many recommendations, or taken away. */
export function TermChanges(props: Props) {
  return (
    <div className="term-plans">
      {TAXONOMIES.map((taxonomy) => (
        <Taxonomy key={taxonomy} taxonomy={taxonomy} {...props} />
      ))}
    </div>
  );
}
