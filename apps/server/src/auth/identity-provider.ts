import { emailAddress, NAME_LIMIT } from '@zerodraft/contract';
import { genericOAuth } from 'better-auth/plugins/generic-oauth';
import { z } from 'zod';
import type { Config } from '../env.ts';

/** The provider's id in addresses and accounts; its name is for people. */
const PROVIDER_ID = 'oidc';

const profileShape = z.looseObject({
  name: z.string().optional(),
  email: z.string().optional(),
});

/** A provider may say anything: a name is one line of bounded length. */
function nameOf(profile: unknown): string {
  const { name = '', email = '' } = profileShape.safeParse(profile).data ?? {};
  const line = name.replace(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu, ' ').trim();
  return (line || (email.split('@')[0] ?? '')).slice(0, NAME_LIMIT);
}

/** Sign-in by a mission's or ministry's own OpenID provider. */
export function identityProvider({ issuer, clientId, clientSecret, name }: NonNullable<Config['oidc']>) {
  return genericOAuth({
    config: [
      {
        providerId: PROVIDER_ID,
        name,
        discoveryUrl: `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`,
        clientId,
        clientSecret,
        scopes: ['openid', 'email', 'profile'],
        pkce: true,
        requireIdTokenVerification: true,
        mapProfileToUser: (profile) => ({ name: nameOf(profile) }),
      },
    ],
  });
}

/**
 * Who may come in by the provider: somebody whose address it says is verified, and who is known here or invited.
 * @param isInvited whether an invitation to this address is open
 */
export async function admit(
  data: { user: Record<string, unknown>; source: { method: string; action: string } },
  isInvited: (email: string) => Promise<boolean>,
): Promise<{ error: string; errorDescription: string } | undefined> {
  if (data.source.method !== 'oauth') return undefined;
  const email = emailAddress.safeParse(data.user.email);
  if (!email.success || data.user.emailVerified !== true)
    return {
      error: 'email_not_verified',
      errorDescription: 'Your identity provider does not say that your email address is verified.',
    };
  if (data.source.action === 'create-user' && !(await isInvited(email.data)))
    return { error: 'not_invited', errorDescription: 'Nobody has invited this email address.' };
  return undefined;
}
