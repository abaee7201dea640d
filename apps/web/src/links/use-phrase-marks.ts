import type { Editor } from '@tiptap/core';
import { useEffect, useMemo } from 'react';
import { phraseKey } from '../editor/phrase-marks.ts';
import { useDraftLinks } from '../session/use-draft.tsx';

/** Marks in the text the words that the links of the clause under the caret are on. */
export function usePhraseMarks(editor: Editor | null, clauseId: string | null): void {
  const { byClause } = useDraftLinks();
  const links = clauseId === null ? undefined : byClause.get(clauseId);
  const names = useMemo(
    () => (links ?? []).flatMap(({ key, phrase }) => (phrase ? [key] : [])).join(' '),
    [links],
  );
  useEffect(() => {
    if (!editor) return;
    const shown = names === '' ? [] : names.split(' ');
    const before = phraseKey.getState(editor.state)?.shown ?? [];
    if (shown.length + before.length > 0) editor.view.dispatch(editor.state.tr.setMeta(phraseKey, { shown }));
  }, [editor, names]);
}
