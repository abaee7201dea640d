import type { ProcessSummary } from '@zerodraft/contract';
import { TextAreaField } from '../ui/field.tsx';
import type { FieldErrors } from '../ui/use-form.ts';

/** The lists that a process is sorted by, one entry on each line. */
export function SettingsFields({ errors, process }: { errors: FieldErrors; process?: ProcessSummary }) {
  return (
    <>
      <TextAreaField
        label="Themes"
        name="themes"
        rows={4}
        hint="What recommendations are about; one on each line."
        defaultValue={process?.themes.join('\n')}
        error={errors.themes}
      />
      <TextAreaField
        label="Dimensions"
        name="dimensions"
        rows={4}
        hint="The other way they are counted, as by level: local, national, global; one on each line."
        defaultValue={process?.dimensions.join('\n')}
        error={errors.dimensions}
      />
      <TextAreaField
        label="Sections of a blank draft"
        name="sections"
        rows={4}
        hint="Headings a new draft begins with; may stay empty."
        defaultValue={process?.sections.join('\n')}
        error={errors.sections}
      />
    </>
  );
}
