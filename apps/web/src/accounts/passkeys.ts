import {
  browserSupportsWebAuthnAutofill,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  startAuthentication,
  startRegistration,
  WebAuthnAbortService,
  WebAuthnError,
} from '@simplewebauthn/browser';
import { queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { ApiError } from '../api-client.ts';
import { auth } from './auth-api.ts';

const passkey = z.object({
  id: z.string(),
  name: z.string().nullish(),
  createdAt: z.string().nullish(),
  /** Whether a service of the device's maker keeps a copy, so that other devices have it too. */
  backedUp: z.boolean().nullish(),
});
export type Passkey = z.infer<typeof passkey>;

export const passkeysQuery = queryOptions({
  queryKey: ['passkeys'],
  queryFn: () => auth('passkey/list-user-passkeys', z.array(passkey)),
});

/** Whether this page can use passkeys at all; the reason when it cannot. */
export function passkeyObstacle(): string | null {
  const { hostname, port } = window.location;
  if (/^[\d.]+$|^\[/.test(hostname))
    return `Passkeys belong to a name, not to a number: open http://localhost${port ? `:${port}` : ''} to use them on this computer.`;
  if (window.PublicKeyCredential === undefined) return 'This browser has no passkeys.';
  return null;
}

/** Whether somebody closed the browser's own dialog or another one took its place; nothing to report. */
function isCancelled(error: unknown): boolean {
  return (
    (error instanceof WebAuthnError && error.code === 'ERROR_CEREMONY_ABORTED') ||
    (error instanceof Error && (error.name === 'NotAllowedError' || error.name === 'AbortError'))
  );
}

/** What to say of a failed passkey. */
export function passkeyProblem(error: Error): string {
  if (isCancelled(error)) return 'Nothing was done: the passkey dialog was closed.';
  return error instanceof WebAuthnError && error.code === 'ERROR_AUTHENTICATOR_PREVIOUSLY_REGISTERED'
    ? 'This device has a passkey for your account already.'
    : error.message;
}

// The browser's own shapes, as the server made them: they go on to the browser, which checks them itself.
const creation = z.custom<PublicKeyCredentialCreationOptionsJSON>((value) => isObject(value));
const request = z.custom<PublicKeyCredentialRequestOptionsJSON>((value) => isObject(value));

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}

/** Makes a passkey on this device for the signed-in person. */
export async function addPasskey(name: string): Promise<void> {
  const optionsJSON = await auth(
    `passkey/generate-register-options?name=${encodeURIComponent(name)}`,
    creation,
  );
  const response = await startRegistration({ optionsJSON });
  await auth('passkey/verify-registration', z.unknown(), { response, name });
}

/**
 * Signs in by passkey.
 * @param useBrowserAutofill offers passkeys quietly in the email field instead of by a dialog; settles when one is taken
 */
export async function signInPasskey(useBrowserAutofill = false): Promise<void> {
  const optionsJSON = await auth('passkey/generate-authenticate-options', request);
  const response = await startAuthentication({ optionsJSON, useBrowserAutofill });
  await auth('passkey/verify-authentication', z.unknown(), { response });
}

/**
 * Lets the browser offer passkeys in the email field for as long as the form stands.
 * @returns takes the offer back
 */
export function offerPasskeys(onSignedIn: () => void, onProblem: (error: Error) => void): () => void {
  let over = false;
  const offer = async (): Promise<void> => {
    if (passkeyObstacle() !== null || !(await browserSupportsWebAuthnAutofill()) || over) return;
    await signInPasskey(true);
    if (!over) onSignedIn();
  };
  offer().catch((error: unknown) => {
    // Only what the server says matters: else nobody asked for anything.
    if (!over && error instanceof ApiError) onProblem(error);
  });
  return () => {
    over = true;
    WebAuthnAbortService.cancelCeremony();
  };
}

export const renamePasskey = (id: string, name: string) =>
  auth('passkey/update-passkey', z.unknown(), { id, name });
export const removePasskey = (id: string) => auth('passkey/delete-passkey', z.unknown(), { id });
