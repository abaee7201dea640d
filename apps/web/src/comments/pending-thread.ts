import type { Anchor } from '@zerodraft/contract';

/** A comment that is being written on a selection. */
export interface PendingThread {
  clauseId: string;
  anchor: Anchor;
  quote: string;
}
