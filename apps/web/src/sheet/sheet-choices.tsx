import { mayEver } from '@zerodraft/contract';
import { useWorkspace } from '../session/use-draft.tsx';
import { CheckField, SelectField } from '../ui/field.tsx';
import type { SheetOptions } from './sheet-options.ts';
import type { SheetSection } from './sheet-sections.ts';

/** Which section a sheet is of, and what it shows. */
export function SheetChoices({
  sections,
  sectionId,
  rounds,
  options,
  onSection,
  onChange,
}: {
  sections: readonly SheetSection[];
  sectionId: string;
  rounds: readonly { id: string; name: string }[];
  options: SheetOptions;
  onSection: (id: string) => void;
  onChange: (change: Partial<SheetOptions>) => void;
}) {
  const { viewer } = useWorkspace();
  const known = sections.some(({ id }) => id === sectionId);
  return (
    <fieldset className="sheet-choices">
      <legend className="visually-hidden">What the sheet shows</legend>
      <SelectField
        label="Section"
        value={known ? sectionId : ''}
        onChange={({ currentTarget }) => onSection(currentTarget.value)}
      >
        {!known && <option value="">Choose a section</option>}
        {sections.map(({ id, kind, name }) => (
          <option key={id} value={id}>
            {kind === 'objective' ? `\u2003${name}` : name}
          </option>
        ))}
      </SelectField>
      <SelectField
        label="Comments"
        value={options.states ?? 'open'}
        onChange={({ currentTarget }) =>
          onChange({ states: currentTarget.value === 'all' ? 'all' : undefined })
        }
      >
        <option value="open">Open and answered</option>
        <option value="all">In all states</option>
      </SelectField>
      <SelectField
        label="Round"
        value={options.round ?? ''}
        onChange={({ currentTarget }) => onChange({ round: currentTarget.value || undefined })}
      >
        <option value="">All rounds</option>
        {rounds.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </SelectField>
      <SelectField
        label="Layout"
        value={options.layout ?? 'side'}
        onChange={({ currentTarget }) =>
          onChange({ layout: currentTarget.value === 'clauses' ? 'clauses' : undefined })
        }
      >
        <option value="side">Side by side</option>
        <option value="clauses">By clause, below each other</option>
      </SelectField>
      <div className="sheet-checks">
        <CheckField
          label="Only clauses with comments"
          checked={options.commented ?? false}
          onChange={({ currentTarget }) => onChange({ commented: currentTarget.checked || undefined })}
        />
        {mayEver(viewer.role, 'comment.private') && (
          <CheckField
            label="With the team’s private threads"
            checked={options.private ?? false}
            onChange={({ currentTarget }) => onChange({ private: currentTarget.checked || undefined })}
          />
        )}
      </div>
    </fieldset>
  );
}
