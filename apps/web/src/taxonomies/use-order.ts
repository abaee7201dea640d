import { useMutation } from '@tanstack/react-query';
import type { Term } from '@zerodraft/contract';
import { type PointerEvent, useLayoutEffect, useRef, useState } from 'react';
import { orderTerms, type Place, refreshTerms } from './taxonomies-api.ts';

/** Terms in an order of ids; what it does not name comes behind. */
function inOrder(terms: readonly Term[], ids: readonly string[] | null): Term[] {
  if (ids === null) return [...terms];
  const at = ({ id }: Term): number => (ids.includes(id) ? ids.indexOf(id) : ids.length);
  return [...terms].sort((a, b) => at(a) - at(b));
}

function moved(ids: readonly string[], id: string, to: number): string[] {
  const others = ids.filter((each) => each !== id);
  return [...others.slice(0, to), id, ...others.slice(to)];
}

/**
 * Terms in the order that the person gives them, by keys or by dragging a row's handle; the server has it once they let go.
 * @param terms those in use, in the server's order
 */
export function useOrder(place: Place, terms: readonly Term[]) {
  /** Their order until the server's is the same. */
  const [own, setOwn] = useState<readonly string[] | null>(null);
  const [dragged, setDragged] = useState<string | null>(null);
  const [told, setTold] = useState('');
  const list = useRef<HTMLOListElement>(null);
  const latest = useRef<readonly string[] | null>(null);
  /** Whose handle has the focus again after it was moved in the page. */
  const focus = useRef<string | null>(null);
  const sending = useMutation({
    // One after the other: the last one counts.
    scope: { id: `order ${place.processId} ${place.taxonomy}` },
    mutationFn: (ids: string[]) => orderTerms(place, ids),
    onSettled: async (_done, _error, ids) => {
      if (latest.current !== ids) return;
      await refreshTerms();
      if (latest.current === ids) setOwn(null);
    },
  });
  const shown = inOrder(terms, own);

  const show = (ids: string[]): void => {
    latest.current = ids;
    setOwn(ids);
  };
  const send = (ids: string[], id: string): void => {
    show(ids);
    const label = terms.find((term) => term.id === id)?.label;
    setTold(`“${label}” is now ${ids.indexOf(id) + 1} of ${ids.length}.`);
    sending.mutate(ids);
  };

  /** Moves a term by so many places. */
  const move = (id: string, by: number): void => {
    const ids = shown.map((term) => term.id);
    const to = ids.indexOf(id) + by;
    if (to < 0 || to >= ids.length) return;
    focus.current = id;
    send(moved(ids, id, to), id);
  };

  /** Begins to drag a row by its handle. */
  const drag = (event: PointerEvent<HTMLElement>, id: string): void => {
    if (event.button !== 0) return;
    const { pointerId } = event;
    const before = shown.map((term) => term.id);
    let now = before;
    setDragged(id);
    const onMove = (at: globalThis.PointerEvent): void => {
      if (at.pointerId !== pointerId) return;
      // How many of the others the pointer is below the middle of.
      const rows = [...(list.current?.querySelectorAll<HTMLElement>(':scope > [data-term]') ?? [])];
      const to = rows.filter((row) => {
        const { top, height } = row.getBoundingClientRect();
        return row.dataset.term !== id && top + height / 2 < at.clientY;
      }).length;
      if (now.indexOf(id) === to) return;
      now = moved(now, id, to);
      show(now);
    };
    const stop = (kept: boolean): void => {
      window.removeEventListener('pointermove', onMove);
      window.removeEventListener('pointerup', onUp);
      window.removeEventListener('pointercancel', onCancel);
      window.removeEventListener('keydown', onKey, true);
      setDragged(null);
      if (now === before) return;
      focus.current = id;
      if (kept) send(now, id);
      else setOwn(null);
    };
    const onUp = (at: globalThis.PointerEvent): void => {
      if (at.pointerId === pointerId) stop(true);
    };
    const onCancel = (): void => stop(false);
    const onKey = (key: KeyboardEvent): void => {
      if (key.key === 'Escape') stop(false);
    };
    window.addEventListener('pointermove', onMove);
    window.addEventListener('pointerup', onUp);
    window.addEventListener('pointercancel', onCancel);
    window.addEventListener('keydown', onKey, true);
  };

  useLayoutEffect(() => {
    if (focus.current === null) return;
    const row = list.current?.querySelector(`[data-term="${CSS.escape(focus.current)}"]`);
    focus.current = null;
    row?.querySelector<HTMLElement>('.term-handle')?.focus();
  });
  return { shown, list, dragged, told, move, drag, problem: sending.error?.message };
}
