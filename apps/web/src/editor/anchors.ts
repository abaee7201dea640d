import type { EditorState } from '@tiptap/pm/state';
import {
  absolutePositionToRelativePosition,
  relativePositionToAbsolutePosition,
  ySyncPluginKey,
} from '@tiptap/y-tiptap';
import { type Anchor, anchor as anchorShape, type Thread } from '@zerodraft/contract';
import { anchorsOf, contentOf, findBlock } from '@zerodraft/schema';
import * as Y from 'yjs';

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

/** Where a thread's text is: by the anchor an edit gave it, its first anchor, or its quotation in its clause. */
export function rangeOfThread(state: EditorState, doc: Y.Doc, thread: Thread): Range | null {
  const moved = anchorShape.safeParse(anchorsOf(doc).get(thread.id));
  const range = rangeOfAnchor(state, doc, moved.success ? moved.data : thread.anchor);
  if (range !== null) return range;
  const block = findBlock(state.doc, thread.clauseId);
  const offset = block && thread.quote !== '' ? block.node.textContent.indexOf(thread.quote) : -1;
  return block && offset >= 0
    ? { from: block.start + offset, to: block.start + offset + thread.quote.length }
    : null;
}
