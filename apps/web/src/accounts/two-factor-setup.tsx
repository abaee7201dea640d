import { QRCodeSVG } from 'qrcode.react';
import { useState } from 'react';
import { z } from 'zod';
import { queryClient } from '../api-client.ts';
import { DialogFoot, Modal } from '../ui/dialog.tsx';
import { Problem, TextField } from '../ui/field.tsx';
import { useForm } from '../ui/use-form.ts';
import { confirmTwoFactor, enableTwoFactor } from './auth-api.ts';
import { BackupCodes } from './backup-codes.tsx';
import { PasswordForm } from './password-form.tsx';

const coded = z.object({
  code: z
    .string()
    .transform((text) => text.replace(/\s/g, ''))
    .pipe(z.string().regex(/^\d{6}$/, 'A code has six digits.')),
});

interface Secret {
  totpURI: string;
  backupCodes: string[];
}

/** The secret in groups of four, to be typed where no camera is at hand. */
function secretOf(totpURI: string): string {
  const secret = new URL(totpURI).searchParams.get('secret') ?? '';
  return secret.replace(/(.{4})(?=.)/g, '$1 ');
}

function AppStep({ secret, onDone, onClose }: { secret: Secret; onDone: () => void; onClose: () => void }) {
  const form = useForm({ shape: coded, send: ({ code }) => confirmTwoFactor(code), onDone });
  return (
    <form onSubmit={form.onSubmit} className="form" noValidate>
      <p>Scan this with an authenticator app on your phone, or type the secret into it.</p>
      <div className="totp">
        <div className="qr">
          <QRCodeSVG value={secret.totpURI} size={168} marginSize={2} title="QR code with the secret" />
        </div>
        <p>
          <span className="muted">Secret</span>
          <code>{secretOf(secret.totpURI)}</code>
        </p>
      </div>
      <TextField
        label="Code that the app shows now"
        name="code"
        inputMode="numeric"
        autoComplete="one-time-code"
        className="code-input"
        error={form.errors.code}
      />
      <Problem>{form.problem}</Problem>
      <DialogFoot action="Turn it on" pending={form.pending} onClose={onClose} />
    </form>
  );
}

/** Turns the second step on: the password, the app, then the backup codes. */
export function TwoFactorSetup({ onClose }: { onClose: () => void }) {
  const [secret, setSecret] = useState<Secret | null>(null);
  const [confirmed, setConfirmed] = useState(false);
  const finish = (): void => {
    onClose();
    if (confirmed) void queryClient.invalidateQueries({ queryKey: ['session'] });
  };
  return (
    <Modal title={confirmed ? 'The second step is on' : 'Turn the second step on'} onClose={finish}>
      {secret === null && (
        <PasswordForm action="Go on" send={enableTwoFactor} onDone={setSecret} onClose={finish} />
      )}
      {secret && !confirmed && <AppStep secret={secret} onDone={() => setConfirmed(true)} onClose={finish} />}
      {secret && confirmed && <BackupCodes codes={secret.backupCodes} onDone={finish} />}
    </Modal>
  );
}
