import type { Thread } from '@zerodraft/contract';
import { useMemo } from 'react';
import { blockOfThread } from '../session/thread-place.ts';
import { useClauseOrder, useHomesVersion, useWorkspace } from '../session/use-draft.tsx';
import type { ThreadRow } from './thread-filter.ts';

/** Threads with where they stand now; the same array until one of them changes or moves. */
export function useRows(threads: readonly Thread[]): readonly ThreadRow[] {
  const { session } = useWorkspace();
  const order = useClauseOrder();
  const version = useHomesVersion();
  return useMemo(() => {
    // Where threads stand is read anew when one of them may have moved.
    void version;
    return threads.map((thread): ThreadRow => {
      const blockId = blockOfThread(order, session.homes, thread);
      return {
        thread,
        blockId,
        position: order.index.get(blockId) ?? (thread.kind === 'draft' ? -1 : order.ids.length),
        sectionId: order.sectionOf.get(blockId) ?? '',
      };
    });
  }, [threads, order, version, session]);
}
