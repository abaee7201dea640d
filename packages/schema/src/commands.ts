import type { Node } from '@tiptap/pm/model';
import { type Command, type EditorState, TextSelection, type Transaction } from '@tiptap/pm/state';
import { findBlock, kindOf, type PlacedBlock, placedBlocks } from './block-nodes.ts';
import { type BlockKind, depthOf, endOfGroup, followingKind, indentedKind, outdentedKind } from './blocks.ts';

/** The blocks that the selection touches. */
export function selectedBlocks(state: EditorState): PlacedBlock[] {
  const { $from, $to } = state.selection;
  return placedBlocks(state.doc).slice($from.index(0), $to.index(0) + 1);
}

function setKinds(tr: Transaction, changes: readonly { pos: number; kind: BlockKind }[]): Transaction {
  for (const { pos, kind } of changes) tr.setNodeAttribute(pos, 'kind', kind);
  return tr;
}

/** A text selection inside one block, or null (the commands then leave the key to the editor). */
function caretBlock(state: EditorState): PlacedBlock | null {
  const { selection } = state;
  if (!(selection instanceof TextSelection) || !selection.empty) return null;
  return selectedBlocks(state)[0] ?? null;
}

/**
 * Enter, as Word users expect: splits a clause (the first half keeps kind and identity), opens the next one
 * at its end, steps out of an empty item, and at the very start of a clause opens an empty one above it.
 */
export const splitBlock: Command = (state, dispatch) => {
  const tr = state.tr;
  if (!state.selection.empty) tr.deleteSelection();
  const $pos = tr.selection.$from;
  const block = $pos.parent;
  if ($pos.depth !== 1) return false;
  const kind = kindOf(block);
  const pos = $pos.before(1);
  if (block.content.size === 0 && kind !== 'title' && kind !== 'paragraph') {
    if (dispatch)
      dispatch(setKinds(tr, [{ pos, kind: outdentedKind(kind) ?? 'paragraph' }]).scrollIntoView());
    return true;
  }
  const next = followingKind(kind);
  if ($pos.parentOffset === 0 && block.content.size > 0) {
    // A title has nothing above it.
    if (kind !== 'title' && dispatch) {
      dispatch(tr.insert(pos, block.type.create({ id: null, kind: next })).scrollIntoView());
    }
    return true;
  }
  if (dispatch) {
    tr.split($pos.pos, 1, [{ type: block.type, attrs: { id: null, kind: next } }]);
    dispatch(tr.scrollIntoView());
  }
  return true;
};

/** Backspace at the start of a block: first takes its number's level away, then joins it to the block above. */
export const joinBlockBackward: Command = (state, dispatch) => {
  const block = caretBlock(state);
  if (block === null || state.selection.$from.parentOffset !== 0) return false;
  if (block.kind === 'title') return true;
  if (block.kind !== 'paragraph') {
    const kind = outdentedKind(block.kind) ?? 'paragraph';
    if (dispatch) dispatch(setKinds(state.tr, [{ pos: block.pos, kind }]).scrollIntoView());
    return true;
  }
  const above = state.doc.child(block.index - 1);
  if (dispatch) dispatch(joinAt(state.tr, above, block.pos).scrollIntoView());
  return true;
};

/** Delete at the end of a block: draws the block below into it. */
export const joinBlockForward: Command = (state, dispatch) => {
  const block = caretBlock(state);
  if (block === null || state.selection.$from.parentOffset !== block.node.content.size) return false;
  if (block.index + 1 >= state.doc.childCount) return true;
  if (dispatch) dispatch(joinAt(state.tr, block.node, block.end + 1).scrollIntoView());
  return true;
};

/** Joins the blocks around `pos`; an empty upper block that is not the title goes, so the text keeps its identity. */
function joinAt(tr: Transaction, above: Node, pos: number): Transaction {
  if (above.content.size === 0 && kindOf(above) !== 'title') return tr.delete(pos - above.nodeSize, pos);
  return tr.join(pos);
}

