import type { Editor } from '@tiptap/core';
import type { TextRange } from '@zerodraft/schema';
import { useEffect, useState } from 'react';
import { textRangeAt } from '../editor/anchors.ts';

function selectedIn(editor: Editor, clauseId: string): TextRange | null {
  const { from, to } = editor.state.selection;
  const range = from < to ? textRangeAt(editor.state.doc, { from, to }) : null;
  return range?.start.clauseId === clauseId && range.end.clauseId === clauseId ? range : null;
}

/** The words of a clause that are selected in the draft's text; null when there are none. */
export function useSelectedWords(editor: Editor | null, clauseId: string): TextRange | null {
  const [range, setRange] = useState<TextRange | null>(null);
  useEffect(() => {
    if (!editor) return;
    const follow = (): void => setRange(selectedIn(editor, clauseId));
    follow();
    // Also when others type before it in the clause.
    editor.on('transaction', follow);
    return () => {
      editor.off('transaction', follow);
    };
  }, [editor, clauseId]);
  return range;
}
