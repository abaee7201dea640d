import type { RecommendationSummary } from './recommendation.ts';

/** A filter of the library: fields left out do not filter. */
export interface RecommendationFilter {
  theme?: string | undefined;
  dimension?: string | undefined;
  kind?: string | undefined;
  sourceKind?: string | undefined;
  source?: string | undefined;
  document?: string | undefined;
  /** Inclusive, ISO dates. */
  from?: string | undefined;
  to?: string | undefined;
  linked?: 'linked' | 'open' | undefined;
}

/** Whether a recommendation passes a filter; `linkedIds` is `linked` of `Uptake`. */
export function passesFilter(
  recommendation: RecommendationSummary,
  filter: RecommendationFilter,
  linkedIds: ReadonlySet<string>,
): boolean {
  const { theme, dimension, kind, sourceKind, source, document, from, to, linked } = filter;
  if (theme !== undefined && !recommendation.themes.includes(theme)) return false;
  if (dimension !== undefined && !recommendation.dimensions.includes(dimension)) return false;
  if (kind !== undefined && recommendation.kind !== kind) return false;
  if (sourceKind !== undefined && recommendation.sourceKind !== sourceKind) return false;
  if (source !== undefined && recommendation.source !== source) return false;
  if (document !== undefined && recommendation.document !== document) return false;
  if (from !== undefined && (recommendation.date === null || recommendation.date < from)) return false;
  if (to !== undefined && (recommendation.date === null || recommendation.date > to)) return false;
  return linked === undefined || (linked === 'linked') === linkedIds.has(recommendation.id);
}
