import type { Thread } from '@zerodraft/contract';
import { useMemo, useSyncExternalStore } from 'react';
import { blockOfThread, isRemoved } from '../session/thread-place.ts';
import { useClauseOrder, useHomesVersion, useWorkspace } from '../session/use-draft.tsx';
import { threadActions } from './comments-api.ts';

/** What one does with the threads of the open draft. */
export function useThreadActions() {
  const { session } = useWorkspace();
  return useMemo(() => threadActions(session.draft.id), [session.draft.id]);
}

/** Where a thread is in the draft now. */
interface ThreadPlace {
  /** "12(a)", "Objective 3", "Section", "Draft". */
  label: string;
  /** The text or the clause it hung on was deleted. */
  removed: boolean;
}

export function useThreadPlace(thread: Thread): ThreadPlace {
  const { session } = useWorkspace();
  const order = useClauseOrder();
  useHomesVersion();
  const blockId = blockOfThread(order, session.homes, thread);
  // A key of what is drawn, so that typing elsewhere draws nothing.
  const removed = useSyncExternalStore(session.subscribe, () => isRemoved(order, session.homes, thread));
  return {
    label: order.numbers.get(blockId)?.citation || (blockId === '' ? 'Draft' : 'Section'),
    removed,
  };
}
