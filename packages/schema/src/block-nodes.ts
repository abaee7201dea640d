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

/** All blocks of a document, in order. */
export function placedBlocks(doc: Node): PlacedBlock[] {
  const blocks: PlacedBlock[] = [];
  doc.forEach((node, pos, index) => {
    blocks.push({
      node,
      index,
      pos,
      start: pos + 1,
      end: pos + node.nodeSize - 1,
      id: idOf(node),
      kind: kindOf(node),
    });
  });
  return blocks;
}

/** The block with this id, or null. */
export function findBlock(doc: Node, id: string): PlacedBlock | null {
  return placedBlocks(doc).find((block) => block.id === id) ?? null;
}

/** Index of the block that holds `pos`, in the document. */
export function blockIndexAt(doc: Node, pos: number): number {
  return doc.resolve(Math.max(0, Math.min(pos, doc.content.size))).index(0);
}

/** Id of the block that holds `pos`, or null. */
export function blockIdAt(doc: Node, pos: number): string | null {
  const block = doc.maybeChild(blockIndexAt(doc, pos));
  return block === null ? null : idOf(block);
}
