import { z } from 'zod';
import { type Lifecycle, purgeTime } from './lifecycle.ts';
import { type Round, type RoundWindow, windowState } from './rounds.ts';

/** Roles in a process, most rights first. */
export const ROLES = ['facilitator', 'drafter', 'delegate', 'observer'] as const;
export type Role = (typeof ROLES)[number];

export const ROLE_LABELS: Record<Role, string> = {
  facilitator: 'Facilitator',
  drafter: 'Drafter',
  delegate: 'Delegate',
  observer: 'Observer',
};

/** What a member can be in one draft instead: another role, or nobody. */
export const DRAFT_ROLES = [...ROLES, 'none'] as const;
export type DraftRole = (typeof DRAFT_ROLES)[number];

/**
 * Who asks: a member by role; `public`, who holds a draft's public link or a box's address; `creator`, an account that the
 * server lets create processes.
 */
export const ACTORS = [...ROLES, 'public', 'creator'] as const;
export type Actor = (typeof ACTORS)[number];

/** Everything that somebody can be allowed to do. */
export const ACTIONS = [
  'process.create',
  'process.read',
  'process.manage',
  'draft.create',
  'draft.read',
  'draft.edit',
  'draft.manage',
  'footprint.export',
  'trace.read',
  'version.read',
  'version.create',
  'version.restore',
  'version.manage',
  'comment.read',
  'comment.write',
  'comment.decide',
  'comment.assign',
  'comment.private',
  'comment.moderate',
  'proposal.write',
  'recommendation.read',
  'recommendation.import',
  'recommendation.edit',
  'discussion.read',
  'discussion.write',
  'discussion.moderate',
  'taxonomy.manage',
  'view.manage',
  'source.read',
  'source.manage',
  'box.manage',
  'deposit.create',
  'deposit.read',
  'deposit.triage',
  'member.read',
  'member.manage',
  'round.manage',
  'share.manage',
  'audit.read',
] as const;
export type Action = (typeof ACTIONS)[number];

export interface Rule {
  actors: readonly Actor[];
  /** What the process and the draft must be: in work; not in the bin; or anything. */
  needs: 'active' | 'kept' | 'any';
  /** What must be open to delegates. */
  window?: RoundWindow;
}

const FACILITATOR: readonly Actor[] = ['facilitator'];
const TEAM: readonly Actor[] = ['facilitator', 'drafter'];
const WRITERS: readonly Actor[] = ['facilitator', 'drafter', 'delegate'];

/** The permission table: the only answer to "may X do Y to Z?", for HTTP, the socket and the screens. */
export const RULES: Record<Action, Rule> = {
  'process.create': { actors: ['creator'], needs: 'any' },
  'process.read': { actors: ROLES, needs: 'any' },
  'process.manage': { actors: FACILITATOR, needs: 'any' },
  'draft.create': { actors: FACILITATOR, needs: 'active' },
  'draft.read': { actors: [...ROLES, 'public'], needs: 'kept' },
  'draft.edit': { actors: TEAM, needs: 'active' },
  'draft.manage': { actors: FACILITATOR, needs: 'any' },
  'footprint.export': { actors: TEAM, needs: 'kept' },
  'trace.read': { actors: [...ROLES, 'public'], needs: 'kept' },
  'version.read': { actors: ROLES, needs: 'kept' },
  'version.create': { actors: TEAM, needs: 'active' },
  'version.restore': { actors: TEAM, needs: 'active' },
  'version.manage': { actors: FACILITATOR, needs: 'active' },
  'comment.read': { actors: ROLES, needs: 'kept' },
  'comment.write': { actors: WRITERS, needs: 'active', window: 'comments' },
  'comment.decide': { actors: TEAM, needs: 'active' },
  'comment.assign': { actors: TEAM, needs: 'active' },
  'comment.private': { actors: TEAM, needs: 'active' },
  'comment.moderate': { actors: FACILITATOR, needs: 'active' },
  'proposal.write': { actors: WRITERS, needs: 'active', window: 'proposals' },
  'recommendation.read': { actors: ROLES, needs: 'kept' },
  'recommendation.import': { actors: TEAM, needs: 'active' },
  'recommendation.edit': { actors: TEAM, needs: 'active' },
  'discussion.read': { actors: TEAM, needs: 'kept' },
  'discussion.write': { actors: TEAM, needs: 'active' },
  'discussion.moderate': { actors: FACILITATOR, needs: 'active' },
  'taxonomy.manage': { actors: TEAM, needs: 'active' },
  'view.manage': { actors: TEAM, needs: 'active' },
  'source.read': { actors: ROLES, needs: 'kept' },
  'source.manage': { actors: TEAM, needs: 'active' },
  'box.manage': { actors: FACILITATOR, needs: 'kept' },
  'deposit.create': { actors: ['public'], needs: 'active' },
  'deposit.read': { actors: TEAM, needs: 'kept' },
  'deposit.triage': { actors: TEAM, needs: 'active' },
  'member.read': { actors: ROLES, needs: 'kept' },
  'member.manage': { actors: FACILITATOR, needs: 'kept' },
  'round.manage': { actors: FACILITATOR, needs: 'active' },
  'share.manage': { actors: FACILITATOR, needs: 'kept' },
  'audit.read': { actors: FACILITATOR, needs: 'any' },
};

