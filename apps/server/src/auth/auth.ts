import { passkey } from '@better-auth/passkey';
import { PASSWORD_MAX, PASSWORD_MIN } from '@zerodraft/contract';
import { APIError, type BetterAuthOptions, betterAuth } from 'better-auth';
import { magicLink } from 'better-auth/plugins/magic-link';
import { twoFactor } from 'better-auth/plugins/two-factor';
import { record } from '../audit/record.ts';
import type { Database } from '../db/database.ts';
import { addressOf, type Config } from '../env.ts';
import { deviceOf } from '../http/client.ts';
import { hasOpenInvitation } from '../invitations/repository.ts';
import type { Logger } from '../logger.ts';
import type { Mailer } from '../mail/mailer.ts';
import { mails } from '../mail/texts.ts';
import { DEMO_EMAIL_DOMAIN } from '../processes/load.ts';
import { authAudit, IP_HEADER } from './auth-audit.ts';
import { demoSignIn } from './demo-sign-in.ts';
import { admit, identityProvider } from './identity-provider.ts';
import { passwordRules } from './password-rules.ts';
import { secretOf } from './secret.ts';
import { startSession } from './start-session.ts';

const MAGIC_LINK_MINUTES = 15;
const RESET_MINUTES = 60;
const DAY = 60 * 60 * 24;

interface AuthServices {
  db: Database;
  config: Config;
  mailer: Mailer;
  logger: Logger;
  demo: boolean;
}

/** Accounts and sessions, by better-auth on the same database. */
export function createAuth(services: AuthServices) {
  return betterAuth(authOptions(services));
}

export type Auth = ReturnType<typeof createAuth>;

/** How better-auth is set up; only the paths in `AUTH_ROUTES` are reachable from outside. */
export function authOptions({ db, config, mailer, logger, demo }: AuthServices) {
  const address = addressOf(config);
  const isDemoPerson = async (userId: string): Promise<boolean> =>
    (await db
      .selectFrom('user')
      .select('id')
      .where('id', '=', userId)
      .where('email', 'like', `%${DEMO_EMAIL_DOMAIN}`)
      .executeTakeFirst()) !== undefined;
  // Never awaited: an answer that waits for a mail server tells that there is somebody to write to.
  const inBackground = (work: Promise<unknown>): void =>
    void work.catch((error: unknown) => logger.error({ err: error }, 'a mail was not sent'));

  return {
    database: { db, type: 'sqlite' as const },
    secret: secretOf(config),
    appName: 'Zerodraft',
    baseURL: address,
    basePath: '/api/auth',
    // The browser's own address, checked against the Host header before this is reached.
    trustedOrigins: (request) => {
      const host = request?.headers.get('host');
      return host ? [`http://${host}`, `https://${host}`] : [];
    },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: PASSWORD_MIN,
      maxPasswordLength: PASSWORD_MAX,
      resetPasswordTokenExpiresIn: RESET_MINUTES * 60,
      revokeSessionsOnPasswordReset: true,
      sendResetPassword: async ({ user, token }) => {
        const link = `${address}/reset-password?token=${encodeURIComponent(token)}`;
        inBackground(mailer.send(mails.passwordReset(user.email, link, RESET_MINUTES)));
      },
      onPasswordReset: async ({ user }, request) => {
        const ip = request?.headers.get(IP_HEADER) ?? null;
        const device = deviceOf(request?.headers.get('user-agent'));
        await record(
          db,
          { userId: user.id, name: user.name, sessionId: null, ip, device },
          { action: 'password.reset', objectKind: 'account', objectId: user.id, processId: null },
        );
        inBackground(mailer.send(mails.passwordChanged(user.email)));
      },
    },
    session: { expiresIn: 7 * DAY, updateAge: DAY, freshAge: DAY },
    account: { encryptOAuthTokens: true },
    verification: { storeIdentifier: 'hashed' as const },
    user: {
      validateUserInfo: (data) => admit(data, (email) => hasOpenInvitation(db, email)),
    },
    databaseHooks: {
      user: {
        create: {
          // Only an identity provider's people are made by better-auth; others by their invitation.
          after: async (user, ctx) => {
            const ip = ctx?.headers?.get(IP_HEADER) ?? null;
            const device = deviceOf(ctx?.headers?.get('user-agent'));
            await record(
              db,
              { userId: user.id, name: user.name, sessionId: null, ip, device },
              { action: 'account.create', objectKind: 'account', objectId: user.id, processId: null },
            );
          },
        },
      },
    },
    // Tries are counted in rate-limits.ts.
    rateLimit: { enabled: false },
    advanced: {
      useSecureCookies: config.url?.startsWith('https:') ?? false,
      ipAddress: { ipAddressHeaders: [IP_HEADER] },
      // Said here so that no environment turns them off.
      disableCSRFCheck: false,
      disableOriginCheck: false,
    },
    onAPIError: { errorURL: `${address}/sign-in` },
    telemetry: { enabled: false },
    logger: {
      level: 'error' as const,
      log: (_level, message) => logger.error({ from: 'better-auth' }, message),
    },
    plugins: [
      magicLink({
        expiresIn: MAGIC_LINK_MINUTES * 60,
        disableSignUp: true,
        storeToken: 'hashed',
        // Through a page with a button: mail filters open links, and this one works once.
        sendMagicLink: async ({ email, token, url }) => {
          const link = new URL(`${address}/magic-link`);
          link.searchParams.set('token', token);
          const next = new URL(url).searchParams.get('callbackURL') ?? '/';
          if (next !== '/') link.searchParams.set('next', next);
          inBackground(sendMagicLink(email, link.toString()));
        },
      }),
      twoFactor({ issuer: 'Zerodraft' }),
      passkey({
        // WebAuthn knows names only; on this machine the one name is localhost.
        rpID: config.url ? new URL(config.url).hostname : 'localhost',
        rpName: 'Zerodraft',
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
        authentication: {
          // A passkey stands for both factors only when the device has checked who holds it.
          afterVerification: async ({ verification }) => {
            if (!verification.authenticationInfo.userVerified)
              throw new APIError('UNAUTHORIZED', {
                code: 'USER_NOT_VERIFIED',
                message: 'This device did not check who you are. Use a passkey with a PIN or fingerprint.',
              });
          },
        },
      }),
      ...(config.oidc ? [identityProvider(config.oidc)] : []),
      passwordRules(),
      startSession(),
      ...(demo ? [demoSignIn(isDemoPerson)] : []),
      authAudit(db),
    ],
  } satisfies BetterAuthOptions;

  async function sendMagicLink(email: string, link: string): Promise<void> {
    const user = await db
      .selectFrom('user')
      .select(['email', 'twoFactorEnabled'])
      .where('email', '=', email.toLowerCase())
      .executeTakeFirst();
    if (!user) return;
    await mailer.send(
      user.twoFactorEnabled === 1
        ? mails.magicLinkRefused(user.email, address)
        : mails.magicLink(user.email, link, MAGIC_LINK_MINUTES),
    );
  }
}
