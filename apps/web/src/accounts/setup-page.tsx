import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { setup } from '@zerodraft/contract';
import { z } from 'zod';
import { forgetPerson } from '../api-client.ts';
import { EntryPage } from '../shell/page.tsx';
import { Problem, TextField } from '../ui/field.tsx';
import { useForm } from '../ui/use-form.ts';
import { setUp, setupQuery } from './account-api.ts';
import { ALIKE_PROBLEM, alike, NewPasswordFields } from './new-password-fields.tsx';

/** Makes the first facilitator of a new server. */
export function SetupPage() {
  const { token } = useParams({ from: '/session/setup/$token' });
  const link = useQuery(setupQuery(token));
  const navigate = useNavigate();
  const form = useForm({
    shape: setup.extend({ repeated: z.string() }).refine(alike, ALIKE_PROBLEM),
    send: ({ name, email, password }) => setUp(token, { name, email, password }),
    onDone: async () => {
      await forgetPerson();
      await navigate({ to: '/', replace: true });
    },
  });
  if (link.isPending) return <p className="splash">Looking at the link…</p>;
  if (link.isError)
    return (
      <EntryPage title="Set-up" heading="This link has ended" lead={link.error.message}>
        <p>
          <Link to="/sign-in" className="button">
            Sign in
          </Link>
        </p>
      </EntryPage>
    );
  return (
    <EntryPage
      title="Set-up"
      heading="The first facilitator"
      lead="This server is new. Make your account: it runs every process here, invites people and makes new processes."
    >
      <form onSubmit={form.onSubmit} className="form" noValidate>
        <TextField label="Name" name="name" autoComplete="name" error={form.errors.name} />
        <TextField
          label="Email"
          name="email"
          type="email"
          autoComplete="username"
          hint="You sign in with it."
          error={form.errors.email}
        />
        <NewPasswordFields errors={form.errors} />
        <Problem>{form.problem}</Problem>
        <div className="form-foot">
          <button type="submit" className="button button-primary" disabled={form.pending}>
            Make my account
          </button>
        </div>
      </form>
    </EntryPage>
  );
}
