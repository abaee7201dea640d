import { anchor, THREAD_KINDS } from '@zerodraft/contract';
import { z } from 'zod';

/** A thread that is being begun: what it will hang on. */
export const pendingThread = z.object({
  kind: z.enum(THREAD_KINDS),
  clauseId: z.string().nullable(),
  sectionId: z.string().nullable(),
  anchor: anchor.nullable(),
  quote: z.string(),
});
export type PendingThread = z.infer<typeof pendingThread>;
