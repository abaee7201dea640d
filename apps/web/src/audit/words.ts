import { type AuditAction, type AuditEntry, type AuditObject, formatMoment } from '@zerodraft/contract';
import { z } from 'zod';
import { OWN_ZONE } from '../ui/moments.tsx';

/** What somebody did, in words that follow their name. */
export const ACTION_WORDS: Record<AuditAction, string> = {
  'sign-in': 'signed in',
  'sign-in.failed': 'failed to sign in',
  'sign-out': 'signed out',
  'session.revoke': 'signed a device out',
  'password.change': 'changed their password',
  'password.reset': 'set a new password by link',
  'two-factor.enable': 'turned the second step on',
  'two-factor.disable': 'turned the second step off',
  'two-factor.backup-codes': 'made new backup codes',
  'passkey.add': 'added a passkey',
  'passkey.remove': 'removed a passkey',
  'account.create': 'made an account',
  'account.rename': 'changed their name',
  'account.rights': 'changed what an account may do',
  'invitation.create': 'invited somebody',
  'invitation.resend': 'sent an invitation again',
  'invitation.revoke': 'revoked an invitation',
  'invitation.accept': 'accepted an invitation',
  'member.change': 'changed a member',
  'member.remove': 'removed a member',
  'draft-role.change': 'changed a role in a draft',
  'process.create': 'made the process',
  'process.change': 'changed the settings',
  'process.state': 'changed the state of the process',
  'process.purge': 'removed the process for good',
  'draft.create': 'made a draft',
  'draft.rename': 'renamed a draft',
  'draft.state': 'changed the state of a draft',
  'draft.purge': 'removed a draft for good',
  'footprint.export': 'exported the footprint of a draft',
  'version.create': 'kept a version of a draft',
  'version.change': 'changed the name or note of a version',
  'version.delete': 'deleted a version of a draft',
  'version.restore': 'restored a version of a draft',
  'round.create': 'made a round',
  'round.change': 'changed a round',
  'round.close': 'closed a round',
  'round.reopen': 'reopened a round',
  'round.delete': 'deleted a round',
  'public-link.create': 'made a public link',
  'public-link.revoke': 'revoked a public link',
  'recommendation.import': 'imported recommendations',
  'recommendation.create': 'added a recommendation',
  'recommendation.change': 'changed recommendations',
  'recommendation.delete': 'deleted a recommendation',
  'recommendation.merge': 'merged recommendations',
  'recommendation.unmerge': 'parted merged recommendations',
  'recommendation.undo': 'undid a change of recommendations',
  'recommendation.export': 'exported the library',
  'term.create': 'added a term',
  'term.change': 'changed a term',
  'term.order': 'ordered terms',
  'term.merge': 'merged terms',
  'term.delete': 'deleted a term',
  'view.create': 'saved a view of the library',
  'view.change': 'changed a view of the library',
  'view.delete': 'deleted a view of the library',
  'source.create': 'added a source',
  'source.change': 'changed a source',
  'source.upload': 'uploaded a document',
  'source.delete': 'deleted a source',
  'box.open': 'opened the recommendations box',
  'box.close': 'closed the recommendations box',
  'box.move': 'changed the address of the recommendations box',
  'deposit.receive': 'received a deposit',
  'deposit.take-over': 'took a deposit over from somebody',
  'deposit.edit': 'edited a deposit',
  'deposit.accept': 'accepted a deposit',
  'deposit.merge': 'merged a deposit',
  'deposit.split': 'split a deposit',
  'deposit.return': 'returned a deposit',
  'deposit.reopen': 'put a deposit back to triage',
  'thread.resolve': 'resolved a thread',
  'thread.reopen': 'reopened a thread',
  'thread.state': 'decided on a thread',
  'thread.assign': 'assigned a thread',
  'thread.label': 'labelled a thread',
  'thread.publish': 'showed a private thread to all',
  'comment.delete': 'deleted a comment',
};

export const OBJECT_WORDS: Record<AuditObject, string> = {
  account: 'Accounts',
  session: 'Sessions',
  process: 'The process',
  draft: 'Drafts',
  version: 'Versions',
  member: 'Members',
  invitation: 'Invitations',
  round: 'Rounds',
  'public-link': 'Public links',
  thread: 'Threads',
  comment: 'Comments',
  recommendation: 'Recommendations',
  source: 'Sources',
  box: 'The recommendations box',
  deposit: 'Deposits',
  term: 'Terms',
  view: 'Views of the library',
};

const LABELS: Record<string, string> = {
  opensAt: 'opens',
  closesAt: 'closes',
  expiresAt: 'expires',
  timeZone: 'time zone',
  copyOf: 'copy of',
};

const change = z.object({
  before: z.record(z.string(), z.unknown()),
  after: z.record(z.string(), z.unknown()),
});

function valueIn(value: unknown): string {
  if (value === null || value === undefined || value === '') return 'none';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (Array.isArray(value)) return value.map(valueIn).join(', ');
  if (typeof value === 'object') return JSON.stringify(value);
  const text = String(value);
  return z.iso.datetime().safeParse(text).success ? formatMoment(text, OWN_ZONE) : text;
}

/** A role in one draft: none at all, or nothing in place of the process's. */
function roleIn(value: unknown): unknown {
  if (value === 'none') return 'no access';
  return value === null ? 'as in the process' : value;
}

/** The particulars of a record, a line for each: "role: delegate, before: observer". */
export function detailsOf(
  { details }: Pick<AuditEntry, 'details'>,
  nameOf: (id: string) => string,
): string[] {
  const { before, after, ...others } = details;
  const lines = Object.entries(others).flatMap(([key, value]) => {
    // Whom it was done to is named beside.
    if (key === 'member') return [];
    const told = key === 'role' ? roleIn(value) : typeof value === 'string' ? nameOf(value) : value;
    return [`${LABELS[key] ?? key}: ${valueIn(told)}`];
  });
  const changed = change.safeParse({ before, after });
  if (!changed.success) return lines;
  for (const [key, value] of Object.entries(changed.data.after)) {
    const [was, is] = [valueIn(changed.data.before[key]), valueIn(value)];
    if (was !== is) lines.push(`${LABELS[key] ?? key}: ${is}, before: ${was}`);
  }
  return lines;
}
