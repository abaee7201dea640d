import type { Node } from '@tiptap/pm/model';
import { type EditorState, Plugin, PluginKey } from '@tiptap/pm/state';
import { Decoration, DecorationSet } from '@tiptap/pm/view';
import { isFromSharedState, type TextRange } from '@zerodraft/schema';
import { LINK_ORIGIN, phraseRanges } from '@zerodraft/trace';
import type * as Y from 'yjs';
import { positionsOf } from './anchors.ts';
import { isTyping } from './thread-highlights.ts';

interface PhraseState {
  /** Keys of the links whose phrases are marked. */
  shown: readonly string[];
  decorations: DecorationSet;
  /** The document and where phrases stood in it before the newest edit here that may have carried text elsewhere. */
  before: { node: Node; ranges: ReadonlyMap<string, TextRange> } | null;
}

export const phraseKey = new PluginKey<PhraseState>('phraseMarks');

/** Set as transaction meta: other links' phrases are to be marked, or the same to be read anew. */
interface PhraseMeta {
  shown?: readonly string[];
}

function marksOf(node: Node, doc: Y.Doc, shown: readonly string[]): DecorationSet {
  if (shown.length === 0) return DecorationSet.empty;
  const ranges = phraseRanges(doc, new Set(shown));
  const marks = [...ranges].flatMap(([key, range]) => {
    const positions = positionsOf(node, range);
    if (!positions) return [];
    const attributes = { class: 'phrase-mark', nodeName: 'span', 'data-link': key, title: 'Linked words' };
    return [Decoration.inline(positions.from, positions.to, attributes, { key })];
  });
  return DecorationSet.create(node, marks);
}

/** Marks the words that some links are on, and knows where all such words stood before an edit that may carry them. */
export function phraseMarks(doc: Y.Doc): Plugin<PhraseState> {
  return new Plugin<PhraseState>({
    key: phraseKey,
    state: {
      init: () => ({ shown: [], decorations: DecorationSet.empty, before: null }),
      apply(tr, value) {
        const meta: PhraseMeta | undefined = tr.getMeta(phraseKey);
        if (meta) {
          const shown = meta.shown ?? value.shown;
          return { ...value, shown, decorations: marksOf(tr.doc, doc, shown) };
        }
        if (!tr.docChanged) return value;
        if (isFromSharedState(tr))
          return { ...value, before: null, decorations: marksOf(tr.doc, doc, value.shown) };
        const decorations = value.decorations.map(tr.mapping, tr.doc);
        // What the identity plugin appends belongs to the edit before it.
        if (tr.getMeta('appendedTransaction') !== undefined) return { ...value, decorations };
        // The shared document is as before this edit until the editor has drawn it.
        const before = isTyping(tr) ? null : { node: tr.before, ranges: phraseRanges(doc) };
        return { ...value, decorations, before };
      },
    },
    view(view) {
      // Marks are read anew once a change of anchors or links is whole; a dispatch within it would disturb the editor.
      let moved = false;
      const note = (transaction: Y.Transaction): void => {
        const { shown } = phraseKey.getState(view.state) ?? { shown: [] };
        moved ||= shown.length > 0 && transaction.origin === LINK_ORIGIN;
      };
      const reread = (): void => {
        if (!moved) return;
        moved = false;
        view.dispatch(view.state.tr.setMeta(phraseKey, {}));
      };
      doc.on('afterTransaction', note);
      doc.on('afterAllTransactions', reread);
      return {
        destroy: () => {
          doc.off('afterTransaction', note);
          doc.off('afterAllTransactions', reread);
        },
      };
    },
    props: { decorations: (state) => phraseKey.getState(state)?.decorations ?? null },
  });
}

/** Where phrases stood before the newest edit here; null when it carried nothing. */
export function beforePhrases(
  state: EditorState,
): { node: Node; ranges: ReadonlyMap<string, TextRange> } | null {
  return phraseKey.getState(state)?.before ?? null;
}
