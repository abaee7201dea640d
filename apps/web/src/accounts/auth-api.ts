import { problem } from '@zerodraft/contract';
import { z } from 'zod';
import { ApiError } from '../api-client.ts';

/** What better-auth says in one word, in words that say how to go on. No text tells whether an address is known. */
const TEXTS: Record<string, string> = {
  INVALID_EMAIL_OR_PASSWORD: 'The email or the password is wrong.',
  INVALID_PASSWORD: 'The password is wrong.',
  INVALID_CODE: 'This code is wrong or no longer valid. Enter the one shown now.',
  INVALID_BACKUP_CODE: 'This backup code is wrong or was used before.',
  INVALID_TWO_FACTOR_COOKIE: 'This took too long. Sign in again.',
  TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE: 'Too many wrong codes. Sign in again.',
  ACCOUNT_TEMPORARILY_LOCKED: 'Too many wrong codes. Wait a quarter of an hour, then sign in again.',
  INVALID_TOKEN: 'This link was used before or has expired. Ask for another.',
  SESSION_NOT_FRESH: 'For this you must have signed in within the last day. Sign out, sign in and come back.',
  CHALLENGE_NOT_FOUND: 'This took too long. Try again.',
  PASSKEY_NOT_FOUND: 'This passkey does not open an account here.',
  AUTHENTICATION_FAILED: 'This passkey does not open an account here.',
  PREVIOUSLY_REGISTERED: 'This device has a passkey for your account already.',
};

const refusal = z.object({ message: z.string().optional(), code: z.string().optional() });

/**
 * Asks better-auth.
 * @throws ApiError with a text for people
 */
export async function auth<Shape extends z.ZodType>(
  path: string,
  shape: Shape,
  body?: object,
): Promise<z.infer<Shape>> {
  const response = await fetch(
    `/api/auth/${path}`,
    body === undefined
      ? {}
      : {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
        },
  );
  const answer: unknown = await response.json().catch(() => null);
  if (response.ok) return shape.parse(answer);
  const own = problem.safeParse(answer).data;
  const refused = refusal.safeParse(answer).data;
  const code = own?.code ?? refused?.code ?? '';
  throw new ApiError(
    TEXTS[code] ?? own?.error ?? refused?.message ?? 'The server did not take this. Try again.',
    response.status,
    code,
  );
}

const anything = z.unknown();

export const signInDemo = (personId: string) => auth('sign-in/demo', anything, { personId });

/** @returns whether a second factor is still asked for */
export async function signInEmail(email: string, password: string): Promise<{ secondFactor: boolean }> {
  const answer = await auth('sign-in/email', z.object({ twoFactorRedirect: z.boolean().optional() }), {
    email,
    password,
  });
  return { secondFactor: answer.twoFactorRedirect === true };
}

export const verifyCode = (code: string, trustDevice: boolean) =>
  auth('two-factor/verify-totp', anything, { code, trustDevice });
export const verifyBackupCode = (code: string, trustDevice: boolean) =>
  auth('two-factor/verify-backup-code', anything, { code, trustDevice });

/** Has a sign-in link mailed, when there is an account. */
export const askForLink = (email: string, next: string) =>
  auth('sign-in/magic-link', anything, { email, callbackURL: next, errorCallbackURL: '/sign-in' });

/** Has a link for a new password mailed, when there is an account. */
export const askForReset = (email: string) =>
  auth('request-password-reset', anything, { email, redirectTo: '/reset-password' });

export const resetPassword = (token: string, newPassword: string) =>
  auth('reset-password', anything, { token, newPassword });

/** @returns the address of the identity provider, to go on there */
export async function signInByProvider(next: string): Promise<string> {
  const { url } = await auth('sign-in/social', z.object({ url: z.string() }), {
    provider: 'oidc',
    callbackURL: next,
    errorCallbackURL: '/sign-in',
  });
  return url;
}

export const changePassword = (currentPassword: string, newPassword: string) =>
  auth('change-password', anything, { currentPassword, newPassword, revokeOtherSessions: true });

export const enableTwoFactor = (password: string) =>
  auth('two-factor/enable', z.object({ totpURI: z.string(), backupCodes: z.array(z.string()) }), {
    password,
  });
export const confirmTwoFactor = (code: string) => auth('two-factor/verify-totp', anything, { code });
export const disableTwoFactor = (password: string) => auth('two-factor/disable', anything, { password });
export const newBackupCodes = (password: string) =>
  auth('two-factor/generate-backup-codes', z.object({ backupCodes: z.array(z.string()) }), { password });

export const signOut = () => auth('sign-out', anything, {});
