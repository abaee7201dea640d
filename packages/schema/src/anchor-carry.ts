import type { Node } from '@tiptap/pm/model';
import type { Mapping } from '@tiptap/pm/transform';
import type * as Y from 'yjs';
import {
  type AnchorEnds,
  anchorRange,
  anchorReader,
  type Place,
  type PlacedAnchor,
  type TextRange,
} from './anchors.ts';
import { blockIndexAt, findBlock, placedBlocks } from './block-nodes.ts';

/** Where a place is in the editor's document; null when its clause is not there. A line break is one position, as in the text. */
export function positionOf(doc: Node, { clauseId, offset }: Place): number | null {
  const block = findBlock(doc, clauseId);
  return block && Math.min(block.start + offset, block.end);
}

/** The place at a position of the editor's document; null outside of a block with an id. */
export function placeAt(doc: Node, pos: number): Place | null {
  const block = placedBlocks(doc)[blockIndexAt(doc, pos)];
  return block?.id ? { clauseId: block.id, offset: Math.max(0, pos - block.start) } : null;
}

/** Where a place is after an edit: where it was in a block that has its text still, wherever that stands now; else by the map. */
function carryPlace(before: Node, after: Node, mapping: Mapping, place: Place, side: 1 | -1): Place | null {
  const [then, now] = [findBlock(before, place.clauseId), findBlock(after, place.clauseId)];
  if (then === null) return null;
  if (then.node === now?.node || then.node.textContent === now?.node.textContent) return place;
  return placeAt(after, mapping.map(Math.min(then.start + place.offset, then.end), side));
}

/**
 * Where a range's text is after a local edit, which may have written it anew elsewhere (a split, a join, a move).
 * Where a move parted it, it goes with its beginning.
 * @param mapping the edit's position map
 * @returns null when none of it is left
 */
export function carryRange(before: Node, after: Node, mapping: Mapping, range: TextRange): TextRange | null {
  const start = carryPlace(before, after, mapping, range.start, 1);
  const end = carryPlace(before, after, mapping, range.end, -1);
  if (start === null || end === null) return null;
  const [from, to] = [positionOf(after, start), positionOf(after, end)];
  if (from === null || to === null) return null;
  if (from < to) return { start, end };
  const home = start.clauseId === end.clauseId ? null : findBlock(after, start.clauseId);
  return home && from < home.end ? { start, end: { ...start, offset: home.end - home.start } } : null;
}

const samePlace = (a: Place, b: Place): boolean => a.clauseId === b.clauseId && a.offset === b.offset;

/**
 * New anchors for ranges whose text a local edit wrote anew elsewhere; called once the edit is in the shared document.
 * @param ranges where the ranges were before the edit
 * @param anchorOf the anchor a range has now
 * @returns by the ranges' keys, the new anchor and the clause it begins in; only for those that need one
 */
export function carryAnchors(
  doc: Y.Doc,
  edit: { before: Node; after: Node; mapping: Mapping },
  ranges: ReadonlyMap<string, TextRange>,
  anchorOf: (key: string) => AnchorEnds | null,
): Map<string, PlacedAnchor> {
  const carried = new Map<string, PlacedAnchor>();
  const read = anchorReader(doc);
  for (const [key, range] of ranges) {
    const now = carryRange(edit.before, edit.after, edit.mapping, range);
    if (now === null) continue;
    const anchor = anchorOf(key);
    const anchored = anchor && read(anchor);
    if (anchored && samePlace(anchored.start, now.start) && samePlace(anchored.end, now.end)) continue;
    const fresh = anchorRange(doc, now);
    if (fresh) carried.set(key, { ...fresh, clauseId: now.start.clauseId });
  }
  return carried;
}
