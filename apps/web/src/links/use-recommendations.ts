import { useQuery } from '@tanstack/react-query';
import type { RecommendationSummary } from '@zerodraft/trace';
import { useMemo } from 'react';
import { libraryQuery } from '../api.ts';
import { useWorkspace } from '../session/use-draft.tsx';

/** Finds recommendations by their ids; those that were merged lead to what they became part of. */
export function useRecommendations(): ReadonlyMap<string, RecommendationSummary> {
  const { process } = useWorkspace();
  const { data } = useQuery(libraryQuery(process.id));
  return useMemo(() => {
    const byId = new Map<string, RecommendationSummary>();
    for (const one of data ?? []) for (const id of [...one.mergedIds, one.id]) byId.set(id, one);
    return byId;
  }, [data]);
}
