import { useMutation } from '@tanstack/react-query';
import { useRouter, useSearch } from '@tanstack/react-router';
import type { Session } from '@zerodraft/contract';
import { useEffect, useState } from 'react';
import { forgetPerson } from '../api-client.ts';
import { EntryPage } from '../shell/page.tsx';
import { useSession } from '../shell/signed-in.tsx';
import { Problem } from '../ui/field.tsx';
import { capacity } from '../ui/people.ts';
import { signInDemo } from './auth-api.ts';
import { returnPath } from './return-path.ts';
import { SecondFactor } from './second-factor.tsx';
import { SignInMethods } from './sign-in-methods.tsx';

/** What a sign-in link or the identity provider came back with. */
const ERRORS: Record<string, string> = {
  INVALID_TOKEN: 'This sign-in link was used before or has expired. Ask for another.',
  EXPIRED_TOKEN: 'This sign-in link has expired. Ask for another.',
  access_denied: 'The identity provider did not sign you in.',
  not_invited:
    'Nobody has invited the address that your identity provider knows you by. Ask a facilitator to invite it.',
  email_not_verified: 'Your identity provider does not say that your email address is verified.',
};
const OTHER_ERROR = 'Signing in did not work. Try again, or another way.';

function DemoPeople({ session, onDone }: { session: Session; onDone: () => Promise<void> }) {
  const signIn = useMutation({ mutationFn: signInDemo, onSuccess: onDone });
  return (
    <section aria-labelledby="demo-title">
      <p className="demo-badge">Demo: illustrative content, on this computer only, no passwords</p>
      <h2 id="demo-title">Sign in as</h2>
      <ul className="people">
        {session.demoPeople.map((person) => (
          <li key={person.id}>
            <button
              type="button"
              className="person"
              disabled={signIn.isPending}
              onClick={() => signIn.mutate(person.id)}
            >
              <strong>{person.name}</strong>
              <span>{capacity(person)}</span>
            </button>
          </li>
        ))}
      </ul>
      <Problem>{signIn.error?.message}</Problem>
    </section>
  );
}

/** Sign-in by every way that this server offers; in a demo the sample people come first. */
export function SignInPage() {
  const session = useSession();
  const { next, error, ended } = useSearch({ from: '/session/sign-in' });
  const { history } = useRouter();
  const [secondFactor, setSecondFactor] = useState(false);
  const target = returnPath(next);
  const signedIn = session.account !== null;
  useEffect(() => {
    if (signedIn) history.replace(target);
  }, [signedIn, history, target]);
  if (signedIn) return <p className="splash">Opening Zerodraft…</p>;
  if (secondFactor) return <SecondFactor onDone={forgetPerson} onBack={() => setSecondFactor(false)} />;
  const methods = (
    <SignInMethods next={target} onDone={forgetPerson} onSecondFactor={() => setSecondFactor(true)} />
  );
  return (
    <EntryPage
      title="Sign in"
      heading="Zerodraft"
      lead="Co-edit the zero draft. Comment on its clauses. Trace each to the recommendations it came from."
    >
      {ended && (
        <p role="status" className="callout">
          Your session has ended. Sign in to go on; what you typed is kept on this device.
        </p>
      )}
      <Problem>{error && (ERRORS[error] ?? OTHER_ERROR)}</Problem>
      {session.demo && session.demoPeople.length > 0 ? (
        <>
          <DemoPeople session={session} onDone={forgetPerson} />
          <details className="own-account" open={error !== undefined || undefined}>
            <summary>Sign in with an account of your own</summary>
            {methods}
          </details>
        </>
      ) : (
        <section aria-labelledby="sign-in-title">
          <h2 id="sign-in-title">Sign in</h2>
          {methods}
        </section>
      )}
    </EntryPage>
  );
}
