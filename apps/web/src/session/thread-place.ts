import type { Thread } from '@zerodraft/contract';
import type { ClauseOrder } from './clause-order.ts';
import type { ThreadHomes } from './thread-homes.ts';

type Order = Pick<ClauseOrder, 'index'>;
type Homes = Pick<ThreadHomes, 'of' | 'range'>;

/** The block a thread is shown at: its clause, else the heading it stood under; empty for the draft as a whole. */
export function blockOfThread(order: Order, homes: Homes, thread: Thread): string {
  const home = homes.of(thread);
  if (order.index.has(home)) return home;
  return thread.sectionId !== null && order.index.has(thread.sectionId) ? thread.sectionId : '';
}

/** Whether the text or the clause that a thread hung on is no longer there. */
export function isRemoved(order: Order, homes: Homes, thread: Thread): boolean {
  if (thread.kind === 'draft') return false;
  return thread.kind === 'range' ? homes.range(thread) === null : !order.index.has(homes.of(thread));
}
