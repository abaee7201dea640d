import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ROLE_LABELS, type Session } from '@zerodraft/contract';
import { type FormEvent, useId } from 'react';
import { signInDemo, signInEmail } from './api.ts';

function SignInForm({ onSubmit }: { onSubmit: (email: string, password: string) => void }) {
  const id = useId();
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    onSubmit(String(form.get('email')), String(form.get('password')));
  };
  return (
    <form className="sign-in-form" onSubmit={submit}>
      <label htmlFor={`${id}e`}>Email</label>
      <input id={`${id}e`} name="email" type="email" autoComplete="username" required />
      <label htmlFor={`${id}p`}>Password</label>
      <input id={`${id}p`} name="password" type="password" autoComplete="current-password" required />
      <button type="submit" className="button button-primary">
        Sign in
      </button>
    </form>
  );
}

/** Sign-in: in a demo the sample people with one click, otherwise by email and password. */
export function SignInPage({ session }: { session: Session }) {
  const queries = useQueryClient();
  const signIn = useMutation({
    mutationFn: (start: () => Promise<void>) => start(),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['session'] }),
  });
  return (
    <main className="sign-in">
      <h1>Zerodraft</h1>
      <p className="sign-in-lead">
        Co-edit the zero draft. Comment on its clauses. Trace each to the recommendations it came from.
      </p>
      {session.demo ? (
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
                  onClick={() => signIn.mutate(() => signInDemo(person.id))}
                >
                  <strong>{person.name}</strong>
                  <span>
                    {ROLE_LABELS[person.role]}
                    {person.organisation ? `, ${person.organisation}` : ''}
                  </span>
                </button>
              </li>
            ))}
          </ul>
        </section>
      ) : (
        <SignInForm onSubmit={(email, password) => signIn.mutate(() => signInEmail(email, password))} />
      )}
      {signIn.isError && <p role="alert">{signIn.error.message}</p>}
    </main>
  );
}
