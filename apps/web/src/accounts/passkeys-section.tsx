import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { z } from 'zod';
import { useAccount } from '../shell/signed-in.tsx';
import { Confirm, DialogFoot, Modal } from '../ui/dialog.tsx';
import { Problem, TextField } from '../ui/field.tsx';
import { When } from '../ui/moments.tsx';
import { notify } from '../ui/notices.tsx';
import { useForm } from '../ui/use-form.ts';
import { thisDevice } from './device-name.ts';
import {
  addPasskey,
  type Passkey,
  passkeyObstacle,
  passkeyProblem,
  passkeysQuery,
  removePasskey,
  renamePasskey,
} from './passkeys.ts';

const naming = z.object({ name: z.string().trim().min(1, 'Give the passkey a name.').max(100) });

function Rename({ passkey, onClose }: { passkey: Passkey; onClose: () => void }) {
  const queries = useQueryClient();
  const form = useForm({
    shape: naming,
    send: ({ name }) => renamePasskey(passkey.id, name),
    onDone: async () => {
      await queries.invalidateQueries({ queryKey: passkeysQuery.queryKey });
      onClose();
    },
  });
  return (
    <Modal title="Rename the passkey" onClose={onClose}>
      <form onSubmit={form.onSubmit} className="form" noValidate>
        <TextField label="Name" name="name" defaultValue={passkey.name ?? ''} error={form.errors.name} />
        <Problem>{form.problem}</Problem>
        <DialogFoot action="Rename" pending={form.pending} onClose={onClose} />
      </form>
    </Modal>
  );
}

function PasskeyRow({ passkey, only }: { passkey: Passkey; only: boolean }) {
  const { hasPassword } = useAccount();
  const queries = useQueryClient();
  const [asking, setAsking] = useState<'rename' | 'remove' | null>(null);
  const close = (): void => setAsking(null);
  const name = passkey.name || 'Passkey';
  return (
    <li className="item">
      <div>
        <strong>{name}</strong>
        <p className="muted">
          {passkey.createdAt && (
            <>
              Added <When at={passkey.createdAt} />
            </>
          )}
          {passkey.backedUp ? ', also on your other devices' : ', on one device only'}
        </p>
      </div>
      <div className="row">
        <button
          type="button"
          className="button"
          aria-label={`Rename ${name}`}
          onClick={() => setAsking('rename')}
        >
          Rename
        </button>
        <button
          type="button"
          className="button"
          aria-label={`Remove ${name}`}
          onClick={() => setAsking('remove')}
        >
          Remove
        </button>
      </div>
      {asking === 'rename' && <Rename passkey={passkey} onClose={close} />}
      {asking === 'remove' && (
        <Confirm
          title={`Remove ${name}?`}
          action="Remove"
          danger
          perform={() => removePasskey(passkey.id)}
          onDone={() => void queries.invalidateQueries({ queryKey: passkeysQuery.queryKey })}
          onClose={close}
        >
          <p>
            It no longer opens your account.
            {only &&
              !hasPassword &&
              ' You have no password and no other passkey: then only an emailed link or your identity provider signs you in.'}
          </p>
        </Confirm>
      )}
    </li>
  );
}

export function PasskeysSection() {
  const queries = useQueryClient();
  const passkeys = useQuery(passkeysQuery);
  const obstacle = passkeyObstacle();
  const add = useMutation({
    mutationFn: () => addPasskey(thisDevice()),
    onSuccess: async () => {
      notify('The passkey opens your account from now on.');
      await queries.invalidateQueries({ queryKey: passkeysQuery.queryKey });
    },
  });
  return (
    <section aria-labelledby="passkeys-title" className="section">
      <div className="section-head">
        <h2 id="passkeys-title">Passkeys</h2>
        <p>Sign in with this device’s fingerprint, face or PIN. A passkey stands for both steps.</p>
      </div>
      <div className="form">
        <Problem>{passkeys.error?.message}</Problem>
        {passkeys.data?.length === 0 && <p className="empty">No passkeys yet.</p>}
        {(passkeys.data?.length ?? 0) > 0 && (
          <ul className="items" aria-label="Passkeys">
            {passkeys.data?.map((passkey) => (
              <PasskeyRow key={passkey.id} passkey={passkey} only={passkeys.data.length === 1} />
            ))}
          </ul>
        )}
        <Problem>{add.error && passkeyProblem(add.error)}</Problem>
        {obstacle ? (
          <p className="muted">{obstacle}</p>
        ) : (
          <div className="form-foot">
            <button type="button" className="button" disabled={add.isPending} onClick={() => add.mutate()}>
              Add a passkey
            </button>
          </div>
        )}
      </div>
    </section>
  );
}
