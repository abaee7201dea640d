import { useQuery } from '@tanstack/react-query';
import { groupBy } from '@zerodraft/schema';
import { followMerges } from '@zerodraft/trace';
import { useMemo } from 'react';
import { libraryQuery } from '../api.ts';
import type { DraftView } from '../session/draft-session.ts';
import { useDraftView, useWorkspace } from '../session/use-draft.tsx';

/** The draft's links as they count now that recommendations were merged. */
export function useLinks(): Pick<DraftView, 'links' | 'byClause' | 'byRecommendation'> {
  const { process } = useWorkspace();
  const view = useDraftView();
  const { data } = useQuery(libraryQuery(process.id));
  return useMemo(() => {
    if (!data?.some(({ mergedIds }) => mergedIds.length > 0)) return view;
    const links = followMerges(view.links, data);
    return {
      links,
      byClause: groupBy(links, ({ clauseId }) => clauseId),
      byRecommendation: groupBy(links, ({ recommendationId }) => recommendationId),
    };
  }, [view, data]);
}
