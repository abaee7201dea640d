import { useState } from 'react';
import { queryClient } from '../api-client.ts';
import { useAccount } from '../shell/signed-in.tsx';
import { Modal } from '../ui/dialog.tsx';
import { notify } from '../ui/notices.tsx';
import { disableTwoFactor, newBackupCodes } from './auth-api.ts';
import { BackupCodes } from './backup-codes.tsx';
import { PasswordForm } from './password-form.tsx';
import { TwoFactorSetup } from './two-factor-setup.tsx';

type Step = 'setup' | 'disable' | 'codes' | null;

/** The second step of signing in: an authenticator app, with backup codes for when it is lost. */
export function TwoFactorSection() {
  const { hasPassword, twoFactor } = useAccount();
  const [step, setStep] = useState<Step>(null);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const close = (): void => {
    setStep(null);
    setCodes(null);
  };
  return (
    <section aria-labelledby="two-factor-title" className="section">
      <div className="section-head">
        <h2 id="two-factor-title">Second step</h2>
        <p>
          After your password, a code of an app on your phone. A stolen password alone is then worth nothing.
        </p>
      </div>
      <div className="form">
        {!hasPassword && (
          <p className="muted">
            The second step guards a password. You have none, so there is nothing to guard.
          </p>
        )}
        {hasPassword && <p>{twoFactor ? <strong>It is on.</strong> : 'It is off.'}</p>}
        {hasPassword && (
          <div className="form-foot">
            {twoFactor ? (
              <>
                <button type="button" className="button" onClick={() => setStep('codes')}>
                  New backup codes
                </button>
                <button type="button" className="button" onClick={() => setStep('disable')}>
                  Turn it off
                </button>
              </>
            ) : (
              <button type="button" className="button" onClick={() => setStep('setup')}>
                Turn it on
              </button>
            )}
          </div>
        )}
      </div>
      {step === 'setup' && <TwoFactorSetup onClose={close} />}
      {step === 'disable' && (
        <Modal
          title="Turn the second step off?"
          lead="Your password alone then opens your account."
          onClose={close}
        >
          <PasswordForm
            action="Turn it off"
            send={disableTwoFactor}
            onDone={async () => {
              close();
              notify('The second step is off.');
              await queryClient.invalidateQueries({ queryKey: ['session'] });
            }}
            onClose={close}
          />
        </Modal>
      )}
      {step === 'codes' && !codes && (
        <Modal title="New backup codes" lead="The codes you have now stop working." onClose={close}>
          <PasswordForm
            action="Make new codes"
            send={newBackupCodes}
            onDone={({ backupCodes }) => setCodes(backupCodes)}
            onClose={close}
          />
        </Modal>
      )}
      {codes && (
        <Modal title="Your new backup codes" onClose={close}>
          <BackupCodes codes={codes} onDone={close} />
        </Modal>
      )}
    </section>
  );
}
