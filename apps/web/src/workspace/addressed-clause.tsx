import { useNavigate, useSearch } from '@tanstack/react-router';
import type { Editor } from '@tiptap/core';
import { Selection } from '@tiptap/pm/state';
import { findBlock } from '@zerodraft/schema';
import { X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { revealClause } from '../editor/use-draft-editor.ts';
import { useClauseOrder } from '../session/use-draft.tsx';

/**
 * Goes to the clause that the page's address names, whatever its number is by now: it comes into sight and the caret
 * stands in it. Says so when it is no longer in the text.
 */
export function AddressedClause({ editor }: { editor: Editor }) {
  const { clause } = useSearch({ from: '/session/signed-in/drafts/$draftId/' });
  const navigate = useNavigate({ from: '/drafts/$draftId/' });
  const { index, numbers } = useClauseOrder();
  const stands = index.has(clause ?? '');
  const shown = useRef<string | null>(null);
  const [arrived, setArrived] = useState<string | null>(null);
  useEffect(() => {
    if (!clause || !stands || shown.current === clause) return;
    // Once the text is drawn: what was written meanwhile may bring the clause only now.
    const frame = requestAnimationFrame(() => {
      const block = findBlock(editor.state.doc, clause);
      if (!block) return;
      shown.current = clause;
      const { state, view } = editor;
      view.dispatch(state.tr.setSelection(Selection.near(state.doc.resolve(block.pos + 1))));
      view.dom.focus({ preventScroll: true });
      // Who only reads has no caret: their selection, from which the Tab key goes on, is the browser's own.
      if (!view.editable) window.getSelection()?.collapse(view.domAtPos(block.pos + 1).node, 0);
      revealClause(clause);
      setArrived(clause);
    });
    return () => cancelAnimationFrame(frame);
  }, [editor, clause, stands]);
  // One that was reached and is deleted while it is open is no news to be told here.
  const gone = clause !== undefined && !stands && arrived !== clause;
  const dismiss = (): void =>
    void navigate({ to: '.', search: ({ clause: _gone, ...rest }) => rest, replace: true });
  return (
    <div role="status">
      {arrived !== null && arrived === clause && stands && (
        <span className="visually-hidden">
          The link leads to {numbers.get(arrived)?.citation || 'a heading'}.
        </span>
      )}
      {gone && (
        <div className="callout clause-gone">
          <p>The clause that this link leads to is no longer in the text.</p>
          <button type="button" className="icon-button" aria-label="Dismiss" onClick={dismiss}>
            <X size={16} aria-hidden="true" />
          </button>
        </div>
      )}
    </div>
  );
}
