import { Link, useSearch } from '@tanstack/react-router';
import { EntryPage } from '../shell/page.tsx';
import { useSession } from '../shell/signed-in.tsx';
import { returnPath } from './return-path.ts';

/** Where a mailed sign-in link leads: it is used up by a press only, since mail filters open links. */
export function MagicLinkPage() {
  const { token, next } = useSearch({ from: '/session/magic-link' });
  const { account } = useSession();
  const query = new URLSearchParams({
    token: token ?? '',
    callbackURL: returnPath(next),
    errorCallbackURL: '/sign-in',
  });
  return (
    <EntryPage
      title="Sign in"
      heading="Sign in"
      lead={
        account
          ? `You are signed in as ${account.name}. By this link you sign in anew.`
          : 'You asked for this link. It works once.'
      }
    >
      {token ? (
        <p>
          <a className="button button-primary" href={`/api/auth/magic-link/verify?${query}`}>
            Sign in now
          </a>
        </p>
      ) : (
        <p role="alert">This link is not whole. Copy all of it from the mail, or ask for another.</p>
      )}
      <p className="entry-links">
        <Link to="/sign-in">Sign in another way</Link>
      </p>
    </EntryPage>
  );
}