/** Tab: one level in, at most one deeper than the block above. Always takes the key in the text. */
export const indentBlocks: Command = (state, dispatch) => {
  const kinds = placedBlocks(state.doc).map((block) => block.kind);
  const changes: { pos: number; kind: BlockKind }[] = [];
  for (const block of selectedBlocks(state)) {
    const kind = indentedKind(block.kind);
    const above = kinds[block.index - 1];
    if (kind === null || above === undefined || above === 'title' || above === 'section') continue;
    if (kind === 'subitem' && above !== 'item' && above !== 'subitem') continue;
    kinds[block.index] = kind;
    changes.push({ pos: block.pos, kind });
  }
  if (dispatch && changes.length > 0) dispatch(setKinds(state.tr, changes).scrollIntoView());
  return true;
};

/** Shift-Tab: one level out. Always takes the key in the text. */
export const outdentBlocks: Command = (state, dispatch) => {
  const changes: { pos: number; kind: BlockKind }[] = [];
  for (const { kind, pos } of selectedBlocks(state)) {
    const outer = outdentedKind(kind);
    if (outer !== null) changes.push({ pos, kind: outer });
  }
  if (dispatch && changes.length > 0) dispatch(setKinds(state.tr, changes).scrollIntoView());
  return true;
};

/** Makes the selected blocks (never the title) sections, objectives, paragraphs, items or sub-items. */
export function setBlockKind(kind: Exclude<BlockKind, 'title'>): Command {
  return (state, dispatch) => {
    const blocks = selectedBlocks(state).filter((block) => block.kind !== 'title');
    if (blocks.length === 0) return false;
    if (dispatch)
      dispatch(
        setKinds(
          state.tr,
          blocks.map(({ pos }) => ({ pos, kind })),
        ).scrollIntoView(),
      );
    return true;
  };
}

/**
 * Moves the block under the caret, with the deeper blocks below it, past its neighbour.
 * @param direction -1 up, 1 down
 */
export function moveBlock(direction: -1 | 1): Command {
  return (state, dispatch) => {
    const { $from } = state.selection;
    const blocks = placedBlocks(state.doc);
    const kinds = blocks.map((block) => block.kind);
    const first = blocks[$from.index(0)];
    if (first === undefined || first.kind === 'title') return false;
    const end = endOfGroup(kinds, first.index);
    const target = direction === -1 ? targetAbove(kinds, first.index) : targetBelow(kinds, first.index, end);
    if (target < 1) return false;
    if (!dispatch) return true;
    const from = first.pos;
    const to = blocks[end]?.pos ?? state.doc.content.size;
    const goal = blocks[target]?.pos ?? state.doc.content.size;
    const nodes = blocks.slice(first.index, end).map((block) => block.node);
    const tr = state.tr.delete(from, to);
    const at = tr.mapping.map(goal);
    tr.insert(at, nodes);
    tr.setSelection(TextSelection.create(tr.doc, at + ($from.pos - from)));
    dispatch(tr.scrollIntoView());
    return true;
  };
}

/** Index of the block before which a group moves up: its nearest predecessor that is no deeper. */
function targetAbove(kinds: readonly BlockKind[], index: number): number {
  const depth = depthOf(kinds[index] ?? 'title');
  let above = index - 1;
  while (above > 0 && depthOf(kinds[above] ?? 'title') > depth) above -= 1;
  return above;
}

/** Index of the block before which a group ending at `end` moves down: past its sibling, or just below a heading. */
function targetBelow(kinds: readonly BlockKind[], index: number, end: number): number {
  const next = kinds[end];
  if (next === undefined) return -1;
  return depthOf(next) < depthOf(kinds[index] ?? 'title') ? end + 1 : endOfGroup(kinds, end);
}

/** Deletes the block with this id and nothing else. The title stays. */
export function deleteBlock(id: string): Command {
  return (state, dispatch) => {
    const block = findBlock(state.doc, id);
    if (block === null || block.kind === 'title') return false;
    if (dispatch) dispatch(state.tr.delete(block.pos, block.pos + block.node.nodeSize));
    return true;
  };
}
