import { type EditorState, Plugin, PluginKey } from '@tiptap/pm/state';
import { Decoration, DecorationSet } from '@tiptap/pm/view';
import type { Thread } from '@zerodraft/contract';
import { isFromSharedState } from '@zerodraft/schema';
import type * as Y from 'yjs';
import { type Range, rangeOfThread } from './anchors.ts';

interface HighlightState {
  threads: readonly Thread[];
  active: string | null;
  decorations: DecorationSet;
}

export const highlightKey = new PluginKey<HighlightState>('threadHighlights');

/** Set as transaction meta: new threads, or another active one, or that anchors are to be read anew. */
export interface HighlightMeta {
  threads?: readonly Thread[];
  active?: string | null;
}

function decorate(
  state: EditorState,
  doc: Y.Doc,
  threads: readonly Thread[],
  active: string | null,
): DecorationSet {
  const decorations: Decoration[] = [];
  for (const thread of threads) {
    if (thread.resolved) continue;
    const range = rangeOfThread(state, doc, thread);
    if (range === null || range.to > state.doc.content.size) continue;
    const attributes = {
      class: thread.id === active ? 'thread-mark thread-mark-active' : 'thread-mark',
      'data-thread': thread.id,
    };
    decorations.push(Decoration.inline(range.from, range.to, attributes, { threadId: thread.id }));
  }
  return DecorationSet.create(state.doc, decorations);
}

/** Shows the text that open threads hang on; local edits move the marks, remote ones have them read anew. */
export function threadHighlights(doc: Y.Doc): Plugin<HighlightState> {
  return new Plugin<HighlightState>({
    key: highlightKey,
    state: {
      init: () => ({ threads: [], active: null, decorations: DecorationSet.empty }),
      apply(tr, value, _before, state) {
        const meta: HighlightMeta | undefined = tr.getMeta(highlightKey);
        if (meta || (tr.docChanged && isFromSharedState(tr))) {
          const threads = meta?.threads ?? value.threads;
          const active = meta?.active === undefined ? value.active : meta.active;
          return { threads, active, decorations: decorate(state, doc, threads, active) };
        }
        if (!tr.docChanged) return value;
        return { ...value, decorations: value.decorations.map(tr.mapping, tr.doc) };
      },
    },
    props: {
      decorations: (state) => highlightKey.getState(state)?.decorations ?? null,
    },
  });
}

/** Where the shown threads' marks stand. */
export function shownRanges(state: EditorState): Map<string, Range> {
  const ranges = new Map<string, Range>();
  for (const { from, to, spec } of highlightKey.getState(state)?.decorations.find() ?? []) {
    const known = ranges.get(spec.threadId);
    ranges.set(spec.threadId, {
      from: Math.min(from, known?.from ?? from),
      to: Math.max(to, known?.to ?? to),
    });
  }
  return ranges;
}
