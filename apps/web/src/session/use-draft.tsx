import {
  type Action,
  type DraftSummary,
  type ProcessSummary,
  permission,
  type Verdict,
  type Viewer,
} from '@zerodraft/contract';
import type { Block } from '@zerodraft/schema';
import { createContext, useContext, useSyncExternalStore } from 'react';
import { useNow } from '../rounds/use-now.ts';
import type { ClauseOrder } from './clause-order.ts';
import type { DraftSession, Present } from './draft-session.ts';
import type { DraftLinks, DraftView } from './draft-view.ts';
import type { SaveStatus } from './save-status.ts';

interface Workspace {
  session: DraftSession;
  draft: DraftSummary;
  process: ProcessSummary;
  /** Who is looking, with the role in effect now. */
  viewer: Viewer;
}

export const WorkspaceContext = createContext<Workspace | null>(null);

/** The open draft; only inside the workspace. */
export function useWorkspace(): Workspace {
  const workspace = useContext(WorkspaceContext);
  if (workspace === null) throw new Error('useWorkspace stands outside the workspace');
  return workspace;
}

export function useDraftView(): DraftView {
  const { session } = useWorkspace();
  return useSyncExternalStore(session.subscribe, session.view);
}

/** The order and the numbers of the clauses; drawn anew only when these change, not while somebody types. */
export function useClauseOrder(): ClauseOrder {
  const { session } = useWorkspace();
  return useSyncExternalStore(session.subscribe, () => session.view().order);
}

/** The links; drawn anew only when one comes or goes. */
export function useDraftLinks(): DraftLinks {
  const { session } = useWorkspace();
  return useSyncExternalStore(session.subscribe, () => session.view().links);
}

/** The headings with their texts; drawn anew only when one of them changes. */
export function useHeadings(): readonly Block[] {
  const { session } = useWorkspace();
  return useSyncExternalStore(session.subscribe, () => session.view().headings);
}

/** Changes when threads may have come to other clauses; `session.homes` then says where they are. */
export function useHomesVersion(): number {
  const { session } = useWorkspace();
  return useSyncExternalStore(session.subscribe, () => session.homes.version);
}

export function usePresent(): Present[] {
  const { session } = useWorkspace();
  return useSyncExternalStore(session.subscribe, session.present);
}

export function useReady(): boolean {
  const { session } = useWorkspace();
  return useSyncExternalStore(session.subscribe, () => session.ready);
}

export function useSaveStatus(): SaveStatus {
  const { session } = useWorkspace();
  return useSyncExternalStore(session.saving.subscribe, session.saving.current);
}

/** Whether the viewer may do something in this draft now, and if not, why. */
export function usePermission(action: Action): Verdict {
  const { viewer, draft, process } = useWorkspace();
  const { rounds } = process;
  const now = useNow(rounds);
  return permission(viewer.role, action, { draft, process, rounds, now });
}

/** `usePermission` where only yes or no matters. */
export function useMay(action: Action): boolean {
  return usePermission(action).allowed;
}
