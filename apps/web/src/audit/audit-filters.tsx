import { useQuery } from '@tanstack/react-query';
import { AUDIT_ACTIONS, AUDIT_OBJECTS, signature } from '@zerodraft/contract';
import { membersQuery } from '../members/members-api.ts';
import { useProcess } from '../start/process-layout.tsx';
import { Field } from '../ui/field.tsx';
import { ACTION_WORDS, OBJECT_WORDS } from './words.ts';

/** The filter as the page's address holds it: days, not moments. */
export interface AuditSearch {
  person?: string | undefined;
  action?: string | undefined;
  objectKind?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
}

interface Props {
  search: AuditSearch;
  onChange: (change: AuditSearch) => void;
}

/** By whom, what, on what, from when to when. */
export function AuditFilters({ search, onChange }: Props) {
  const { process } = useProcess();
  const members = useQuery(membersQuery(process.id));
  const actions = [...AUDIT_ACTIONS].sort((a, b) => (ACTION_WORDS[a] < ACTION_WORDS[b] ? -1 : 1));
  return (
    <fieldset className="audit-filters">
      <legend className="visually-hidden">Filters</legend>
      <Field label="Person">
        {(ids) => (
          <select
            {...ids}
            value={search.person ?? ''}
            onChange={({ target }) => onChange({ person: target.value || undefined })}
          >
            <option value="">Anybody</option>
            {members.data?.map((member) => (
              <option key={member.id} value={member.id}>
                {signature(member)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label="Action">
        {(ids) => (
          <select
            {...ids}
            value={search.action ?? ''}
            onChange={({ target }) => onChange({ action: target.value || undefined })}
          >
            <option value="">Any</option>
            {actions.map((action) => (
              <option key={action} value={action}>
                {ACTION_WORDS[action]}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label="On">
        {(ids) => (
          <select
            {...ids}
            value={search.objectKind ?? ''}
            onChange={({ target }) => onChange({ objectKind: target.value || undefined })}
          >
            <option value="">Anything</option>
            {AUDIT_OBJECTS.map((kind) => (
              <option key={kind} value={kind}>
                {OBJECT_WORDS[kind]}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label="From">
        {(ids) => (
          <input
            type="date"
            {...ids}
            value={search.from ?? ''}
            onChange={({ target }) => onChange({ from: target.value || undefined })}
          />
        )}
      </Field>
      <Field label="To">
        {(ids) => (
          <input
            type="date"
            {...ids}
            value={search.to ?? ''}
            onChange={({ target }) => onChange({ to: target.value || undefined })}
          />
        )}
      </Field>
    </fieldset>
  );
}
