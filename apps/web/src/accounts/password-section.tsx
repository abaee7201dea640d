import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { z } from 'zod';
import { useAccount, useSession } from '../shell/signed-in.tsx';
import { PasswordField, Problem } from '../ui/field.tsx';
import { notify } from '../ui/notices.tsx';
import { useForm } from '../ui/use-form.ts';
import { askForReset, changePassword } from './auth-api.ts';
import { ALIKE_PROBLEM, alike, NewPasswordFields, passwordTwice } from './new-password-fields.tsx';

const change = z
  .object({ current: z.string().min(1, 'Type the password you have now.'), ...passwordTwice })
  .refine(alike, ALIKE_PROBLEM);

function ChangeForm() {
  const queries = useQueryClient();
  // Another key empties the fields once the change is made.
  const [round, setRound] = useState(0);
  const form = useForm({
    shape: change,
    send: ({ current, password }) => changePassword(current, password),
    onDone: async () => {
      setRound(round + 1);
      notify('Your password was changed, and your other devices were signed out.');
      await queries.invalidateQueries({ queryKey: ['account-sessions'] });
    },
  });
  return (
    <form key={round} onSubmit={form.onSubmit} className="form" noValidate>
      <PasswordField
        label="Password now"
        name="current"
        autoComplete="current-password"
        error={form.errors.current}
      />
      <NewPasswordFields errors={form.errors} />
      <Problem>{form.problem}</Problem>
      <div className="form-foot">
        <button type="submit" className="button" disabled={form.pending}>
          Change the password
        </button>
      </div>
    </form>
  );
}

/** Without a password, one is set by the same link that replaces a forgotten one. */
function AskForPassword() {
  const { email } = useAccount();
  const { mail } = useSession();
  const ask = useMutation({ mutationFn: () => askForReset(email) });
  return (
    <div className="form">
      <Problem>{ask.error?.message}</Problem>
      <p role="status">
        {ask.isSuccess &&
          (mail
            ? `A link to set a password is on its way to ${email}.`
            : 'This server has no mail: the link stands where it prints its log. Ask whoever runs it.')}
      </p>
      <div className="form-foot">
        <button type="button" className="button" disabled={ask.isPending} onClick={() => ask.mutate()}>
          Send me a link to set one
        </button>
      </div>
    </div>
  );
}

export function PasswordSection() {
  const { hasPassword } = useAccount();
  return (
    <section aria-labelledby="password-title" className="section">
      <div className="section-head">
        <h2 id="password-title">Password</h2>
        <p>
          {hasPassword
            ? 'Changing it signs your other devices out.'
            : 'You have none: you sign in by passkey, emailed link or identity provider.'}
        </p>
      </div>
      {hasPassword ? <ChangeForm /> : <AskForPassword />}
    </section>
  );
}
