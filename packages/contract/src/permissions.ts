/** Roles in a process, most rights first. */
export const ROLES = ['facilitator', 'drafter', 'delegate', 'observer'] as const;
export type Role = (typeof ROLES)[number];

export const ROLE_LABELS: Record<Role, string> = {
  facilitator: 'Facilitator',
  drafter: 'Drafter',
  delegate: 'Delegate',
  observer: 'Observer',
};

/** Everything a person can be allowed to do. */
export const ACTIONS = [
  'draft.read',
  'draft.edit',
  'comment.read',
  'comment.write',
  'comment.resolve',
  'recommendation.read',
  'recommendation.import',
] as const;
export type Action = (typeof ACTIONS)[number];

/** The permission table: the only answer to "may this role do that?", for HTTP, the socket and the screens. */
const ALLOWED: Record<Role, ReadonlySet<Action>> = {
  facilitator: new Set(ACTIONS),
  drafter: new Set(ACTIONS),
  delegate: new Set<Action>(['draft.read', 'comment.read', 'comment.write', 'recommendation.read']),
  observer: new Set<Action>(['draft.read', 'comment.read', 'recommendation.read']),
};

/** Whether a role may do something. */
export function may(role: Role, action: Action): boolean {
  return ALLOWED[role].has(action);
}
