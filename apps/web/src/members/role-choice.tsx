import { useMutation } from '@tanstack/react-query';
import { type Member, ROLE_LABELS, ROLES, type Role } from '@zerodraft/contract';
import { useState } from 'react';
import { useAccount } from '../shell/signed-in.tsx';
import { useProcess } from '../start/process-layout.tsx';
import { ChoiceMenu } from '../ui/choice-menu.tsx';
import { Confirm } from '../ui/dialog.tsx';
import { Problem } from '../ui/field.tsx';
import { notify } from '../ui/notices.tsx';
import { changeMember, refreshMembers } from './members-api.ts';
import { OrganisationDialog } from './organisation-dialog.tsx';

const OPTIONS = ROLES.map((value) => ({ value, label: ROLE_LABELS[value] }));

/** Changes the role of a member; asks first for what a delegate needs, and before somebody gives up their own rights. */
export function RoleChoice({ member }: { member: Member }) {
  const { process } = useProcess();
  const account = useAccount();
  const [asking, setAsking] = useState<Role | null>(null);
  const send = (role: Role) => changeMember(process.id, member.id, { role });
  const onSuccess = (role: Role): void => {
    notify(`${member.name} is now ${ROLE_LABELS[role].toLowerCase()}.`);
    void refreshMembers(process.id);
  };
  const change = useMutation({
    mutationFn: send,
    onSuccess: (_answer, role) => onSuccess(role),
    onError: () => refreshMembers(process.id),
  });
  const needsOrganisation = asking === 'delegate' && member.organisation === null;
  const choose = (role: Role): void => {
    if (member.id === account.id || (role === 'delegate' && member.organisation === null)) setAsking(role);
    else change.mutate(role);
  };
  return (
    <>
      <ChoiceMenu
        label={`Role of ${member.name}`}
        value={member.role}
        options={OPTIONS}
        disabled={change.isPending}
        onChoose={choose}
      />
      <Problem>{change.error?.message}</Problem>
      {needsOrganisation && (
        <OrganisationDialog member={member} becomesDelegate onClose={() => setAsking(null)} />
      )}
      {asking && !needsOrganisation && (
        <Confirm
          title="Give up your own role?"
          action={`Become ${ROLE_LABELS[asking].toLowerCase()}`}
          danger
          perform={() => send(asking)}
          onDone={() => onSuccess(asking)}
          onClose={() => setAsking(null)}
        >
          <p>You can then no longer manage this process. Only another facilitator can make you one again.</p>
        </Confirm>
      )}
    </>
  );
}
