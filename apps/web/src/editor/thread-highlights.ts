import type { Node } from '@tiptap/pm/model';
import { type EditorState, Plugin, PluginKey, type Transaction } from '@tiptap/pm/state';
import { Decoration, DecorationSet } from '@tiptap/pm/view';
import { isClosed, type Thread } from '@zerodraft/contract';
import {
  anchorsOf,
  carryRange,
  findBlock,
  isFromSharedState,
  placedBlocks,
  type TextRange,
} from '@zerodraft/schema';
import { LINK_ORIGIN } from '@zerodraft/trace';
import type * as Y from 'yjs';
import { positionsOf, type Range, rangesOfThreads, textRangeAt } from './anchors.ts';
import { type Sight, watchSight } from './sight.ts';

interface HighlightState {
  threads: readonly Thread[];
  active: string | null;
  decorations: DecorationSet;
  /** What of the document is in sight, with a margin; null before that was measured. */
  sight: Sight | null;
  /** The marks that are drawn: all, or of very many those in sight. */
  drawn: DecorationSet;
  /** The document and the marks before the newest edit made here. */
  before: { node: Node; decorations: DecorationSet } | null;
}

export const highlightKey = new PluginKey<HighlightState>('threadHighlights');

/** Set as transaction meta: new threads, or another active one, or that anchors are to be read anew. */
interface HighlightMeta {
  threads?: readonly Thread[];
  active?: string | null;
  sight?: Sight;
}

/** More threads than this are drawn only where they are in sight: each mark is an element, and overlapping ones many. */
const DRAWN_WHOLE = 150;

function drawnOf(
  node: Node,
  { threads, sight, decorations }: Pick<HighlightState, 'threads' | 'sight' | 'decorations'>,
): DecorationSet {
  if (threads.length <= DRAWN_WHOLE || sight === null) return decorations;
  return DecorationSet.create(node, decorations.find(sight.from, sight.to));
}

function marksOf(node: Node, doc: Y.Doc, threads: readonly Thread[], active: string | null): Decoration[] {
  const open = threads.filter((thread) => thread.kind === 'range' && !isClosed(thread));
  return [...rangesOfThreads(node, doc, open)].map(([threadId, range]) => mark(threadId, range, active));
}

/** Others' edits and undo come as a whole new document: marks in clauses that are as before stay, the rest are read anew. */
function takeIn(
  tr: Transaction,
  doc: Y.Doc,
  { threads, active, decorations }: HighlightState,
): DecorationSet {
  const marks: Decoration[] = [];
  const kept = new Set<string>();
  for (const then of placedBlocks(tr.before)) {
    const now = then.id === null ? null : findBlock(tr.doc, then.id);
    if (now?.node !== then.node) continue;
    const shift = now.start - then.start;
    for (const { from, to, spec } of decorations.find(then.start, then.end)) {
      if (from < then.start || to > then.end) continue;
      kept.add(spec.threadId);
      marks.push(mark(spec.threadId, { from: from + shift, to: to + shift }, active));
    }
  }
  const others = threads.filter(({ id }) => !kept.has(id));
  return DecorationSet.create(tr.doc, [...marks, ...marksOf(tr.doc, doc, others, active)]);
}

function mark(threadId: string, { from, to }: Range, active: string | null): Decoration {
  const attributes = {
    class: threadId === active ? 'thread-mark thread-mark-active' : 'thread-mark',
    'data-thread': threadId,
    // An element of its own: overlapping marks would else share one, and one thread of them be out of reach.
    nodeName: 'span',
  };
  return Decoration.inline(from, to, attributes, { threadId });
}

/** Typing within a clause: it carries no text elsewhere, and must stay cheap whatever is marked. */
export function isTyping(tr: Transaction): boolean {
  return tr.doc.childCount === tr.before.childCount && tr.steps.length === 1;
}

