import { isSingle, type Taxonomies, type Term } from '@zerodraft/contract';
import { TAXONOMIES, type TaxonomyName } from '@zerodraft/trace';
import type { ReactNode } from 'react';
import { SelectField } from '../ui/field.tsx';
import { FIELD_LABELS, type Values } from './fields.ts';

interface Props {
  terms: Taxonomies['taxonomies'];
  values: Values;
  onChange: (taxonomy: TaxonomyName, ids: readonly string[]) => void;
  /** What somebody else made of a taxonomy. */
  below: (taxonomy: TaxonomyName) => ReactNode;
}

/** What can be chosen: terms in use, and what is chosen already though it is retired. */
function offered(terms: readonly Term[], chosen: readonly string[]): Term[] {
  return terms.filter(
    ({ id, retiredAt, mergedInto }) => mergedInto === null && (retiredAt === null || chosen.includes(id)),
  );
}

const nameOf = ({ label, retiredAt }: Term): string => (retiredAt === null ? label : `${label} (retired)`);

/** The terms of a recommendation, taxonomy by taxonomy: any number, or one where there is one at most. */
export function TermFields({ terms, values, onChange, below }: Props) {
  return (
    <>
      {TAXONOMIES.filter((taxonomy) => !isSingle(taxonomy)).map((taxonomy) => (
        <div key={taxonomy} className="edit-terms">
          <fieldset className="choice term-choice">
            <legend>{FIELD_LABELS[taxonomy]}</legend>
            {offered(terms[taxonomy], values[taxonomy]).map((term) => (
              <label key={term.id}>
                <input
                  type="checkbox"
                  name={taxonomy}
                  checked={values[taxonomy].includes(term.id)}
                  onChange={({ target }) =>
                    onChange(
                      taxonomy,
                      target.checked
                        ? [...values[taxonomy], term.id]
                        : values[taxonomy].filter((id) => id !== term.id),
                    )
                  }
                />
                <span>
                  <bdi>{nameOf(term)}</bdi>
                </span>
              </label>
            ))}
            {offered(terms[taxonomy], values[taxonomy]).length === 0 && (
              <p className="muted">This process has none yet.</p>
            )}
          </fieldset>
          {below(taxonomy)}
        </div>
      ))}
      <div className="two">
        {TAXONOMIES.filter(isSingle).map((taxonomy) => (
          <div key={taxonomy}>
            <SelectField
              label={FIELD_LABELS[taxonomy]}
              name={taxonomy}
              value={values[taxonomy][0] ?? ''}
              onChange={({ target }) => onChange(taxonomy, target.value === '' ? [] : [target.value])}
            >
              <option value="">None</option>
              {offered(terms[taxonomy], values[taxonomy]).map((term) => (
                <option key={term.id} value={term.id}>
                  {nameOf(term)}
                </option>
              ))}
            </SelectField>
            {below(taxonomy)}
          </div>
        ))}
      </div>
    </>
  );
}
