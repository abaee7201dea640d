import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import { placeInPage, pointAt } from './dom-points.ts';
import { type Span, sameSpan, settle } from './passages.ts';

/**
 * The passage that is chosen in a document: by mouse or touch, as the browser selects text, or by `choose`. It outlives
 * the browser's selection, which goes when a field takes the focus.
 */
export function usePassage(
  list: RefObject<HTMLElement | null>,
  textOf: (n: number) => string | undefined,
  enabled: boolean,
) {
  const [passage, setPassage] = useState<Span | null>(null);
  /** A passage that the page does not show as selected yet. */
  const unshown = useRef<Span | null>(null);
  const known = useRef(textOf);
  known.current = textOf;

  useEffect(() => {
    if (!enabled) return;
    const follow = (): void => {
      const root = list.current;
      const selection = document.getSelection();
      if (!root || !selection?.anchorNode || !selection.focusNode) return;
      const one = pointAt(root, selection.anchorNode, selection.anchorOffset);
      const other = pointAt(root, selection.focusNode, selection.focusOffset);
      if (!one || !other) return;
      const found = selection.isCollapsed ? null : settle(one, other, (n) => known.current(n));
      setPassage((before) => (sameSpan(before, found) ? before : found));
    };
    document.addEventListener('selectionchange', follow);
    return () => document.removeEventListener('selectionchange', follow);
  }, [list, enabled]);

  useEffect(() => {
    const root = list.current;
    const span = unshown.current;
    if (!root || !span || !sameSpan(span, passage)) return;
    const from = placeInPage(root, span.from);
    const to = placeInPage(root, span.to);
    if (!from || !to) return;
    unshown.current = null;
    document.getSelection()?.setBaseAndExtent(...from, ...to);
  });

  const choose = useCallback((span: Span | null) => {
    unshown.current = span;
    setPassage(span);
    if (span === null) document.getSelection()?.removeAllRanges();
  }, []);
  return { passage, choose };
}
