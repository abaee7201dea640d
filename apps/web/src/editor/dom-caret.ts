import { Plugin } from '@tiptap/pm/state';
import type { EditorView } from '@tiptap/pm/view';
import type { DraftSession } from '../session/draft-session.ts';

/**
 * Has the caret read from the page. The browser tells of a moved caret late, in a task of its own: until then a key
 * would act at the caret's old place, and a redraw would put the caret back there.
 */
function readCaret(view: EditorView): void {
  if (!view.composing) view.dom.ownerDocument.dispatchEvent(new Event('selectionchange'));
}

/** Keys meet the caret where the person sees it. */
export function caretBeforeKeys(): Plugin {
  return new Plugin({
    props: {
      handleDOMEvents: {
        keydown: (view) => {
          readCaret(view);
          return false;
        },
      },
    },
  });
}

/** Others' changes meet the caret where the person sees it. */
export function caretBeforeRemote(session: DraftSession): Plugin {
  return new Plugin({
    view: (view) => {
      session.beforeRemote = () => readCaret(view);
      return {
        destroy: () => {
          session.beforeRemote = null;
        },
      };
    },
  });
}
