import { type CoverageSelection, LEVELS, TAXONOMIES } from '@zerodraft/trace';
import { z } from 'zod';

export const VIEWS = ['map', 'uptake', 'clauses', 'flow', 'compare'] as const;
/** What flows can begin at. */
export const FLOW_SOURCES = ['stakeholderKinds', 'regions', 'source', 'session'] as const;
export type FlowSource = (typeof FLOW_SOURCES)[number];
/** Values that the diagram shows apart; the rest are put together, and the table has them all. */
export const MOST_FLOWS = 12;

const optional = z.string().optional().catch(undefined);
const selection = z.object({
  themes: optional,
  dimensions: optional,
  kinds: optional,
  stakeholderKinds: optional,
  regions: optional,
  session: optional,
  source: optional,
  state: z.enum(['linked', 'open', 'contrary']).optional().catch(undefined),
  under: optional,
  /** Clauses instead of recommendations: all under the heading, or those with a source. */
  clauses: z.enum(['all', 'sourced']).optional().catch(undefined),
  /** Of this grouping the values that the diagram puts together. */
  others: z.enum(FLOW_SOURCES).optional().catch(undefined),
  /** What headings `under` is one of; objectives too when left out. */
  level: z.enum(LEVELS).optional().catch(undefined),
});
export type ListSelection = z.infer<typeof selection>;

/** What the coverage page shows, as its address says it; what is left out is the usual. */
export const coverageSearch = z.object({
  view: z.enum(VIEWS).optional().catch(undefined),
  /** The taxonomies that are crossed. */
  rows: z.enum(TAXONOMIES).optional().catch(undefined),
  columns: z.enum(TAXONOMIES).optional().catch(undefined),
  /** What flows begin at, and what they end in. */
  by: z.enum(FLOW_SOURCES).optional().catch(undefined),
  level: z.enum(LEVELS).optional().catch(undefined),
  /** The version that is counted; now when left out. */
  as: optional,
  /** The versions that are compared; `to` is now when left out. */
  from: optional,
  to: optional,
  /** Whose of what entered and fell out is shown; everybody's when left out. */
  whose: z
    .object({ by: z.enum(['source', 'stakeholderKinds']), value: z.string() })
    .optional()
    .catch(undefined),
  /** The list behind a number. */
  list: selection.optional().catch(undefined),
});
export type CoverageSearch = z.infer<typeof coverageSearch>;

/** A selection as the list's heading says it. */
export const STATE_WORDS: Record<NonNullable<CoverageSelection['state']>, string> = {
  linked: 'linked',
  open: 'not linked',
  contrary: 'considered, the opposite chosen',
};
