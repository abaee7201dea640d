import type { EditorState } from '@tiptap/pm/state';
import {
  absolutePositionToRelativePosition,
  relativePositionToAbsolutePosition,
  ySyncPluginKey,
} from '@tiptap/y-tiptap';
import { type Anchor, anchor as anchorShape, type Thread } from '@zerodraft/contract';
import { contentOf, findBlock } from '@zerodraft/schema';
import * as Y from 'yjs';
import { clauseOfThread, movedAnchorOf } from '../session/moved-anchors.ts';

export interface Range {
  from: number;
  to: number;
}

interface Binding {
  mapping: Parameters<typeof absolutePositionToRelativePosition>[2];
}

function bindingOf(state: EditorState): Binding | null {
  const sync: { binding?: Binding | null } | undefined = ySyncPluginKey.getState(state);
  return sync?.binding ?? null;
}

/** Anchors a range of the editor's text in the shared document; null before the editor is bound to it. */
export function anchorOf(state: EditorState, doc: Y.Doc, { from, to }: Range): Anchor | null {
  const binding = bindingOf(state);
  if (binding === null) return null;
  const at = (pos: number): unknown =>
    Y.relativePositionToJSON(absolutePositionToRelativePosition(pos, contentOf(doc), binding.mapping));
  const parsed = anchorShape.safeParse({ start: at(from), end: at(to) });
  return parsed.success ? parsed.data : null;
}

/** Where an anchor's text is now; null when none of it is left. */
export function rangeOfAnchor(state: EditorState, doc: Y.Doc, anchor: Anchor): Range | null {
  const binding = bindingOf(state);
  if (binding === null) return null;
  const at = (json: unknown): number | null =>
    relativePositionToAbsolutePosition(
      doc,
      contentOf(doc),
      Y.createRelativePositionFromJSON(json),
      binding.mapping,
    );
  const from = at(anchor.start);
  const to = at(anchor.end);
  return from !== null && to !== null && from < to ? { from, to } : null;
}

/** Where a thread's text is by its anchor: the one an edit gave it, else its first. */
export function rangeByAnchor(state: EditorState, doc: Y.Doc, thread: Thread): Range | null {
  const moved = movedAnchorOf(doc, thread.id);
  return rangeOfAnchor(state, doc, moved ?? thread.anchor);
}

/** Where a thread's text is by its quotation, in its clause. */
export function rangeByQuote(state: EditorState, doc: Y.Doc, thread: Thread): Range | null {
  const block = findBlock(state.doc, clauseOfThread(doc, thread));
  const offset = block && thread.quote !== '' ? block.node.textContent.indexOf(thread.quote) : -1;
  return block && offset >= 0
    ? { from: block.start + offset, to: block.start + offset + thread.quote.length }
    : null;
}

/** Where a thread's text is: by anchor, or by its quotation when the anchored characters are gone. */
export function rangeOfThread(state: EditorState, doc: Y.Doc, thread: Thread): Range | null {
  return rangeByAnchor(state, doc, thread) ?? rangeByQuote(state, doc, thread);
}
