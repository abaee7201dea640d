import { useEffect, useState } from 'react';

/** What each key does, in the order in which they are shown. */
export const KEYS = [
  { key: 'j', also: 'ArrowDown', words: 'next' },
  { key: 'k', also: 'ArrowUp', words: 'previous' },
  { key: 'a', words: 'accept' },
  { key: 'e', words: 'edit and classify' },
  { key: 'm', words: 'merge' },
  { key: 's', words: 'split' },
  { key: 'r', words: 'return' },
  { key: 'b', words: 'back to triage' },
] as const;
export type Key = (typeof KEYS)[number]['key'];

const STORED = 'zerodraft-triage-keys';

function readStored(): boolean {
  try {
    return localStorage.getItem(STORED) !== 'off';
  } catch {
    return true;
  }
}

/** Whether a key press belongs to triage: not in a field, a dialog, a menu, or another part of the page. */
function isHere(target: EventTarget | null): target is Element {
  if (!(target instanceof Element) || target.closest('input, select, textarea, [contenteditable]'))
    return false;
  return target === document.body || target.id === 'content' || target.closest('.triage') !== null;
}

/** Single keys for the deposit that is chosen; they can be turned off, and are text in a field. */
export function useKeys(act: (key: Key) => void) {
  const [on, setOn] = useState(readStored);
  const toggle = (): void => {
    setOn(!on);
    try {
      localStorage.setItem(STORED, on ? 'off' : 'on');
    } catch {
      // A browser that keeps nothing: then it holds for this page.
    }
  };
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      const { target, key } = event;
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || !isHere(target)) return;
      // While a dialog is open the page behind it is hidden from everybody.
      if (document.querySelector('[role="dialog"], [role="alertdialog"]')) return;
      // Arrows move in the list; elsewhere they scroll.
      const inList = target.closest('.deposit-list') !== null;
      const found = KEYS.find(
        (each) => (on && each.key === key.toLowerCase()) || (inList && 'also' in each && each.also === key),
      );
      if (!found) return;
      event.preventDefault();
      // A key that is held down goes through the list, and decides on one deposit.
      if (event.repeat && found.key !== 'j' && found.key !== 'k') return;
      act(found.key);
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  });
  return { on, toggle };
}
