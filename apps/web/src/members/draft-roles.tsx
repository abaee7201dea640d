import { useMutation, useQuery } from '@tanstack/react-query';
import {
  DRAFT_ROLES,
  type DraftMember,
  type DraftRole,
  type DraftSummary,
  ROLE_LABELS,
} from '@zerodraft/contract';
import { useProcess } from '../start/process-layout.tsx';
import { ChoiceMenu } from '../ui/choice-menu.tsx';
import { Problem } from '../ui/field.tsx';
import { notify } from '../ui/notices.tsx';
import { isFound } from './find.ts';
import { draftMembersQuery, refreshMembers, setDraftRole } from './members-api.ts';

const label = (role: DraftRole): string => (role === 'none' ? 'No access' : ROLE_LABELS[role]);

const OPTIONS = [
  { value: 'same' as const, label: 'As in the process' },
  ...DRAFT_ROLES.map((value) => ({ value, label: label(value) })),
];

function DraftRoleChoice({ draft, member }: { draft: DraftSummary; member: DraftMember }) {
  const { process } = useProcess();
  const change = useMutation({
    mutationFn: (role: DraftRole | null) => setDraftRole(draft.id, member.id, role),
    onSuccess: () => notify(`Changed for ${member.name} in “${draft.title}”.`),
    onSettled: () => refreshMembers(process.id),
  });
  return (
    <>
      <ChoiceMenu
        label={`Role of ${member.name} in ${draft.title}`}
        value={member.draftRole ?? 'same'}
        options={OPTIONS}
        disabled={change.isPending}
        onChoose={(role) => change.mutate(role === 'same' ? null : role)}
      />
      <Problem>{change.error?.message}</Problem>
    </>
  );
}

/** What members are in one draft, where that differs from the process. */
export function DraftRoles({
  draft,
  find,
  manages,
}: {
  draft: DraftSummary;
  find: string;
  manages: boolean;
}) {
  const members = useQuery(draftMembersQuery(draft.id));
  const shown = members.data?.filter((member) => isFound(member, find)) ?? [];
  return (
    <>
      <p className="muted">
        A role in one draft stands in place of the role in the process; without access the draft is hidden.
        Facilitators of the process are facilitators in each draft.
      </p>
      <Problem>{members.error?.message}</Problem>
      {members.data && shown.length === 0 && <p className="empty">Nobody is found by “{find}”.</p>}
      {shown.length > 0 && (
        <table className="list-table">
          <thead>
            <tr>
              <th scope="col">Name, organisation</th>
              <th scope="col">In the process</th>
              <th scope="col">In this draft</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((member) => (
              <tr key={member.id}>
                <th scope="row">
                  {member.name}
                  {member.organisation && <span className="cell-note">{member.organisation}</span>}
                </th>
                <td data-label="In the process">{ROLE_LABELS[member.processRole]}</td>
                <td data-label="In this draft">
                  {manages && member.processRole !== 'facilitator' ? (
                    <DraftRoleChoice draft={draft} member={member} />
                  ) : (
                    label(member.draftRole ?? member.processRole)
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}
