import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { z } from 'zod';
import { EntryPage } from '../shell/page.tsx';
import { Problem } from '../ui/field.tsx';
import { notify } from '../ui/notices.tsx';
import { useForm } from '../ui/use-form.ts';
import { resetPassword } from './auth-api.ts';
import { ALIKE_PROBLEM, alike, NewPasswordFields, passwordTwice } from './new-password-fields.tsx';

/** Sets a new password by the mailed link. */
export function ResetPasswordPage() {
  const { token = '', error } = useSearch({ from: '/session/reset-password' });
  const navigate = useNavigate();
  const form = useForm({
    shape: z.object(passwordTwice).refine(alike, ALIKE_PROBLEM),
    send: ({ password }) => resetPassword(token, password),
    onDone: () => {
      notify('Your password was changed, and your other devices were signed out. Sign in with the new one.');
      void navigate({ to: '/sign-in', replace: true });
    },
  });
  if (!token || error)
    return (
      <EntryPage
        title="New password"
        heading="This link has ended"
        lead="It was used before or has expired. Ask for another."
      >
        <p>
          <Link to="/forgotten-password" className="button button-primary">
            Ask for another link
          </Link>
        </p>
      </EntryPage>
    );
  return (
    <EntryPage
      title="New password"
      heading="A new password"
      lead="Afterwards you are signed out everywhere and sign in with the new password."
    >
      <form onSubmit={form.onSubmit} className="form" noValidate>
        <NewPasswordFields errors={form.errors} />
        <Problem>{form.problem}</Problem>
        <div className="form-foot">
          <button type="submit" className="button button-primary" disabled={form.pending}>
            Set the password
          </button>
          <Link to="/forgotten-password">Ask for another link</Link>
        </div>
      </form>
    </EntryPage>
  );
}
