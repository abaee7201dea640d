import { useQuery } from '@tanstack/react-query';
import { useWorkspace } from '../session/use-draft.tsx';
import { Field } from '../ui/field.tsx';
import { formatDay } from '../ui/moments.tsx';
import { versionsQuery } from '../versions/versions-api.ts';

interface Props {
  label: string;
  /** A version; undefined for the draft as it is now. */
  value: string | undefined;
  onChange: (value: string | undefined) => void;
  /** Whether the draft as it is now can be chosen. */
  now?: boolean;
}

/** Chooses a version of the draft, or the draft as it is now. */
export function MomentSelect({ label, value, onChange, now = true }: Props) {
  const { draft } = useWorkspace();
  const { data = [] } = useQuery(versionsQuery(draft.id));
  const known = value === undefined || data.some(({ id }) => id === value);
  return (
    <Field label={label}>
      {(ids) => (
        <select {...ids} value={value ?? ''} onChange={({ target }) => onChange(target.value || undefined)}>
          {now && <option value="">Now</option>}
          {!known && <option value={value}>A version that is gone</option>}
          {data.map(({ id, name, createdAt }) => (
            <option key={id} value={id}>
              {name} · {formatDay(createdAt)}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
