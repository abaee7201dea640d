import { anchor } from '@zerodraft/contract';
import { z } from 'zod';

/** A comment that is being written on a selection. */
export const pendingThread = z.object({ clauseId: z.string(), anchor, quote: z.string() });
export type PendingThread = z.infer<typeof pendingThread>;
