import { type InvitationAnswer, newPassword, type OpenInvitation, personName } from '@zerodraft/contract';
import { useId, useState } from 'react';
import { z } from 'zod';
import { useSession } from '../shell/signed-in.tsx';
import { Problem, TextField } from '../ui/field.tsx';
import { useForm } from '../ui/use-form.ts';
import { acceptInvitation } from './account-api.ts';
import { ALIKE_PROBLEM, alike, NewPasswordFields } from './new-password-fields.tsx';
import { passkeyObstacle } from './passkeys.ts';
import { ProviderButton } from './provider-button.tsx';

const withPassword = z
  .object({ name: personName, password: newPassword, repeated: z.string() })
  .refine(alike, ALIKE_PROBLEM)
  .transform(({ name, password }): InvitationAnswer => ({ name, password }));
const withoutPassword = z.object({ name: personName }).transform((answer): InvitationAnswer => answer);

interface Props {
  token: string;
  invitation: OpenInvitation;
  onDone: (processId: string, withPasskey: boolean) => Promise<void>;
}

function SignUpForm({ token, invitation, byPasskey, onDone }: Props & { byPasskey: boolean }) {
  const form = useForm({
    shape: byPasskey ? withoutPassword : withPassword,
    send: (answer) => acceptInvitation(token, answer),
    onDone: ({ processId }) => onDone(processId, byPasskey),
  });
  return (
    <form onSubmit={form.onSubmit} className="form" noValidate>
      <TextField
        label="Your name"
        name="name"
        autoComplete="name"
        defaultValue={invitation.name}
        hint="As others in the process should see it."
        error={form.errors.name}
      />
      {/* For password managers: the address is the invitation's. */}
      <input type="email" name="email" autoComplete="username" value={invitation.email} readOnly hidden />
      {!byPasskey && <NewPasswordFields errors={form.errors} />}
      <Problem>{form.problem}</Problem>
      <div className="form-foot">
        <button type="submit" className="button button-primary" disabled={form.pending}>
          {byPasskey ? 'Accept, then make a passkey' : 'Accept the invitation'}
        </button>
      </div>
    </form>
  );
}

/** Makes an account by an invitation: a name, and a password or a passkey. */
export function SignUp(props: Props) {
  const [byPasskey, setByPasskey] = useState(false);
  const id = useId();
  const obstacle = passkeyObstacle();
  const { identityProvider } = useSession();
  return (
    <>
      {identityProvider !== null && (
        <>
          <div className="method-list">
            <ProviderButton next={`/invite/${props.token}`} />
          </div>
          <p className="or">
            <span>or make an account here</span>
          </p>
        </>
      )}
      <fieldset className="choice">
        <legend>How will you sign in?</legend>
        <label>
          <input type="radio" name={id} checked={!byPasskey} onChange={() => setByPasskey(false)} /> With a
          password
        </label>
        <label>
          <input
            type="radio"
            name={id}
            checked={byPasskey}
            disabled={obstacle !== null}
            aria-describedby={obstacle ? `${id}o` : undefined}
            onChange={() => setByPasskey(true)}
          />{' '}
          With a passkey: this device’s fingerprint, face or PIN
        </label>
        {obstacle && (
          <p id={`${id}o`} className="field-hint">
            {obstacle}
          </p>
        )}
      </fieldset>
      <SignUpForm key={byPasskey ? 'passkey' : 'password'} {...props} byPasskey={byPasskey} />
    </>
  );
}
