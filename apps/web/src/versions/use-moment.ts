import { useQuery } from '@tanstack/react-query';
import type { DraftView } from '../session/draft-view.ts';
import { useDraftView, useWorkspace } from '../session/use-draft.tsx';
import { versionStateQuery } from './versions-api.ts';

/** What a version says; undefined until it is read. */
export function useVersionState(versionId: string | undefined): DraftView | undefined {
  const { draft } = useWorkspace();
  return useQuery(versionStateQuery(draft.id, versionId)).data?.view;
}

/** The draft at a moment: now, or as a version keeps it; undefined until that is read. */
export function useMoment(versionId: string | undefined): {
  view: DraftView | undefined;
  error: Error | null;
} {
  const { draft } = useWorkspace();
  const now = useDraftView();
  const { data, error } = useQuery(versionStateQuery(draft.id, versionId));
  return versionId === undefined ? { view: now, error: null } : { view: data?.view, error };
}
