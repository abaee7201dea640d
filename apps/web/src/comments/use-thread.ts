import type { Thread } from '@zerodraft/contract';
import { useMemo, useSyncExternalStore } from 'react';
import { useClauseOrder, useHomesVersion, useWorkspace } from '../session/use-draft.tsx';
import { threadActions } from './comments-api.ts';

/** What one does with the threads of the open draft. */
export function useThreadActions() {
  const { session } = useWorkspace();
  return useMemo(() => threadActions(session.draft.id), [session.draft.id]);
}

/** Where a thread is in the draft now. */
export interface ThreadPlace {
  /** The clause or heading it is shown at; empty for the draft as a whole, or when all of it is gone. */
  blockId: string;
  /** "12(a)", "Objective 3", "Section", "Draft". */
  label: string;
  /** The text or the clause it hung on was deleted. */
  removed: boolean;
}

export function useThreadPlace(thread: Thread): ThreadPlace {
  const { session } = useWorkspace();
  const order = useClauseOrder();
  useHomesVersion();
  const home = session.homes.of(thread);
  const gone = home !== '' && !order.index.has(home);
  // A key of what is drawn, so that typing elsewhere draws nothing.
  const textGone = useSyncExternalStore(
    session.subscribe,
    () => thread.kind === 'range' && session.homes.range(thread) === null,
  );
  const fallback = thread.sectionId !== null && order.index.has(thread.sectionId) ? thread.sectionId : '';
  const blockId = gone ? fallback : home;
  const citation = order.numbers.get(blockId)?.citation;
  return {
    blockId,
    label: citation || (blockId === '' ? 'Draft' : 'Section'),
    removed: thread.kind !== 'draft' && (gone || textGone),
  };
}
