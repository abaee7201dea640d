import { type Facet, type Facets, MAX_FACET_VALUES } from '@zerodraft/contract';
import { ChevronRight } from 'lucide-react';
import { type ReactNode, useId, useState } from 'react';
import { chosenOf, FACET_LABELS, labelOf, NONE_LABEL, type Terms } from './facet-values.ts';
import type { LibraryAddress } from './library-search.ts';

/** Values shown before all are asked for; one more would not be worth a button. */
const FEW = 7;
/** From here on one looks for a value instead of reading them all. */
const MANY = 12;

const ORDER = new Intl.Collator('en', { numeric: true });
const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

interface Props {
  facet: Facet;
  counts: Facets['facets'][Facet];
  terms: Terms | undefined;
  address: LibraryAddress;
  onChoose: (values: readonly string[]) => void;
  /** Stands above the values. */
  children?: ReactNode;
}

/** One facet: its values with how many each would leave, of which several may be chosen. */
export function FacetGroup({ facet, counts, terms, address, onChoose, children }: Props) {
  const id = useId();
  const [open, setOpen] = useState(true);
  const [all, setAll] = useState(false);
  const [find, setFind] = useState('');
  const chosen = chosenOf(terms, address, facet);
  const counted = new Set(counts.map(({ value }) => value));
  // What is chosen stays to be seen, also when nothing is left of it.
  const missing = chosen.filter((value) => !counted.has(value)).map((value) => ({ value, count: 0 }));
  // The server's order, but for values of one count, which would change places with every choice.
  const values = [...counts, ...missing]
    .map(({ value, count }) => ({ value, count, label: labelOf(terms, facet, value) }))
    .sort((a, b) => b.count - a.count || ORDER.compare(a.label, b.label));
  const folds = values.length > FEW + 1;
  const wanted = plain(find.trim());
  const shown = values.filter(({ value, label }, index) => {
    if (!folds) return true;
    if (all) return wanted === '' || plain(label).includes(wanted);
    return index < FEW || chosen.includes(value);
  });
  if (values.length === 0 || (values.length === 1 && values[0]?.value === '' && chosen.length === 0))
    return null;
  return (
    <section className="facet" aria-labelledby={id}>
      <h3 id={id}>
        <button type="button" aria-expanded={open} onClick={() => setOpen(!open)}>
          <ChevronRight size={14} aria-hidden="true" /> {FACET_LABELS[facet]}
          {chosen.length > 0 && (
            <span className="facet-chosen">
              {chosen.length}
              <span className="visually-hidden"> chosen</span>
            </span>
          )}
        </button>
      </h3>
      {open && (
        <>
          {children}
          {all && values.length > MANY && (
            <input
              type="search"
              className="facet-find"
              aria-label={`Find in ${FACET_LABELS[facet]}`}
              placeholder="Find"
              value={find}
              onChange={({ target }) => setFind(target.value)}
            />
          )}
          <ul className="facet-values">
            {shown.map(({ value, count, label }) => (
              <li key={value}>
                <label className={count === 0 ? 'facet-value facet-empty' : 'facet-value'}>
                  <input
                    type="checkbox"
                    checked={chosen.includes(value)}
                    onChange={({ target }) =>
                      onChoose(target.checked ? [...chosen, value] : chosen.filter((each) => each !== value))
                    }
                  />
                  <span className={label === NONE_LABEL ? 'facet-none' : undefined} dir="auto">
                    {label}
                  </span>{' '}
                  <span className="facet-count">{count.toLocaleString('en')}</span>
                </label>
              </li>
            ))}
          </ul>
          {all && shown.length === 0 && <p className="muted">Nothing is called so.</p>}
          {all && counts.length === MAX_FACET_VALUES && (
            <p className="muted">The {MAX_FACET_VALUES} most frequent.</p>
          )}
          {folds && (
            <button
              type="button"
              className="link-button facet-more"
              onClick={() => {
                setAll(!all);
                setFind('');
              }}
            >
              {all ? 'Show fewer' : `Show all ${values.length}`}
              <span className="visually-hidden"> of {FACET_LABELS[facet]}</span>
            </button>
          )}
        </>
      )}
    </section>
  );
}
