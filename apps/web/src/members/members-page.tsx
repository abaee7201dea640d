import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { UserPlus } from 'lucide-react';
import { useState } from 'react';
import { useProcess } from '../start/process-layout.tsx';
import { mayIn } from '../start/rights.ts';
import { Problem } from '../ui/field.tsx';
import { DraftRoles } from './draft-roles.tsx';
import { Invitations } from './invitations.tsx';
import { InviteDialog } from './invite-dialog.tsx';
import { MemberTable } from './member-table.tsx';
import { membersQuery } from './members-api.ts';

/** Who is in the process, and who is invited to it. */
export function MembersPage() {
  const view = useProcess();
  const { process } = view;
  const members = useQuery(membersQuery(process.id));
  const manages = mayIn(view, 'member.manage');
  const [find, setFind] = useState('');
  const [inviting, setInviting] = useState(false);
  const { draft } = useSearch({ from: '/session/signed-in/processes/$processId/members' });
  const navigate = useNavigate({ from: '/processes/$processId/members' });
  const drafts = view.drafts.filter((entry) => entry.draft.state !== 'deleted');
  const inDraft = drafts.find((entry) => entry.draft.id === draft)?.draft ?? null;
  return (
    <>
      <section aria-labelledby="members-title">
        <div className="page-head">
          <h2 id="members-title">Members{members.data && ` (${members.data.length})`}</h2>
          {manages && (
            <button type="button" className="button button-primary" onClick={() => setInviting(true)}>
              <UserPlus size={15} aria-hidden="true" /> Invite people
            </button>
          )}
        </div>
        <div className="tools">
          <input
            type="search"
            aria-label="Search members and invitations"
            placeholder="Search by name, organisation or email"
            value={find}
            onChange={({ target }) => setFind(target.value)}
          />
          {drafts.length > 0 && (
            <select
              aria-label="Roles in"
              value={inDraft?.id ?? ''}
              onChange={({ target }) =>
                navigate({ search: { draft: target.value || undefined }, replace: true })
              }
            >
              <option value="">Roles in the whole process</option>
              {drafts.map((entry) => (
                <option key={entry.draft.id} value={entry.draft.id}>
                  Roles in “{entry.draft.title}”
                </option>
              ))}
            </select>
          )}
        </div>
        <Problem>{members.error?.message}</Problem>
        {members.isPending && <p className="empty">Fetching the members…</p>}
        {inDraft ? (
          <DraftRoles draft={inDraft} find={find} manages={manages} />
        ) : (
          <MemberTable members={members.data ?? []} find={find} manages={manages} />
        )}
      </section>
      {manages && <Invitations processId={process.id} find={find} />}
      {inviting && <InviteDialog processId={process.id} onClose={() => setInviting(false)} />}
    </>
  );
}
