import { type Action, type DraftSummary, may, type ProcessView } from '@zerodraft/contract';

/** Whether the viewer of a process may do something in it now, or in one draft of it. */
export function mayIn(
  { process, viewer }: Pick<ProcessView, 'process' | 'viewer'>,
  action: Action,
  draft: DraftSummary | null = null,
): boolean {
  return may(viewer.role, action, { process, draft, rounds: process.rounds, now: new Date() });
}
