import type { Thread } from '@zerodraft/contract';
import { useCallback, useEffect, useRef, useSyncExternalStore } from 'react';
import { z } from 'zod';
import { useWorkspace } from '../session/use-draft.tsx';

/** Milliseconds after the last key until one is no longer said to be typing. */
const QUIET = 4_000;

const typingState = z.object({ typing: z.string(), user: z.object({ id: z.string(), name: z.string() }) });

/** Tells others that one writes in a thread. Not of private ones: everybody in the draft hears of it. */
export function useTellTyping(thread: Pick<Thread, 'id' | 'visibility'>): () => void {
  const { awareness } = useWorkspace().session.provider;
  const timer = useRef<number | undefined>(undefined);
  const stop = useCallback((): void => {
    window.clearTimeout(timer.current);
    timer.current = undefined;
    if (awareness.getLocalState()?.typing === thread.id) awareness.setLocalStateField('typing', null);
  }, [awareness, thread.id]);
  useEffect(() => stop, [stop]);
  return useCallback(() => {
    if (thread.visibility !== 'all') return;
    if (timer.current === undefined) awareness.setLocalStateField('typing', thread.id);
    window.clearTimeout(timer.current);
    timer.current = window.setTimeout(stop, QUIET);
  }, [awareness, thread.id, thread.visibility, stop]);
}

/** Who else writes in a thread now, by name; empty for nobody. */
export function useTyping(threadId: string): string {
  const { session, viewer } = useWorkspace();
  const { awareness } = session.provider;
  const subscribe = useCallback(
    (listener: () => void) => {
      awareness.on('change', listener);
      return () => awareness.off('change', listener);
    },
    [awareness],
  );
  return useSyncExternalStore(subscribe, () =>
    [...awareness.getStates().values()]
      .flatMap((state) => typingState.safeParse(state).data ?? [])
      .filter(({ typing, user }) => typing === threadId && user.id !== viewer.id)
      .map(({ user }) => user.name)
      .join(', '),
  );
}
