import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { emailAddress } from '@zerodraft/contract';
import { KeyRound, Mail } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { z } from 'zod';
import { PasswordField, Problem, TextField } from '../ui/field.tsx';
import { useForm } from '../ui/use-form.ts';
import { askForLink, signInEmail } from './auth-api.ts';
import { LinkSent } from './link-sent.tsx';
import { offerPasskeys, passkeyObstacle, passkeyProblem, signInPasskey } from './passkeys.ts';
import { ProviderButton } from './provider-button.tsx';

const credentials = z.object({ email: emailAddress, password: z.string().min(1, 'Type your password.') });

interface Props {
  /** Where to go on afterwards. */
  next: string;
  onDone: () => Promise<void>;
  onSecondFactor: () => void;
}

/** Email and password, a link by mail, a passkey, the identity provider. */
export function SignInMethods({ next, onDone, onSecondFactor }: Props) {
  const email = useRef<HTMLInputElement>(null);
  const [linkFor, setLinkFor] = useState('');
  const [emailProblem, setEmailProblem] = useState('');
  const [offered, setOffered] = useState<Error | null>(null);
  const done = useRef(onDone);
  done.current = onDone;
  const signIn = useForm({
    shape: credentials,
    send: (values) => signInEmail(values.email, values.password),
    onDone: ({ secondFactor }) => (secondFactor ? onSecondFactor() : onDone()),
  });
  const link = useMutation({
    mutationFn: (address: string) => askForLink(address, next),
    onSuccess: (_answer, address) => setLinkFor(address),
  });
  const passkey = useMutation({ mutationFn: () => signInPasskey(), onSuccess: onDone });
  // The browser offers passkeys in the email field; taking one signs in.
  useEffect(() => offerPasskeys(() => void done.current(), setOffered), []);

  const sendLink = (): void => {
    const address = emailAddress.safeParse(email.current?.value ?? '');
    setEmailProblem(address.success ? '' : 'Type your email address here, then ask for the link.');
    if (address.success) link.mutate(address.data);
    else email.current?.focus();
  };
  if (linkFor) return <LinkSent email={linkFor} what="sign in" onBack={() => setLinkFor('')} />;
  const obstacle = passkeyObstacle();
  return (
    <div className="methods">
      <form onSubmit={signIn.onSubmit} className="form" noValidate>
        <TextField
          ref={email}
          label="Email"
          name="email"
          type="email"
          autoComplete="username webauthn"
          error={emailProblem || signIn.errors.email}
        />
        <PasswordField
          label="Password"
          name="password"
          autoComplete="current-password"
          error={signIn.errors.password}
        />
        <Problem>{signIn.problem}</Problem>
        <div className="form-foot">
          <button type="submit" className="button button-primary" disabled={signIn.pending}>
            Sign in
          </button>
          <Link to="/forgotten-password">Forgotten password?</Link>
        </div>
      </form>
      <p className="or">
        <span>or without a password</span>
      </p>
      <div className="method-list">
        <button type="button" className="button" disabled={link.isPending} onClick={sendLink}>
          <Mail size={16} aria-hidden="true" /> Email me a link
        </button>
        {obstacle === null && (
          <button type="button" className="button" onClick={() => passkey.mutate()}>
            <KeyRound size={16} aria-hidden="true" /> Use a passkey
          </button>
        )}
        <ProviderButton next={next} />
      </div>
      <Problem>
        {link.error?.message ??
          (passkey.error ? passkeyProblem(passkey.error) : undefined) ??
          offered?.message}
      </Problem>
    </div>
  );
}
