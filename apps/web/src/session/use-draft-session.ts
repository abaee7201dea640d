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
export function useDraftSession(view: DraftPageView | undefined) {
  const [session, setSession] = useState<DraftSession | null>(null);
  const [setAside, setSetAside] = useState<SetAside | null>(null);
  const latest = useRef(view);
  latest.current = view;
  // A new name of the draft is no reason to open it again; another generation, role or state is.
  const identity =
    view &&
    [
      view.draft.id,
      view.draft.generation,
      view.viewer.id,
      view.viewer.role,
      view.draft.state,
      view.process.state,
    ].join('/');
  useEffect(() => {
    if (identity === undefined || !latest.current) return;
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
