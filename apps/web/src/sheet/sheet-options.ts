import { z } from 'zod';

/** What a consultation sheet shows, as the page's address holds it; what is left out is as usual. */
export const sheetOptions = z.object({
  /** Also what is closed. */
  states: z.literal('all').optional().catch(undefined),
  /** The round in which threads were made. */
  round: z.string().optional().catch(undefined),
  /** Also what is private to the team. */
  private: z.literal(true).optional().catch(undefined),
  /** Only clauses that have comments. */
  commented: z.literal(true).optional().catch(undefined),
  /** Organisations below each other. */
  layout: z.literal('clauses').optional().catch(undefined),
});
export type SheetOptions = z.infer<typeof sheetOptions>;
