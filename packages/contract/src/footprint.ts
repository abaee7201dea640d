import { FOOTPRINT_FORMATS, FOOTPRINT_VIEWS, LIMITS } from '@zerodraft/trace';
import { z } from 'zod';

/** What of a draft's footprint is asked for, and how. */
export const footprintQuery = z.object({
  view: z.enum(FOOTPRINT_VIEWS),
  format: z.enum(FOOTPRINT_FORMATS),
  /** With the view by organisation: whose report; without it, everybody's. */
  organisation: z.string().trim().min(1).max(LIMITS.short).optional(),
  /** The version whose text and links it is of; without it, the draft as it is. */
  version: z.string().min(1).max(100).optional(),
  /** Notes of links and, in PROV-JSON, who made them; never in what is written to an organisation. */
  notes: z
    .enum(['true', 'false'])
    .default('false')
    .transform((value) => value === 'true'),
});
export type FootprintQuery = z.infer<typeof footprintQuery>;
