import { useQuery } from '@tanstack/react-query';
import { Navigate, Outlet, useRouter } from '@tanstack/react-router';
import type { Account, Session } from '@zerodraft/contract';
import { createContext, useContext, useEffect, useRef, useState } from 'react';
import { sessionQuery } from '../api.ts';
import { notOfSession, queryClient } from '../api-client.ts';

const AccountContext = createContext<Account | null>(null);

/** The signed-in person's account; only on pages that need one. */
export function useAccount(): Account {
  const account = useContext(AccountContext);
  if (account === null) throw new Error('useAccount stands outside the signed-in pages');
  return account;
}

/** What the server says of itself and of who is signed in; only below `WithSession`. */
export function useSession(): Session {
  const { data } = useQuery(sessionQuery);
  if (!data) throw new Error('useSession stands outside the pages with a session');
  return data;
}

/** Asks who is signed in before anything that depends on it is shown. */
export function WithSession() {
  const session = useQuery(sessionQuery);
  if (session.isPending) return <p className="splash">Opening Zerodraft…</p>;
  // Whoever was here goes on working when the server is silent for a while.
  if (session.data) return <Outlet />;
  return (
    <div className="splash" role="alert">
      <p>The server does not answer.</p>
      <button type="button" className="button" onClick={() => session.refetch()}>
        Try again
      </button>
    </div>
  );
}

function ToSignIn({ ended }: { ended: boolean }) {
  const router = useRouter();
  // Once: the location is already the sign-in page's while this page is still drawn.
  const [here] = useState(() => router.state.location.href);
  const search = { next: here === '/' ? undefined : here, ended: ended || undefined };
  return <Navigate to="/sign-in" search={search} replace />;
}

/** Pages for signed-in people; others sign in first and come back. */
export function SignedIn() {
  const { account } = useSession();
  const wasSignedIn = useRef(false);
  if (account === null) return <ToSignIn ended={wasSignedIn.current} />;
  wasSignedIn.current = true;
  return <SignedInAs key={account.id} account={account} />;
}

function SignedInAs({ account }: { account: Account }) {
  // Somebody else's pages begin without what was fetched for this person.
  useEffect(() => () => queryClient.removeQueries({ predicate: notOfSession }), []);
  return (
    <AccountContext.Provider value={account}>
      <Outlet />
    </AccountContext.Provider>
  );
}
