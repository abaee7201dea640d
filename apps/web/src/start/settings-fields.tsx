import type { ProcessSummary } from '@zerodraft/contract';
import { TextAreaField } from '../ui/field.tsx';
import type { FieldErrors } from '../ui/use-form.ts';

/** Lines of a text area that shows a list whole, within bounds. */
function rowsOf(list: readonly string[] | undefined): number {
  return Math.min(14, Math.max(3, (list?.length ?? 0) + 1));
}

/** The lists that a process is sorted by, one entry on each line. */
export function SettingsFields({ errors, process }: { errors: FieldErrors; process?: ProcessSummary }) {
  return (
    <>
      <TextAreaField
        label="Themes"
        name="themes"
        rows={rowsOf(process?.themes)}
        hint="What recommendations are about; one on each line."
        defaultValue={process?.themes.join('\n')}
        error={errors.themes}
      />
      <TextAreaField
        label="Dimensions"
        name="dimensions"
        rows={rowsOf(process?.dimensions)}
        hint="The other way they are counted, as by level: local, national, global; one on each line."
        defaultValue={process?.dimensions.join('\n')}
        error={errors.dimensions}
      />
      <TextAreaField
        label="Sections of a blank draft"
        name="sections"
        rows={rowsOf(process?.sections)}
        hint="Headings a new draft begins with; may stay empty."
        defaultValue={process?.sections.join('\n')}
        error={errors.sections}
      />
    </>
  );
}
