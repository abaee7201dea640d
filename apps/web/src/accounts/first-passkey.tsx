import { useMutation } from '@tanstack/react-query';
import { KeyRound } from 'lucide-react';
import { EntryPage } from '../shell/page.tsx';
import { Problem } from '../ui/field.tsx';
import { thisDevice } from './device-name.ts';
import { addPasskey, passkeyProblem } from './passkeys.ts';

/** After an invitation was accepted without a password: the passkey that opens the account from now on. */
export function FirstPasskey({ onDone }: { onDone: () => void }) {
  const add = useMutation({ mutationFn: () => addPasskey(thisDevice()), onSuccess: onDone });
  return (
    <EntryPage
      title="Your passkey"
      heading="You are in. Now your passkey"
      lead="It stays on this device or in your password manager, and opens your account from now on."
    >
      <Problem>{add.error && passkeyProblem(add.error)}</Problem>
      <div className="form-foot">
        <button
          type="button"
          className="button button-primary"
          disabled={add.isPending}
          onClick={() => add.mutate()}
        >
          <KeyRound size={16} aria-hidden="true" /> Make a passkey
        </button>
        <button type="button" className="link-button" onClick={onDone}>
          Later: sign in by emailed link until then
        </button>
      </div>
    </EntryPage>
  );
}
