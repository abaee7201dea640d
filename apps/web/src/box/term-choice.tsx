import { useId } from 'react';

interface Props {
  label: string;
  hint?: string;
  error?: string | undefined;
  name: string;
  terms: readonly string[];
  /** What it has: a term that is retired meanwhile can stay. */
  had?: readonly string[];
  chosen: readonly string[];
  onChange: (chosen: string[]) => void;
}

/** Any number of a process's terms. They are in the process's language, whatever the page's is. */
export function TermChoice({ label, hint, error, name, terms, had = [], chosen, onChange }: Props) {
  const id = useId();
  const retired = had.filter((term) => !terms.includes(term));
  return (
    <fieldset className="choice term-choice" aria-describedby={hint || error ? id : undefined}>
      <legend>{label}</legend>
      {(hint || error) && (
        <p id={id} className={error ? 'field-error' : 'field-hint'}>
          {error ?? hint}
        </p>
      )}
      {[...terms, ...retired].map((term) => (
        <label key={term}>
          <input
            type="checkbox"
            name={name}
            checked={chosen.includes(term)}
            onChange={({ target }) =>
              onChange(target.checked ? [...chosen, term] : chosen.filter((each) => each !== term))
            }
          />
          <span>
            <bdi>{term}</bdi>
            {retired.includes(term) && ' (retired)'}
          </span>
        </label>
      ))}
    </fieldset>
  );
}
