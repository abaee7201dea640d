import type { Editor } from '@tiptap/core';
import type { Thread } from '@zerodraft/contract';
import { useEffect } from 'react';
import { highlightKey } from '../editor/thread-highlights.ts';

/** Marks the text of threads in the editor, the active one stronger; a click on a mark opens its thread. */
export function useThreadMarks(
  editor: Editor | null,
  threads: readonly Thread[] | undefined,
  active: string | null,
  onOpen: (threadId: string) => void,
): void {
  useEffect(() => {
    if (editor && threads) editor.view.dispatch(editor.state.tr.setMeta(highlightKey, { threads }));
  }, [editor, threads]);
  useEffect(() => {
    if (editor) editor.view.dispatch(editor.state.tr.setMeta(highlightKey, { active }));
  }, [editor, active]);
  useEffect(() => {
    if (!editor) return;
    const { dom } = editor.view;
    const openThread = (event: MouseEvent): void => {
      const mark =
        event.target instanceof Element ? event.target.closest<HTMLElement>('[data-thread]') : null;
      if (mark?.dataset.thread) onOpen(mark.dataset.thread);
    };
    dom.addEventListener('click', openThread);
    return () => dom.removeEventListener('click', openThread);
  }, [editor, onOpen]);
}
