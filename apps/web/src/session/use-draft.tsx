import type { ProcessSummary } from '@zerodraft/contract';
import { createContext, useContext, useSyncExternalStore } from 'react';
import type { DraftSession, DraftView, Present } from './draft-session.ts';
import type { SaveStatus } from './save-status.ts';

interface Workspace {
  session: DraftSession;
  process: ProcessSummary;
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
