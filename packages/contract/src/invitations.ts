import { z } from 'zod';
import { emailAddress, newPassword, organisationName, personName } from './people.ts';
import { ROLES } from './permissions.ts';

export const INVITATION_DAYS = 14;
export const INVITATIONS_AT_ONCE = 500;

export const DELEGATE_PROBLEM = 'A delegate belongs to a delegation or organisation; name it.';

const invitationFields = z.object({
  name: personName,
  email: emailAddress,
  organisation: organisationName.nullable(),
  role: z.enum(ROLES),
});

/** One person to invite. */
export const newInvitation = invitationFields.refine(
  ({ role, organisation }) => role !== 'delegate' || organisation !== null,
  { error: DELEGATE_PROBLEM, path: ['organisation'] },
);
export type NewInvitation = z.infer<typeof newInvitation>;
export const newInvitations = z.object({
  invitations: z.array(newInvitation).min(1, 'Name somebody to invite.').max(INVITATIONS_AT_ONCE),
});

/** A pasted list: a line each `Name <address>, Organisation, role`, or CSV with a header row. */
export const invitationText = z.object({ text: z.string().min(1).max(200_000) });

/** What a pasted list would invite. Lines count from 1. */
export const invitationPreview = z.object({
  invitations: z.array(z.object({ line: z.number(), ...invitationFields.shape })),
  errors: z.array(z.object({ line: z.number(), text: z.string(), message: z.string() })),
});
export type InvitationPreview = z.infer<typeof invitationPreview>;

/** An invitation that nobody accepted yet. */
export const invitation = z.object({
  id: z.string(),
  ...invitationFields.shape,
  invitedBy: z.string(),
  createdAt: z.string(),
  expiresAt: z.string(),
});
export type Invitation = z.infer<typeof invitation>;

/** How the link went out: by mail; or, without mail, here, to be handed on. It is shown this once. */
export const sentInvitation = z.object({
  id: z.string(),
  email: z.string(),
  delivery: z.enum(['mailed', 'failed', 'shown']),
  link: z.string().nullable(),
});
export type SentInvitation = z.infer<typeof sentInvitation>;
export const sentInvitations = z.object({ sent: z.array(sentInvitation) });

/** What whoever holds an invitation's link sees. */
export const openInvitation = z.object({
  name: z.string(),
  email: z.string(),
  organisation: z.string().nullable(),
  role: z.enum(ROLES),
  processName: z.string(),
  invitedBy: z.string(),
  expiresAt: z.string(),
  /** What accepting takes: a new account; signing in first; signing out of another account first; or one click. */
  next: z.enum(['sign-up', 'sign-in', 'other-account', 'join']),
});
export type OpenInvitation = z.infer<typeof openInvitation>;

/** Without a password one signs in by passkey or emailed link; a signed-in person sends an empty object. */
export const invitationAnswer = z.object({ name: personName.optional(), password: newPassword.optional() });
export type InvitationAnswer = z.infer<typeof invitationAnswer>;
export const joined = z.object({ processId: z.string() });
