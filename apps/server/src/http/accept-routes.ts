import { invitationAnswer, type OpenInvitation } from '@zerodraft/contract';
import { type Context, Hono } from 'hono';
import { createAccount } from '../accounts/repository.ts';
import { type Author, record } from '../audit/record.ts';
import { passwordProblem } from '../auth/passwords.ts';
import type { Database } from '../db/database.ts';
import {
  consumeInvitation,
  nameAccepter,
  openInvitation,
  type PendingInvitation,
} from '../invitations/repository.ts';
import { addMember } from '../members/repository.ts';
import { clientIp } from './client.ts';
import { authorOf, refuse, type Services, sessionOf } from './context.ts';
import { limit } from './rate-limits.ts';
import { signInAs } from './sign-in-as.ts';
import { json } from './valid.ts';

/** Thrown in a transaction that somebody was faster than. */
class InvitationUsed extends Error {}
class AccountExists extends Error {}

/** What the holder of an invitation's link may do with it. */
export function acceptRoutes(services: Services) {
  const { db, limits, config, auth } = services;
  const rate = limit(limits, 'links', (c) => clientIp(c, config.trustedProxies));

  const ended = (c: Context) =>
    refuse(
      c,
      404,
      'invitation-ended',
      'This invitation was used, revoked or has expired. Ask whoever invited you to send it again.',
    );

  const signInFirst = (c: Context) =>
    refuse(
      c,
      409,
      'sign-in-first',
      'There is an account with this address. Sign in, then accept the invitation.',
    );

  /** Makes somebody a member by an invitation, which is used up. */
  async function join(
    invitation: PendingInvitation,
    author: Author,
    person: { userId: string } | { name: string; passwordHash: string | null },
  ): Promise<{ userId: string } | 'used' | 'account-exists'> {
    const { id, processId, email, role, organisation, mailed } = invitation;
    try {
      return await db.transaction().execute(async (trx) => {
        if (!(await consumeInvitation(trx, id))) throw new InvitationUsed();
        if (!('userId' in person) && (await userOf(trx, email))) throw new AccountExists();
        const userId =
          'userId' in person
            ? person.userId
            : await createAccount(trx, { ...person, email, emailVerified: mailed === 1 });
        await nameAccepter(trx, id, userId);
        await addMember(trx, { processId, userId, role, organisation });
        const own: Author = 'userId' in person ? author : { ...author, userId, name: person.name };
        if (!('userId' in person)) {
          const deed = { objectKind: 'account', objectId: userId, processId: null } as const;
          await record(trx, own, { action: 'account.create', ...deed });
        }
        const details = { email, role, organisation };
        const deed = { objectKind: 'invitation', objectId: id, processId, details } as const;
        await record(trx, own, { action: 'invitation.accept', ...deed });
        return { userId };
      });
    } catch (error) {
      if (error instanceof InvitationUsed) return 'used';
      if (error instanceof AccountExists) return 'account-exists';
      throw error;
    }
  }

  return new Hono()
    .get('/:token', rate, async (c) => {
      const invitation = await openInvitation(db, c.req.param('token'));
      if (invitation === null) return ended(c);
      const session = await sessionOf(services, c.req.raw.headers);
      const user = await userOf(db, invitation.email);
      const { name, email, organisation, role, processName, inviterName, expiresAt } = invitation;
      let next: OpenInvitation['next'] = user ? 'sign-in' : 'sign-up';
      if (session) next = session.userId === user?.id ? 'join' : 'other-account';
      const answer: OpenInvitation = {
        name,
        email,
        organisation,
        role,
        processName,
        invitedBy: inviterName,
        expiresAt,
        next,
      };
      c.header('cache-control', 'no-store');
      return c.json(answer, 200);
    })
    .post('/:token/accept', rate, json(invitationAnswer), async (c) => {
      const invitation = await openInvitation(db, c.req.param('token'));
      if (invitation === null) return ended(c);
      const { processId, email } = invitation;
      const session = await sessionOf(services, c.req.raw.headers);
      const author = authorOf(c, services, session);
      const user = await userOf(db, email);
      if (session !== null) {
        if (session.userId !== user?.id) {
          return refuse(
            c,
            403,
            'other-account',
            `This invitation is for ${email}. Sign out and open it again, or ask to be invited under your own address.`,
          );
        }
        if ((await join(invitation, author, { userId: user.id })) === 'used') return ended(c);
        return c.json({ processId }, 200);
      }
      if (user !== null) return signInFirst(c);
      const { name = invitation.name, password } = c.req.valid('json');
      const problem = password === undefined ? null : passwordProblem(password, email);
      if (problem) return refuse(c, 422, problem.code, problem.message);
      const passwordHash =
        password === undefined ? null : await (await auth.$context).password.hash(password);
      const joined = await join(invitation, author, { name, passwordHash });
      if (joined === 'used') return ended(c);
      if (joined === 'account-exists') return signInFirst(c);
      await signInAs(c, services, { ...joined, name, method: 'invitation' });
      return c.json({ processId }, 200);
    });
}

async function userOf(db: Database, email: string): Promise<{ id: string; name: string } | null> {
  const row = await db
    .selectFrom('user')
    .select(['id', 'name'])
    .where('email', '=', email)
    .executeTakeFirst();
  return row ?? null;
}