/** An edit made here moves the marks; those whose text it took away and set down elsewhere (a moved clause) go along. */
function follow(tr: Transaction, { decorations, active }: HighlightState): DecorationSet {
  const mapped = decorations.map(tr.mapping, tr.doc);
  if (isTyping(tr)) return mapped;
  const kept = rangesOf(mapped);
  const carried: Decoration[] = [];
  for (const [threadId, range] of rangesOf(decorations)) {
    if (kept.has(threadId)) continue;
    const text = textRangeAt(tr.before, range);
    const now = text && carryRange(tr.before, tr.doc, tr.mapping, text);
    const positions = now && positionsOf(tr.doc, now);
    if (positions) carried.push(mark(threadId, positions, active));
  }
  return mapped.add(tr.doc, carried);
}

/** Shows the text that open threads hang on; local edits move the marks, remote ones have them read anew. */
export function threadHighlights(doc: Y.Doc): Plugin<HighlightState> {
  return new Plugin<HighlightState>({
    key: highlightKey,
    state: {
      init: () => ({
        threads: [],
        active: null,
        decorations: DecorationSet.empty,
        sight: null,
        drawn: DecorationSet.empty,
        before: null,
      }),
      apply(tr, value) {
        const meta: HighlightMeta | undefined = tr.getMeta(highlightKey);
        if (meta?.sight) {
          const next = { ...value, sight: meta.sight };
          return { ...next, drawn: drawnOf(tr.doc, next) };
        }
        const sight = value.sight && {
          from: tr.mapping.map(value.sight.from, -1),
          to: tr.mapping.map(value.sight.to, 1),
        };
        if (meta) {
          const threads = meta.threads ?? value.threads;
          const active = meta.active === undefined ? value.active : meta.active;
          const decorations = DecorationSet.create(tr.doc, marksOf(tr.doc, doc, threads, active));
          const next = { ...value, threads, active, sight, decorations };
          return { ...next, drawn: drawnOf(tr.doc, next) };
        }
        if (!tr.docChanged) return value;
        if (isFromSharedState(tr)) {
          const next = { ...value, sight, decorations: takeIn(tr, doc, value) };
          return { ...next, drawn: drawnOf(tr.doc, next) };
        }
        // What the identity plugin appends belongs to the edit before it.
        const appended = tr.getMeta('appendedTransaction') !== undefined;
        const before = appended ? value.before : { node: tr.before, decorations: value.decorations };
        const decorations = follow(tr, value);
        const next = { ...value, before, sight, decorations };
        return {
          ...next,
          drawn: isTyping(tr) ? value.drawn.map(tr.mapping, tr.doc) : drawnOf(tr.doc, next),
        };
      },
    },
    view(view) {
      // Another's edit and the anchors it moved come in two updates: the marks are read anew after the second.
      // Never within a transaction: a dispatch before the editor has taken the same update's text in would write the
      // old text over it.
      const anchors = anchorsOf(doc);
      let moved = false;
      const note = (_event: unknown, { origin }: Y.Transaction): void => {
        // What an edit made here carried along is marked already.
        moved ||= origin !== LINK_ORIGIN;
      };
      const reread = (): void => {
        if (!moved) return;
        moved = false;
        view.dispatch(view.state.tr.setMeta(highlightKey, {}));
      };
      anchors.observe(note);
      doc.on('afterAllTransactions', reread);
      const stopWatching = watchSight(view, (sight) =>
        view.dispatch(view.state.tr.setMeta(highlightKey, { sight })),
      );
      return {
        destroy: () => {
          stopWatching();
          anchors.unobserve(note);
          doc.off('afterAllTransactions', reread);
        },
      };
    },
    props: {
      decorations: (state) => highlightKey.getState(state)?.drawn ?? null,
    },
  });
}

/** The newest edit made here: the document before it, and where the shown threads' texts stood there. */
export function beforeEdit(state: EditorState): { node: Node; ranges: Map<string, TextRange> } | null {
  const before = highlightKey.getState(state)?.before;
  if (!before) return null;
  const ranges = new Map<string, TextRange>();
  for (const [threadId, range] of rangesOf(before.decorations)) {
    const text = textRangeAt(before.node, range);
    if (text) ranges.set(threadId, text);
  }
  return { node: before.node, ranges };
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
