import {
  type Action,
  type DraftSummary,
  type ProcessView,
  permission,
  type Verdict,
} from '@zerodraft/contract';

type View = Pick<ProcessView, 'process' | 'viewer'>;

/** Whether the viewer of a process may do something in it now, or in one draft of it; and if not, why. */
export function permissionIn(
  { process, viewer }: View,
  action: Action,
  draft: DraftSummary | null = null,
): Verdict {
  return permission(viewer.role, action, { process, draft, rounds: process.rounds, now: new Date() });
}

/** `permissionIn` where only yes or no matters. */
export function mayIn(view: View, action: Action, draft: DraftSummary | null = null): boolean {
  return permissionIn(view, action, draft).allowed;
}