/** What an answer depends on beside who asks. */
export interface Circumstances {
  process: Lifecycle | null;
  draft: Lifecycle | null;
  rounds: readonly Round[];
  now: Date;
}

const roundName = { round: z.string(), timeZone: z.string() };

/** Why something may not be done, for programs; `explain` says it to people. */
export const refusal = z.discriminatedUnion('code', [
  z.object({ code: z.literal('role'), actor: z.enum(ACTORS), action: z.enum(ACTIONS) }),
  z.object({ code: z.literal('archived'), object: z.enum(['process', 'draft']), since: z.string() }),
  z.object({
    code: z.literal('deleted'),
    object: z.enum(['process', 'draft']),
    since: z.string(),
    /** When the bin purges it. */
    until: z.string(),
  }),
  z.object({ code: z.literal('not-open-yet'), window: z.string(), opensAt: z.string(), ...roundName }),
  z.object({ code: z.literal('closed'), window: z.string(), since: z.string(), ...roundName }),
  z.object({ code: z.literal('no-round'), window: z.string() }),
]);
export type Refusal = z.infer<typeof refusal>;

/** Yes, perhaps only until a round closes; or no, and why. */
export type Verdict =
  | { allowed: true; until: { at: string; round: string; timeZone: string } | null }
  | { allowed: false; reason: Refusal };

const YES: Verdict = { allowed: true, until: null };

function refused(reason: Refusal): Verdict {
  return { allowed: false, reason };
}

/** Whether somebody may do something now, and why not. */
export function permission(actor: Actor, action: Action, circumstances: Circumstances): Verdict {
  const rule = RULES[action];
  if (!rule.actors.includes(actor)) return refused({ code: 'role', actor, action });
  for (const object of ['process', 'draft'] as const) {
    const standing = circumstances[object];
    if (standing === null) continue;
    const { state, stateSince: since } = standing;
    if (state === 'deleted' && rule.needs !== 'any')
      return refused({ code: 'deleted', object, since, until: purgeTime(since) });
    if (state === 'archived' && rule.needs === 'active') return refused({ code: 'archived', object, since });
  }
  return rule.window && actor === 'delegate' ? throughWindow(rule.window, circumstances) : YES;
}

/** Delegates write while a round is open; a process without any round is open to them. */
function throughWindow(window: RoundWindow, { rounds, now }: Circumstances): Verdict {
  if (rounds.length === 0) return YES;
  const state = windowState(rounds, window, now);
  if (state.kind === 'none') return refused({ code: 'no-round', window });
  const { name, timeZone, closesAt } = state.round;
  if (state.kind === 'open')
    return closesAt === null ? YES : { allowed: true, until: { at: closesAt, round: name, timeZone } };
  return state.kind === 'opens'
    ? refused({ code: 'not-open-yet', window, opensAt: state.at, round: name, timeZone })
    : refused({ code: 'closed', window, since: state.since, round: name, timeZone });
}

/** `permission` where only yes or no matters. */
export function may(actor: Actor, action: Action, circumstances: Circumstances): boolean {
  return permission(actor, action, circumstances).allowed;
}

/** Whether somebody can ever do this, whatever the state: what a menu may leave out altogether. */
export function mayEver(actor: Actor, action: Action): boolean {
  return RULES[action].actors.includes(actor);
}

/**
 * The role in one draft: what stands there in place of the process's role, if anything. A facilitator of the process
 * is one in each draft. Null when the draft is hidden from the member.
 */
export function roleInEffect(processRole: Role, draftRole: DraftRole | null): Role | null {
  if (processRole === 'facilitator' || draftRole === null) return processRole;
  return draftRole === 'none' ? null : draftRole;
}
