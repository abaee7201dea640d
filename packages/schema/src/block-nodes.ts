import type { Node } from '@tiptap/pm/model';
import { type BlockKind, isBlockKind } from './blocks.ts';

/** A block node with its place: `pos` is before the node, `start` and `end` bound its content. */
export interface PlacedBlock {
  node: Node;
  index: number;
  pos: number;
  start: number;
  end: number;
  id: string | null;
  kind: BlockKind;
}

/** The kind stored on a block node; anything unknown reads as a paragraph. */
export function kindOf(node: Node): BlockKind {
  const kind: unknown = node.attrs.kind;
  return isBlockKind(kind) ? kind : 'paragraph';
}

/** The id stored on a block node, null while it has none. */
export function idOf(node: Node): string | null {
  const id: unknown = node.attrs.id;
  return typeof id === 'string' && id !== '' ? id : null;
}

/** Documents never change: what is found in one is kept as long as it is. */
const known = new WeakMap<Node, { blocks: readonly PlacedBlock[]; byId: Map<string, PlacedBlock> }>();

function blocksIn(doc: Node) {
  const found = known.get(doc);
  if (found) return found;
  const blocks: PlacedBlock[] = [];
  const byId = new Map<string, PlacedBlock>();
  doc.forEach((node, pos, index) => {
    const block: PlacedBlock = {
      node,
      index,
      pos,
      start: pos + 1,
      end: pos + node.nodeSize - 1,
      id: idOf(node),
      kind: kindOf(node),
    };
    blocks.push(block);
    if (block.id !== null && !byId.has(block.id)) byId.set(block.id, block);
  });
  const made = { blocks, byId };
  known.set(doc, made);
  return made;
}

/** All blocks of a document, in order. */
export function placedBlocks(doc: Node): readonly PlacedBlock[] {
  return blocksIn(doc).blocks;
}

/** The block with this id, or null. */
export function findBlock(doc: Node, id: string): PlacedBlock | null {
  return blocksIn(doc).byId.get(id) ?? null;
}

/** Index of the block that holds `pos`, in the document. */
export function blockIndexAt(doc: Node, pos: number): number {
  return doc.resolve(Math.max(0, Math.min(pos, doc.content.size))).index(0);
}
