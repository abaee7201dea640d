import { useQuery } from '@tanstack/react-query';
import { followMerges } from '@zerodraft/trace';
import { useMemo } from 'react';
import { libraryQuery } from '../api.ts';
import { type DraftLinks, indexed } from '../session/draft-view.ts';
import { useDraftLinks, useWorkspace } from '../session/use-draft.tsx';

/** The draft's links as they count now that recommendations were merged. */
export function useLinks(): DraftLinks {
  const { process } = useWorkspace();
  const own = useDraftLinks();
  const { data } = useQuery(libraryQuery(process.id));
  return useMemo(
    () =>
      data?.some(({ mergedIds }) => mergedIds.length > 0) ? indexed(followMerges(own.links, data)) : own,
    [own, data],
  );
}
