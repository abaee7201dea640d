import { TextAreaField } from '../ui/field.tsx';
import type { FieldErrors } from '../ui/use-form.ts';

/** Lines of a text area that shows a list whole, within bounds. */
const rowsOf = (list: readonly string[]): number => Math.min(14, Math.max(3, list.length + 1));

/** The headings that a blank draft of a process begins with. */
export function SectionsField({ errors, sections }: { errors: FieldErrors; sections: readonly string[] }) {
  return (
    <TextAreaField
      label="Sections of a blank draft"
      name="sections"
      rows={rowsOf(sections)}
      hint="Headings a new draft begins with; may stay empty."
      defaultValue={sections.join('\n')}
      error={errors.sections}
    />
  );
}

/** The lists that a new process begins with, one entry on each line. */
export function SettingsFields({ errors }: { errors: FieldErrors }) {
  return (
    <>
      <TextAreaField
        label="Themes"
        name="themes"
        rows={3}
        hint="What recommendations are about; one on each line."
        error={errors.themes}
      />
      <TextAreaField
        label="Dimensions"
        name="dimensions"
        rows={3}
        hint="The other way they are counted, as by level: local, national, global; one on each line."
        error={errors.dimensions}
      />
      <SectionsField errors={errors} sections={[]} />
    </>
  );
}
