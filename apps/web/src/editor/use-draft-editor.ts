import { Editor } from '@tiptap/core';
import { Collaboration } from '@tiptap/extension-collaboration';
import { may } from '@zerodraft/contract';
import { CONTENT, draftExtensions, isClauseKind, placedBlocks } from '@zerodraft/schema';
import { addLink } from '@zerodraft/trace';
import { useEffect, useState } from 'react';
import type { DraftSession } from '../session/draft-session.ts';
import { DraftBehaviour } from './draft-behaviour.ts';

/** Type of a dragged recommendation card's data. */
export const CARD_TYPE = 'application/x-zerodraft-recommendation';

/** The clause under a point of the screen, or null. */
function clauseAt(editor: Editor, event: DragEvent): { id: string; dom: HTMLElement } | null {
  const target = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-block-id]') : null;
  const found = target && placedBlocks(editor.state.doc).find(({ id }) => id === target.dataset.blockId);
  return target && found?.id && isClauseKind(found.kind) ? { id: found.id, dom: target } : null;
}

/** One undo step of its own for a change of links. */
export function asUndoStep(session: DraftSession, change: () => void): void {
  session.undo.stopCapturing();
  change();
  session.undo.stopCapturing();
}

function createEditor(session: DraftSession): Editor {
  let hovered: HTMLElement | null = null;
  const hover = (dom: HTMLElement | null): void => {
    if (hovered === dom) return;
    hovered?.classList.remove('drop-target');
    dom?.classList.add('drop-target');
    hovered = dom;
  };
  const editor: Editor = new Editor({
    editable: may(session.viewer.role, 'draft.edit'),
    extensions: [
      ...draftExtensions,
      Collaboration.configure({
        document: session.doc,
        field: CONTENT,
        yUndoOptions: { undoManager: session.undo },
      }),
      DraftBehaviour.configure({ session }),
    ],
    editorProps: {
      attributes: { class: 'draft-text', 'aria-label': 'Text of the draft', role: 'textbox', 'aria-multiline': 'true', spellcheck: 'true' },
      handleDOMEvents: {
        dragover: (view, event) => {
          if (!view.editable || !event.dataTransfer?.types.includes(CARD_TYPE)) return false;
          event.preventDefault();
          event.dataTransfer.dropEffect = 'link';
          hover(clauseAt(editor, event)?.dom ?? null);
          return true;
        },
        dragleave: (_view, event) => {
          if (event.dataTransfer?.types.includes(CARD_TYPE)) hover(null);
          return false;
        },
        drop: (view, event) => {
          const recommendationId = event.dataTransfer?.getData(CARD_TYPE);
          if (!view.editable || !recommendationId) return false;
          event.preventDefault();
          const clause = clauseAt(editor, event);
          hover(null);
          if (clause) {
            asUndoStep(session, () => addLink(session.doc, { clauseId: clause.id, recommendationId, relation: 'adapted' }));
          }
          return true;
        },
      },
    },
  });
  return editor;
}

/** The editor of a session that is ready; null until it stands. */
export function useDraftEditor(session: DraftSession, ready: boolean): Editor | null {
  const [editor, setEditor] = useState<Editor | null>(null);
  useEffect(() => {
    if (!ready) return;
    const created = createEditor(session);
    setEditor(created);
    return () => {
      setEditor(null);
      created.destroy();
    };
  }, [session, ready]);
  return editor;
}

/** Scrolls to a clause and shows it for a moment. */
export function revealClause(id: string): void {
  const dom = document.querySelector<HTMLElement>(`.draft-text [data-block-id="${CSS.escape(id)}"]`);
  if (!dom) return;
  dom.scrollIntoView({ block: 'center', behavior: 'smooth' });
  dom.classList.add('revealed');
  window.setTimeout(() => dom.classList.remove('revealed'), 2_000);
}
