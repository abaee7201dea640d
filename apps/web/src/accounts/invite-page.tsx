import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, useParams, useRouter } from '@tanstack/react-router';
import { type OpenInvitation, ROLE_LABELS } from '@zerodraft/contract';
import { useState } from 'react';
import { forgetPerson } from '../api-client.ts';
import { EntryPage } from '../shell/page.tsx';
import { useSession } from '../shell/signed-in.tsx';
import { Problem } from '../ui/field.tsx';
import { formatDay } from '../ui/moments.tsx';
import { acceptInvitation, invitationQuery } from './account-api.ts';
import { signOut } from './auth-api.ts';
import { FirstPasskey } from './first-passkey.tsx';
import { SignUp } from './sign-up.tsx';

const ROLE_MEANS = {
  facilitator: 'You run the process: you edit, invite people, and open and close its rounds.',
  drafter: 'You edit the drafts and answer comments.',
  delegate: 'You read the drafts, comment on their clauses and propose text while a round is open.',
  observer: 'You read the drafts and their comments.',
} as const;

function Summary({ invitation }: { invitation: OpenInvitation }) {
  const { email, organisation, role, expiresAt } = invitation;
  return (
    <dl className="facts">
      <dt>Invited</dt>
      <dd>{email}</dd>
      {organisation && (
        <>
          <dt>For</dt>
          <dd>{organisation}</dd>
        </>
      )}
      <dt>As</dt>
      <dd>
        {ROLE_LABELS[role]}. {ROLE_MEANS[role]}
      </dd>
      <dt>Until</dt>
      <dd>{formatDay(expiresAt)}</dd>
    </dl>
  );
}

function Join({ token, onDone }: { token: string; onDone: (processId: string) => Promise<void> }) {
  const { account } = useSession();
  const join = useMutation({
    mutationFn: () => acceptInvitation(token, {}),
    onSuccess: ({ processId }) => onDone(processId),
  });
  return (
    <>
      <p>
        You are signed in as <strong>{account?.name}</strong>.
      </p>
      <Problem>{join.error?.message}</Problem>
      <button
        type="button"
        className="button button-primary"
        disabled={join.isPending}
        onClick={() => join.mutate()}
      >
        Accept the invitation
      </button>
    </>
  );
}

function OtherAccount({ email }: { email: string }) {
  const { account } = useSession();
  const leave = useMutation({ mutationFn: signOut, onSuccess: forgetPerson });
  return (
    <>
      <p>
        You are signed in as <strong>{account?.name}</strong> ({account?.email}), and this invitation is for{' '}
        {email}. Sign out to accept it, or ask to be invited under your own address.
      </p>
      <Problem>{leave.error?.message}</Problem>
      <button type="button" className="button button-primary" onClick={() => leave.mutate()}>
        Sign out
      </button>
    </>
  );
}

/** What the holder of an invitation's link is asked: to make an account, to sign in, or only to accept. */
export function InvitePage() {
  const { token } = useParams({ from: '/session/invite/$token' });
  const invitation = useQuery(invitationQuery(token));
  const { history } = useRouter();
  const [joined, setJoined] = useState<{ processId: string; withPasskey: boolean } | null>(null);
  const open = (processId: string): void => history.replace(`/processes/${encodeURIComponent(processId)}`);
  const onJoined = async (processId: string, withPasskey: boolean): Promise<void> => {
    setJoined({ processId, withPasskey });
    await forgetPerson();
    if (!withPasskey) open(processId);
  };
  if (joined?.withPasskey) return <FirstPasskey onDone={() => open(joined.processId)} />;
  if (joined) return <p className="splash">Opening the process…</p>;
  if (invitation.isPending) return <p className="splash">Looking at the invitation…</p>;
  if (invitation.isError)
    return (
      <EntryPage title="Invitation" heading="This invitation has ended" lead={invitation.error.message}>
        <p>
          <Link to="/" className="button">
            Go to the start page
          </Link>
        </p>
      </EntryPage>
    );
  const { data } = invitation;
  return (
    <EntryPage
      title="Invitation"
      heading={data.processName}
      lead={`${data.invitedBy} invites you to take part.`}
    >
      <Summary invitation={data} />
      {data.next === 'sign-up' && <SignUp token={token} invitation={data} onDone={onJoined} />}
      {data.next === 'sign-in' && (
        <>
          <p>You have an account already. Sign in, then accept.</p>
          <Link to="/sign-in" search={{ next: `/invite/${token}` }} className="button button-primary">
            Sign in
          </Link>
        </>
      )}
      {data.next === 'other-account' && <OtherAccount email={data.email} />}
      {data.next === 'join' && <Join token={token} onDone={(processId) => onJoined(processId, false)} />}
    </EntryPage>
  );
}
