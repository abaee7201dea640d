import { useMutation, useQuery } from '@tanstack/react-query';
import { type Invitation, ROLE_LABELS, type SentInvitation } from '@zerodraft/contract';
import { useState } from 'react';
import { Confirm, Modal } from '../ui/dialog.tsx';
import { Problem } from '../ui/field.tsx';
import { When } from '../ui/moments.tsx';
import { notify } from '../ui/notices.tsx';
import { isFound } from './find.ts';
import { invitationsQuery, refreshMembers, resendInvitation, revokeInvitation } from './members-api.ts';
import { SentList } from './sent-list.tsx';

function InvitationRow({
  processId,
  invitation,
  onSent,
}: {
  processId: string;
  invitation: Invitation;
  onSent: (sent: SentInvitation) => void;
}) {
  const [revoking, setRevoking] = useState(false);
  const { id, name, email, organisation, role, expiresAt } = invitation;
  const expired = Date.parse(expiresAt) <= Date.now();
  const resend = useMutation({
    mutationFn: () => resendInvitation(processId, id),
    onSuccess: (sent) => {
      if (sent.delivery === 'mailed') notify(`The invitation was sent to ${email} again.`);
      else onSent(sent);
      return refreshMembers(processId);
    },
  });
  return (
    <tr>
      <th scope="row">
        {name}
        {organisation && <span className="cell-note">{organisation}</span>}
      </th>
      <td data-label="Email">{email}</td>
      <td data-label="Role">{ROLE_LABELS[role]}</td>
      <td data-label="Invited">
        <When at={invitation.createdAt} /> <span className="cell-note">by {invitation.invitedBy}</span>
      </td>
      <td data-label="Until">
        {expired ? (
          <span className="chip chip-warn">
            expired <When at={expiresAt} />
          </span>
        ) : (
          <When at={expiresAt} />
        )}
      </td>
      <td className="cell-actions">
        <div className="row">
          <button
            type="button"
            className="button"
            aria-label={`Resend to ${email}`}
            disabled={resend.isPending}
            onClick={() => resend.mutate()}
          >
            Resend
          </button>
          <button
            type="button"
            className="button"
            aria-label={`Revoke the invitation of ${email}`}
            onClick={() => setRevoking(true)}
          >
            Revoke
          </button>
        </div>
        <Problem>{resend.error?.message}</Problem>
        {revoking && (
          <Confirm
            title={`Revoke the invitation of ${name}?`}
            action="Revoke"
            danger
            perform={() => revokeInvitation(processId, id)}
            onDone={() => {
              notify(`The invitation of ${email} was revoked.`);
              void refreshMembers(processId);
            }}
            onClose={() => setRevoking(false)}
          >
            <p>The link sent to {email} stops working. You can invite them again.</p>
          </Confirm>
        )}
      </td>
    </tr>
  );
}

/** The invitations that nobody accepted yet. */
export function Invitations({ processId, find }: { processId: string; find: string }) {
  const invitations = useQuery(invitationsQuery(processId));
  const shown = invitations.data?.filter((invitation) => isFound(invitation, find)) ?? [];
  const [sent, setSent] = useState<SentInvitation | null>(null);
  return (
    <section aria-labelledby="invitations-title" className="below">
      <h2 id="invitations-title">
        Pending invitations
        {invitations.data && invitations.data.length > 0 && ` (${invitations.data.length})`}
      </h2>
      <Problem>{invitations.error?.message}</Problem>
      {invitations.data?.length === 0 && <p className="empty">Nobody is invited and not yet in.</p>}
      {shown.length > 0 && (
        <table className="list-table">
          <thead>
            <tr>
              <th scope="col">Name, organisation</th>
              <th scope="col">Email</th>
              <th scope="col">Role</th>
              <th scope="col">Invited</th>
              <th scope="col">Until</th>
              <th scope="col">
                <span className="visually-hidden">Actions</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {shown.map((invitation) => (
              <InvitationRow
                key={invitation.id}
                processId={processId}
                invitation={invitation}
                onSent={setSent}
              />
            ))}
          </tbody>
        </table>
      )}
      {sent && (
        <Modal title="The new link" onClose={() => setSent(null)}>
          <SentList sent={[sent]} />
          <div className="dialog-foot">
            <button type="button" className="button button-primary" onClick={() => setSent(null)}>
              Done
            </button>
          </div>
        </Modal>
      )}
    </section>
  );
}
