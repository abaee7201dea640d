import { Editor } from '@tiptap/core';
import { Collaboration } from '@tiptap/extension-collaboration';
import { CONTENT, draftExtensions, findBlock, isClauseKind } from '@zerodraft/schema';
import { addLink } from '@zerodraft/trace';
import { useEffect, useRef, useState } from 'react';
import type { DraftSession } from '../session/draft-session.ts';
import { asUndoStep } from '../session/undo-step.ts';
import { DraftBehaviour } from './draft-behaviour.ts';

/** Type of a dragged recommendation card's data. */
export const CARD_TYPE = 'application/x-zerodraft-recommendation';
/** Type of the version that was read on it. */
export const VERSION_TYPE = 'application/x-zerodraft-version';

/** The clause under a point of the screen, or null. */
function clauseAt(editor: Editor, event: DragEvent): { id: string; dom: HTMLElement } | null {
  const target =
    event.target instanceof Element ? event.target.closest<HTMLElement>('[data-block-id]') : null;
  const found = target?.dataset.blockId ? findBlock(editor.state.doc, target.dataset.blockId) : null;
  return target && found?.id && isClauseKind(found.kind) ? { id: found.id, dom: target } : null;
}

function createEditor(session: DraftSession, editable: boolean): Editor {
  let box: HTMLElement | null = null;
  const hover = (dom: HTMLElement | null): void => {
    box?.remove();
    box = dom && frameOf(dom, 'drop-frame');
  };
  const editor: Editor = new Editor({
    editable,
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
      attributes: {
        class: 'draft-text',
        'aria-label': 'Text of the draft',
        role: 'textbox',
        'aria-multiline': 'true',
        spellcheck: 'true',
      },
      handleDOMEvents: {
        dragover: (view, event) => {
          if (!view.editable || !event.dataTransfer?.types.includes(CARD_TYPE)) return false;
          event.preventDefault();
          event.dataTransfer.dropEffect = 'copy';
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
            const version = Number(event.dataTransfer?.getData(VERSION_TYPE));
            asUndoStep(session, () =>
              addLink(session.doc, {
                clauseId: clause.id,
                recommendationId,
                relation: 'adapted',
                ...(Number.isSafeInteger(version) && version > 0 ? { recommendationVersion: version } : {}),
              }),
            );
          }
          return true;
        },
      },
    },
  });
  return editor;
}

/** The editor of a session that is ready; null until it stands. */
export function useDraftEditor(session: DraftSession, ready: boolean, editable: boolean): Editor | null {
  const [editor, setEditor] = useState<Editor | null>(null);
  const latest = useRef(editable);
  latest.current = editable;
  useEffect(() => {
    if (!ready) return;
    const created = createEditor(session, latest.current);
    setEditor(created);
    return () => {
      setEditor(null);
      created.destroy();
    };
  }, [session, ready]);
  // A changed right changes what keys do, and leaves the text, the caret and the undo history as they are.
  useEffect(() => {
    if (editor && editor.isEditable !== editable) editor.setEditable(editable);
  }, [editor, editable]);
  return editor;
}

/** Draws a frame over a block. The block itself is ProseMirror's: a class set on it would be taken for an edit. */
function frameOf(dom: HTMLElement, className: string): HTMLElement | null {
  const page = dom.closest('.page');
  if (!page) return null;
  const [own, outer] = [dom.getBoundingClientRect(), page.getBoundingClientRect()];
  const frame = document.createElement('div');
  frame.className = `clause-frame ${className}`;
  frame.style.top = `${own.top - outer.top - 4}px`;
  frame.style.left = `${own.left - outer.left - 6}px`;
  frame.style.width = `${own.width + 12}px`;
  frame.style.height = `${own.height + 8}px`;
  page.append(frame);
  return frame;
}

/** Scrolls to a clause and shows it for a moment. */
export function revealClause(id: string): void {
  const dom = document.querySelector<HTMLElement>(`.draft-text [data-block-id="${CSS.escape(id)}"]`);
  if (!dom) return;
  dom.scrollIntoView({ block: 'center', behavior: 'smooth' });
  const frame = frameOf(dom, 'reveal-frame');
  window.setTimeout(() => frame?.remove(), 2_000);
}
