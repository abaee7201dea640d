import { Link } from '@tanstack/react-router';
import { emailAddress } from '@zerodraft/contract';
import { useState } from 'react';
import { z } from 'zod';
import { EntryPage } from '../shell/page.tsx';
import { Problem, TextField } from '../ui/field.tsx';
import { useForm } from '../ui/use-form.ts';
import { askForReset } from './auth-api.ts';
import { LinkSent } from './link-sent.tsx';

/** Asks for a link that sets a new password. */
export function ForgottenPasswordPage() {
  const [sentTo, setSentTo] = useState('');
  const form = useForm({
    shape: z.object({ email: emailAddress }),
    send: ({ email }) => askForReset(email),
    onDone: (_answer, { email }) => setSentTo(email),
  });
  return (
    <EntryPage
      title="Forgotten password"
      heading="A new password"
      lead="Type your email address; a link to set a new password goes there."
    >
      {sentTo ? (
        <LinkSent email={sentTo} what="set a new password" onBack={() => setSentTo('')} />
      ) : (
        <form onSubmit={form.onSubmit} className="form" noValidate>
          <TextField
            label="Email"
            name="email"
            type="email"
            autoComplete="username"
            error={form.errors.email}
          />
          <Problem>{form.problem}</Problem>
          <div className="form-foot">
            <button type="submit" className="button button-primary" disabled={form.pending}>
              Send the link
            </button>
            <Link to="/sign-in">Back to signing in</Link>
          </div>
        </form>
      )}
    </EntryPage>
  );
}
