import type { ProcessSummary } from '@zerodraft/contract';
import type { RecommendationSummary, Uptake } from '@zerodraft/trace';
import { createContext, useContext } from 'react';
import type { DraftView } from '../session/draft-view.ts';

/** What the coverage page counts: the recommendations as they are, in the draft at a moment. */
export interface Counted {
  draftId: string;
  process: ProcessSummary;
  recommendations: readonly RecommendationSummary[];
  view: DraftView;
  uptake: Uptake;
  /** The version that is counted; undefined for the draft as it is. */
  asOf: string | undefined;
}

export const CountedContext = createContext<Counted | null>(null);

export function useCounted(): Counted {
  const counted = useContext(CountedContext);
  if (counted === null) throw new Error('useCounted stands outside the coverage page');
  return counted;
}
