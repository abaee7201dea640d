import {
  type InvitationPreview,
  invitationText,
  type NewInvitation,
  newInvitation,
  newInvitations,
  type SentInvitation,
} from '@zerodraft/contract';
import { readPeopleList } from '@zerodraft/formats';
import { type Context, Hono } from 'hono';
import { record } from '../audit/record.ts';
import { addressOf } from '../env.ts';
import {
  createInvitation,
  findInvitation,
  knownAddresses,
  listInvitations,
  renewInvitation,
  revokeInvitation,
} from '../invitations/repository.ts';
import { mails } from '../mail/texts.ts';
import { permit, type RouteEnv, refuse, type Services } from './context.ts';
import { tooMany } from './rate-limits.ts';
import { json } from './valid.ts';

/** Inviting people to a process. */
export function invitationRoutes(services: Services) {
  const { db, mailer, limits, config } = services;

  async function processName(processId: string): Promise<string> {
    const row = await db
      .selectFrom('process')
      .select('name')
      .where('id', '=', processId)
      .executeTakeFirstOrThrow();
    return row.name;
  }

  /** Hands a link on: by mail, or without mail to the facilitator who invites, who passes it on. */
  async function send(
    c: Context<RouteEnv>,
    { email, role }: Pick<NewInvitation, 'email' | 'role'>,
    { id, token, expiresAt }: { id: string; token: string; expiresAt: string },
    name: string,
  ): Promise<SentInvitation> {
    const link = `${addressOf(config)}/invite/${token}`;
    const invitedBy = c.get('viewer').name;
    const delivery = await mailer.send(
      mails.invitation(email, { invitedBy, processName: name, role, link, expiresAt }),
    );
    return delivery === 'printed'
      ? { id, email, delivery: 'shown', link }
      : { id, email, delivery, link: null };
  }

  return new Hono<RouteEnv>()
    .get('/:processId/invitations', permit(services, 'member.manage'), async (c) =>
      c.json({ invitations: await listInvitations(db, c.get('processId')) }, 200),
    )
    .post(
      '/:processId/invitations/preview',
      permit(services, 'member.manage'),
      json(invitationText),
      async (c) => {
        const known = await knownAddresses(db, c.get('processId'));
        const preview: InvitationPreview = { invitations: [], errors: [] };
        const lines = new Map<string, number>();
        for (const { line, text, ...fields } of readPeopleList(c.req.valid('json').text)) {
          const parsed = newInvitation.safeParse({ ...fields, organisation: fields.organisation || null });
          const fail = (message: string): void => void preview.errors.push({ line, text, message });
          if (!parsed.success) {
            fail(explainIssue(parsed.error.issues[0], fields.role));
            continue;
          }
          const { email } = parsed.data;
          const before = lines.get(email);
          if (before !== undefined) fail(`${email} stands on line ${before} already.`);
          else if (known.members.has(email)) fail(`${email} is a member already.`);
          else if (known.invited.has(email)) fail(`${email} is invited already; you can send that again.`);
          else preview.invitations.push({ line, ...parsed.data });
          lines.set(email, before ?? line);
        }
        return c.json(preview, 200);
      },
    )
    .post('/:processId/invitations', permit(services, 'member.manage'), json(newInvitations), async (c) => {
      const processId = c.get('processId');
      const { invitations } = c.req.valid('json');
      const known = await knownAddresses(db, processId);
      const seen = new Set([...known.members, ...known.invited]);
      const twice = invitations.filter(({ email }) => seen.has(email) || !seen.add(email));
      if (twice.length > 0) {
        const names = twice.map(({ email }) => email).join(', ');
        return refuse(c, 409, 'known', `Nobody was invited: known already, or named twice: ${names}.`);
      }
      const wait = await limits.take('invitations', c.get('userId'), invitations.length);
      if (wait !== null) return tooMany(c, wait);
      const made = await db.transaction().execute(async (trx) => {
        const links: Awaited<ReturnType<typeof createInvitation>>[] = [];
        for (const input of invitations) {
          const link = await createInvitation(trx, processId, c.get('userId'), input, mailer.configured);
          links.push(link);
          await record(trx, c.get('author'), {
            action: 'invitation.create',
            objectKind: 'invitation',
            objectId: link.id,
            processId,
            details: { ...input },
          });
        }
        return links;
      });
      const name = await processName(processId);
      const sent = await Promise.all(
        made.flatMap((link, index) => {
          const input = invitations[index];
          return input ? [send(c, input, link, name)] : [];
        }),
      );
      return c.json({ sent }, 201);
    })
    .post('/:processId/invitations/:id/resend', permit(services, 'member.manage'), async (c) => {
      const processId = c.get('processId');
      const invitation = await findInvitation(db, processId, c.req.param('id'));
      if (invitation === null) return missing(c);
      const wait = await limits.take('invitations', c.get('userId'));
      if (wait !== null) return tooMany(c, wait);
      const { id, email } = invitation;
      const link = await db.transaction().execute(async (trx) => {
        const deed = { objectKind: 'invitation', objectId: id, processId, details: { email } } as const;
        await record(trx, c.get('author'), { action: 'invitation.resend', ...deed });
        return renewInvitation(trx, id, mailer.configured);
      });
      return c.json(await send(c, invitation, { id, ...link }, invitation.processName), 200);
    })
    .delete('/:processId/invitations/:id', permit(services, 'member.manage'), async (c) => {
      const processId = c.get('processId');
      const invitation = await findInvitation(db, processId, c.req.param('id'));
      if (invitation === null) return missing(c);
      const { id, email } = invitation;
      await db.transaction().execute(async (trx) => {
        await revokeInvitation(trx, id);
        const deed = { objectKind: 'invitation', objectId: id, processId, details: { email } } as const;
        await record(trx, c.get('author'), { action: 'invitation.revoke', ...deed });
      });
      return c.json({ ok: true as const }, 200);
    });
}

function missing(c: Context) {
  return refuse(c, 404, 'not-found', 'There is no such invitation, or it was accepted or revoked.');
}

/** What is wrong with a line, and how it should read. */
function explainIssue(issue: { path: PropertyKey[]; message: string } | undefined, role: string): string {
  if (issue?.path[0] === 'role')
    return role === ''
      ? 'The role is missing. End the line with facilitator, drafter, delegate or observer.'
      : `"${role}" is no role. Use facilitator, drafter, delegate or observer.`;
  return issue?.message ?? 'This line cannot be read. Write: Name <address>, Organisation, role.';
}
