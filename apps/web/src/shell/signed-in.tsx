import { useQuery } from '@tanstack/react-query';
import { Navigate, Outlet, useLocation } from '@tanstack/react-router';
import type { Account, Session } from '@zerodraft/contract';
import { createContext, useContext, useRef } from 'react';
import { sessionQuery } from '../api.ts';

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

/** Pages for signed-in people; others sign in first and come back. */
export function SignedIn() {
  const { account } = useSession();
  const { href } = useLocation();
  const wasSignedIn = useRef(false);
  if (account === null) {
    const next = href === '/' ? undefined : href;
    return <Navigate to="/sign-in" search={{ next, ended: wasSignedIn.current || undefined }} replace />;
  }
  wasSignedIn.current = true;
  return (
    <AccountContext.Provider value={account}>
      <Outlet />
    </AccountContext.Provider>
  );
}
