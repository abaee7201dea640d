import { useState } from 'react';
import { z } from 'zod';
import { EntryPage } from '../shell/page.tsx';
import { CheckField, Problem, TextField } from '../ui/field.tsx';
import { useForm } from '../ui/use-form.ts';
import { verifyBackupCode, verifyCode } from './auth-api.ts';

const totp = z.object({
  code: z
    .string()
    .transform((text) => text.replace(/\s/g, ''))
    .pipe(z.string().regex(/^\d{6}$/, 'A code has six digits.')),
  trust: z.literal('on').optional(),
});
const backup = z.object({
  code: z.string().trim().min(1, 'Type one of your backup codes.'),
  trust: z.literal('on').optional(),
});

function CodeForm({ byBackup, onDone }: { byBackup: boolean; onDone: () => Promise<void> }) {
  const form = useForm({
    shape: byBackup ? backup : totp,
    send: ({ code, trust }) => (byBackup ? verifyBackupCode : verifyCode)(code, trust === 'on'),
    onDone,
  });
  return (
    <form onSubmit={form.onSubmit} className="form" noValidate>
      <TextField
        label={byBackup ? 'Backup code' : 'Code'}
        name="code"
        inputMode={byBackup ? 'text' : 'numeric'}
        autoComplete="one-time-code"
        autoFocus
        error={form.errors.code}
        className="code-input"
      />
      <CheckField name="trust" label="Do not ask again on this device for 30 days" />
      <Problem>{form.problem}</Problem>
      <div className="form-foot">
        <button type="submit" className="button button-primary" disabled={form.pending}>
          Go on
        </button>
      </div>
    </form>
  );
}

/** The second step of signing in: a code of the authenticator app, or a backup code. */
export function SecondFactor({ onDone, onBack }: { onDone: () => Promise<void>; onBack: () => void }) {
  const [byBackup, setByBackup] = useState(false);
  return (
    <EntryPage
      title="Second step"
      heading="Second step"
      lead={
        byBackup
          ? 'Type one of the backup codes that you kept. Each works once.'
          : 'Type the six digits that your authenticator app shows for Zerodraft.'
      }
    >
      <CodeForm key={byBackup ? 'backup' : 'app'} byBackup={byBackup} onDone={onDone} />
      <p className="entry-links">
        <button type="button" className="link-button" onClick={() => setByBackup(!byBackup)}>
          {byBackup ? 'Use the authenticator app' : 'Use a backup code'}
        </button>
        <button type="button" className="link-button" onClick={onBack}>
          Back to signing in
        </button>
      </p>
    </EntryPage>
  );
}
