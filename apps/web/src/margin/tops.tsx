import type { Editor } from '@tiptap/core';
import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';

/** Milliseconds without a key after which what needs many measures is measured. */
const PAUSE = 150;

/** Calls back in a frame after anything that can have moved the text's blocks; or, with a pause, once typing rests. */
function onLayout(editor: Editor, measure: () => void, pause = 0): () => void {
  let frame = 0;
  let timer: number | undefined;
  const inFrame = (): void => {
    frame ||= requestAnimationFrame(() => {
      frame = 0;
      measure();
    });
  };
  const schedule = (): void => {
    window.clearTimeout(timer);
    if (pause > 0) timer = window.setTimeout(inFrame, pause);
    else inFrame();
  };
  inFrame();
  const observer = new ResizeObserver(schedule);
  observer.observe(editor.view.dom);
  editor.on('transaction', schedule);
  return () => {
    cancelAnimationFrame(frame);
    window.clearTimeout(timer);
    observer.disconnect();
    editor.off('transaction', schedule);
  };
}

const TopsContext = createContext<ReadonlyMap<string, number>>(new Map());

/** Measures the blocks once for all that stands beside the text. */
export function Tops({ editor, children }: { editor: Editor | null; children: ReactNode }) {
  const [tops, setTops] = useState<ReadonlyMap<string, number>>(new Map());
  useEffect(() => {
    if (!editor) return;
    return onLayout(editor, () => {
      const next = new Map<string, number>();
      // The editor positions its own element, so that its blocks count from there.
      const base = editor.view.dom.offsetTop;
      for (const child of editor.view.dom.children) {
        if (child instanceof HTMLElement && child.dataset.blockId)
          next.set(child.dataset.blockId, child.offsetTop + base);
      }
      setTops((known) => (sameTops(known, next) ? known : next));
    });
  }, [editor]);
  return <TopsContext value={tops}>{children}</TopsContext>;
}

/** Tops of the blocks in the page, by id, in pixels. Measured after each layout that can have moved them. */
export function useTops(): ReadonlyMap<string, number> {
  return useContext(TopsContext);
}

/** How far below its block's top each thread's marked text begins, in pixels; of the blocks named. */
export function useMarkOffsets(editor: Editor, blockIds: readonly string[]): ReadonlyMap<string, number> {
  const [offsets, setOffsets] = useState<ReadonlyMap<string, number>>(new Map());
  const key = blockIds.join();
  useEffect(
    () =>
      onLayout(
        editor,
        () => {
          const next = new Map<string, number>();
          for (const id of key.split(',')) {
            const block = editor.view.dom.querySelector(`[data-block-id="${CSS.escape(id)}"]`);
            const top = block?.getBoundingClientRect().top ?? 0;
            for (const mark of block?.querySelectorAll<HTMLElement>('[data-thread]') ?? []) {
              const thread = mark.dataset.thread ?? '';
              if (!next.has(thread)) next.set(thread, Math.round(mark.getBoundingClientRect().top - top));
            }
          }
          setOffsets((known) => (sameTops(known, next) ? known : next));
        },
        PAUSE,
      ),
    [editor, key],
  );
  return offsets;
}

function sameTops(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): boolean {
  return a.size === b.size && [...b].every(([id, top]) => a.get(id) === top);
}
