import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react';

interface Place {
  index: number;
  /** How far the page was scrolled. */
  top: number;
}

/** From where rows were opened, by the entry of the history: Back leads there again. */
const left = new Map<string, Place>();

/** The entry of the history that is open; empty for one that this app did not make. */
function entryKey(): string {
  const state: unknown = window.history.state;
  if (typeof state !== 'object' || state === null || !('__TSR_key' in state)) return '';
  return String(state.__TSR_key);
}

/**
 * Keeps the keyboard on a row of a list of which only some rows are drawn.
 * @param index the row that is current
 * @param ready whether rows stand in the list
 * @param onReturn told once, when somebody comes back from a row that was opened here
 */
export function useListFocus(
  list: RefObject<HTMLElement | null>,
  index: number,
  ready: boolean,
  onReturn: (index: number) => void,
) {
  /** Whether the focus belongs to the list, and whether it is to be fetched from elsewhere. */
  const wanted = useRef(false);
  const fetched = useRef(false);
  // A row that was drawn anew, or only now, has lost the focus or never had it.
  useLayoutEffect(() => {
    const { activeElement: at } = document;
    const row = list.current?.querySelector<HTMLElement>(`[data-index="${index}"] [data-row-focus]`);
    if (!wanted.current || !row || at === row) return;
    // The current row's checkbox may keep it.
    const here = at instanceof Element && at.closest(`[data-index="${index}"]`) !== null;
    const lost = at === document.body || list.current?.contains(at);
    if (!fetched.current && (here || !lost)) return;
    fetched.current = false;
    row.focus({ preventScroll: true });
  });
  useEffect(() => {
    const look = ({ target }: Event): void => {
      wanted.current = target instanceof Node && list.current?.contains(target) === true;
    };
    for (const type of ['pointerdown', 'focusin']) document.addEventListener(type, look);
    return () => {
      for (const type of ['pointerdown', 'focusin']) document.removeEventListener(type, look);
    };
  }, [list]);
  const returned = useRef(false);
  useEffect(() => {
    if (!ready || returned.current) return;
    returned.current = true;
    const place = left.get(entryKey());
    if (!place) return;
    left.delete(entryKey());
    wanted.current = true;
    fetched.current = true;
    window.scrollTo({ top: place.top });
    onReturn(place.index);
  });
  return {
    /** The next current row takes the focus. */
    want: (): void => {
      wanted.current = true;
      fetched.current = true;
    },
    /** A row is opened: who comes back finds it. */
    leave: (place: number): void => {
      left.set(entryKey(), { index: place, top: window.scrollY });
    },
  };
}
