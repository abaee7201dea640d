import type { DraftPageView } from '@zerodraft/contract';
import { useEffect, useRef, useState } from 'react';
import { DraftSession } from './draft-session.ts';

/** What the server did not take, kept for the person who wrote it. */
export interface SetAside {
  reason: string;
  /** The draft as it read on this device, with what was not taken. */
  text: string;
}

/**
 * Opens a draft for as long as the page shows it. When the server refuses a change, this device's copy is set aside
 * and the draft opened anew from the server, so that the two never drift apart (SPEC RGT-2).
 */
export function useDraftSession(view: DraftPageView) {
  const [session, setSession] = useState<DraftSession | null>(null);
  const [setAside, setSetAside] = useState<SetAside | null>(null);
  const latest = useRef(view);
  latest.current = view;
  // Another generation is another document; another role, name or state only what may be done with this one: the socket
  // closes and comes back under the new rights, and all that was typed stays.
  const identity = [view.draft.id, view.draft.generation, view.viewer.id].join('/');
  useEffect(() => {
    if (identity === '') return;
    const { draft, viewer } = latest.current;
    let current: DraftSession | null = null;
    let left = false;
    const open = (): void => {
      const opened = new DraftSession(draft, viewer);
      opened.onRefused = async (reason) => {
        setSetAside({ reason, text: opened.text });
        setSession(null);
        await opened.forget();
        opened.destroy();
        if (!left) open();
      };
      current = opened;
      setSession(opened);
    };
    open();
    return () => {
      left = true;
      setSession(null);
      current?.destroy();
    };
  }, [identity]);
  return { session, setAside, dismiss: () => setSetAside(null) };
}
