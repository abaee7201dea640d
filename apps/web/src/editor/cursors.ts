import type { Plugin } from '@tiptap/pm/state';
import { yCursorPlugin } from '@tiptap/y-tiptap';
import type { Awareness } from 'y-protocols/awareness';

const COLOR = /^#[0-9a-f]{6}$/i;

function safe(user: { name?: string; color?: string } | undefined): { name: string; color: string } {
  return {
    name: user?.name ?? 'Somebody',
    color: COLOR.test(user?.color ?? '') ? (user?.color ?? '') : '#4b5563',
  };
}

/** Others' cursors and selections with their names; names and colours come from the server. */
export function cursors(awareness: Awareness): Plugin {
  return yCursorPlugin(awareness, {
    cursorBuilder: (user: { name?: string; color?: string }) => {
      const { name, color } = safe(user);
      const caret = document.createElement('span');
      caret.className = 'remote-caret';
      caret.style.setProperty('--person', color);
      const label = document.createElement('span');
      label.className = 'remote-caret-name';
      label.textContent = name;
      caret.append(label);
      return caret;
    },
    selectionBuilder: (user: { name?: string; color?: string }) => ({
      class: 'remote-selection',
      style: `background-color: ${safe(user).color}33`,
    }),
  });
}
