import { type EditorState, Plugin, PluginKey, type Transaction } from '@tiptap/pm/state';
import { Decoration, DecorationSet } from '@tiptap/pm/view';
import type { Thread } from '@zerodraft/contract';
import { anchorsOf, blockIdAt, findBlock, isFromSharedState } from '@zerodraft/schema';
import type * as Y from 'yjs';
import { type Range, rangeByQuote, rangeOfThread } from './anchors.ts';

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
    if (range !== null && range.to <= state.doc.content.size)
      decorations.push(mark(thread.id, range, active));
  }
  return DecorationSet.create(state.doc, decorations);
}

function mark(threadId: string, { from, to }: Range, active: string | null): Decoration {
  const attributes = {
    class: threadId === active ? 'thread-mark thread-mark-active' : 'thread-mark',
    'data-thread': threadId,
  };
  return Decoration.inline(from, to, attributes, { threadId });
}

/** A local edit moves the marks; those whose text it took away and set down elsewhere (a moved clause) go along. */
function follow(tr: Transaction, value: HighlightState, state: EditorState, doc: Y.Doc): DecorationSet {
  const mapped = value.decorations.map(tr.mapping, tr.doc);
  if (tr.doc.childCount === tr.before.childCount && mapped.find().length === value.decorations.find().length)
    return mapped;
  const kept = rangesOf(mapped);
  const before = rangesOf(value.decorations);
  const carried: Decoration[] = [];
  for (const thread of value.threads) {
    if (thread.resolved || kept.has(thread.id)) continue;
    const range = sameTextElsewhere(tr, before.get(thread.id)) ?? rangeByQuote(state, doc, thread);
    if (range) carried.push(mark(thread.id, range, value.active));
  }
  return mapped.add(tr.doc, carried);
}

function sameTextElsewhere(tr: Transaction, range: Range | undefined): Range | null {
  const id = range && blockIdAt(tr.before, range.from);
  const [then, now] = id ? [findBlock(tr.before, id), findBlock(tr.doc, id)] : [];
  if (!range || !then || !now || then.node.textContent !== now.node.textContent) return null;
  const shift = now.start - then.start;
  return { from: range.from + shift, to: range.to + shift };
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
        return { ...value, decorations: follow(tr, value, state, doc) };
      },
    },
    view(view) {
      // Another's edit and the anchors it moved come in two updates: the marks are read anew after the second.
      // Never within a transaction: a dispatch before the editor has taken the same update's text in would write the
      // old text over it.
      const anchors = anchorsOf(doc);
      let moved = false;
      const note = (_event: unknown, { local }: Y.Transaction): void => {
        moved ||= !local;
      };
      const reread = (): void => {
        if (!moved) return;
        moved = false;
        view.dispatch(view.state.tr.setMeta(highlightKey, {}));
      };
      anchors.observe(note);
      doc.on('afterAllTransactions', reread);
      return {
        destroy: () => {
          anchors.unobserve(note);
          doc.off('afterAllTransactions', reread);
        },
      };
    },
    props: {
      decorations: (state) => highlightKey.getState(state)?.decorations ?? null,
    },
  });
}

/** Where the shown threads' marks stand. */
export function shownRanges(state: EditorState): Map<string, Range> {
  return rangesOf(highlightKey.getState(state)?.decorations ?? DecorationSet.empty);
}

function rangesOf(decorations: DecorationSet): Map<string, Range> {
  const ranges = new Map<string, Range>();
  for (const { from, to, spec } of decorations.find()) {
    const known = ranges.get(spec.threadId);
    ranges.set(spec.threadId, {
      from: Math.min(from, known?.from ?? from),
      to: Math.max(to, known?.to ?? to),
    });
  }
  return ranges;
}
