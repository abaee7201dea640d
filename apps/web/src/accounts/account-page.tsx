import { Page } from '../shell/page.tsx';
import { MailSection } from './mail-section.tsx';
import { NameSection } from './name-section.tsx';
import { PasskeysSection } from './passkeys-section.tsx';
import { PasswordSection } from './password-section.tsx';
import { SessionsSection } from './sessions-section.tsx';
import { TwoFactorSection } from './two-factor-section.tsx';

/** A person's own account: how they are named, how they sign in, and where they are signed in. */
export function AccountPage() {
  return (
    <Page title="Account">
      <h1>Account</h1>
      <div className="sections">
        <NameSection />
        <PasswordSection />
        <PasskeysSection />
        <TwoFactorSection />
        <SessionsSection />
        <MailSection />
      </div>
    </Page>
  );
}
