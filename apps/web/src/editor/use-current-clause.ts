import type { Editor } from '@tiptap/core';
import { useEffect, useState } from 'react';

/** The clause or heading that holds the caret; null before there is an editor. */
export function useCurrentClause(editor: Editor | null): string | null {
  const [clauseId, setClauseId] = useState<string | null>(null);
  useEffect(() => {
    if (!editor) return;
    const follow = (): void => {
      const id: unknown = editor.state.selection.$from.parent.attrs.id;
      setClauseId(typeof id === 'string' ? id : null);
    };
    follow();
    editor.on('selectionUpdate', follow);
    return () => {
      editor.off('selectionUpdate', follow);
    };
  }, [editor]);
  return clauseId;
}
