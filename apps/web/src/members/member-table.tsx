import { useNavigate } from '@tanstack/react-router';
import { type Member, ROLE_LABELS } from '@zerodraft/contract';
import { useState } from 'react';
import { useAccount } from '../shell/signed-in.tsx';
import { useProcess } from '../start/process-layout.tsx';
import { Confirm } from '../ui/dialog.tsx';
import { ItemMenu } from '../ui/menu.tsx';
import { When } from '../ui/moments.tsx';
import { notify } from '../ui/notices.tsx';
import { isFound } from './find.ts';
import { refreshMembers, removeMember } from './members-api.ts';
import { OrganisationDialog } from './organisation-dialog.tsx';
import { RoleChoice } from './role-choice.tsx';

interface RowProps {
  member: Member;
  manages: boolean;
}

function MemberRow({ member, manages }: RowProps) {
  const { process } = useProcess();
  const account = useAccount();
  const navigate = useNavigate();
  const [asking, setAsking] = useState<'organisation' | 'remove' | null>(null);
  const self = member.id === account.id;
  const close = (): void => setAsking(null);
  return (
    <tr>
      <th scope="row">
        {member.name}
        {self && <span className="muted"> (you)</span>}
        {member.organisation && <span className="cell-note">{member.organisation}</span>}
      </th>
      {manages && <td data-label="Email">{member.email}</td>}
      <td data-label="Role">{manages ? <RoleChoice member={member} /> : ROLE_LABELS[member.role]}</td>
      <td data-label="Since">
        <When at={member.joinedAt} />
      </td>
      <td className="cell-menu">
        <ItemMenu
          label={`Menu of ${member.name}`}
          items={[
            manages ? { label: 'Organisation', onSelect: () => setAsking('organisation') } : null,
            manages || self
              ? {
                  label: self ? 'Leave the process' : 'Remove from the process',
                  danger: true,
                  onSelect: () => setAsking('remove'),
                }
              : null,
          ]}
        />
        {asking === 'organisation' && (
          <OrganisationDialog member={member} becomesDelegate={false} onClose={close} />
        )}
        {asking === 'remove' && (
          <Confirm
            title={self ? `Leave ${process.name}?` : `Remove ${member.name}?`}
            action={self ? 'Leave' : 'Remove'}
            danger
            perform={() => removeMember(process.id, member.id)}
            onDone={() => {
              notify(self ? `You left ${process.name}.` : `${member.name} was removed.`);
              if (self) void navigate({ to: '/' });
              void refreshMembers(process.id);
            }}
            onClose={close}
          >
            <p>
              {self ? 'You' : 'They'} can no longer open its drafts, from this moment on. What{' '}
              {self ? 'you' : 'they'} wrote stays. To come back, {self ? 'you' : 'they'} must be invited
              again.
            </p>
          </Confirm>
        )}
      </td>
    </tr>
  );
}

/** The members with their role in the process. */
export function MemberTable({
  members,
  find,
  manages,
}: {
  members: readonly Member[];
  find: string;
  manages: boolean;
}) {
  const shown = members.filter((member) => isFound(member, find));
  return (
    <>
      <p className="muted" role="status">
        {find && `${shown.length} of ${members.length} members`}
      </p>
      {find && shown.length === 0 && <p className="empty">Nobody is found by “{find}”.</p>}
      {shown.length > 0 && (
        <table className="list-table">
          <thead>
            <tr>
              <th scope="col">Name, organisation</th>
              {manages && <th scope="col">Email</th>}
              <th scope="col">Role</th>
              <th scope="col">Since</th>
              <th scope="col">
                <span className="visually-hidden">Actions</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {shown.map((member) => (
              <MemberRow key={member.id} member={member} manages={manages} />
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}
