import { type ComponentProps, useId } from 'react';
import { SelectField, TextField } from '../ui/field.tsx';

interface SelectProps extends Omit<ComponentProps<typeof SelectField>, 'children' | 'defaultValue'> {
  /** Labels of the terms in use, in their order. */
  terms: readonly string[];
  /** What it has; a term that is retired meanwhile can stay. */
  defaultValue: string;
  /** The words for having none. */
  none?: string;
}

/** One term of a taxonomy, or none. */
export function TermSelect({ terms, none = 'Not said', ...select }: SelectProps) {
  const { defaultValue } = select;
  return (
    <SelectField {...select}>
      <option value="">{none}</option>
      {terms.map((term) => (
        <option key={term} value={term}>
          {term}
        </option>
      ))}
      {defaultValue !== '' && !terms.includes(defaultValue) && (
        <option value={defaultValue}>{defaultValue} (retired)</option>
      )}
    </SelectField>
  );
}

/** A region: one of those there are, or a new one. */
export function RegionField({
  regions,
  ...field
}: ComponentProps<typeof TextField> & { regions: readonly string[] }) {
  const id = useId();
  return (
    <>
      <TextField dir="auto" list={id} {...field} />
      <datalist id={id}>
        {regions.map((region) => (
          <option key={region} value={region} />
        ))}
      </datalist>
    </>
  );
}
