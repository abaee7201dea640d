import * as Y from 'yjs';
import { contentOf } from './shared-types.ts';

/** A place in the text: between two characters of a block. `offset` counts as in `readBlocks`: a line break is one. */
export interface Place {
  clauseId: string;
  offset: number;
}

/** A piece of the text, from one place to a later one; over several blocks when a split went through it. */
export interface TextRange {
  start: Place;
  end: Place;
}

/** The ends of a range in the shared document, as JSON: they hold on to the first and the last character of it. */
export interface AnchorEnds {
  start: unknown;
  end: unknown;
}

const isBreak = (child: unknown): boolean => child instanceof Y.XmlElement && child.nodeName === 'hardBreak';
const lengthOf = (child: unknown): number =>
  child instanceof Y.XmlText ? child.length : isBreak(child) ? 1 : 0;

function blockOf(doc: Y.Doc, clauseId: string): Y.XmlElement | null {
  for (const child of contentOf(doc).toArray())
    if (child instanceof Y.XmlElement && child.getAttribute('id') === clauseId) return child;
  return null;
}

/** A relative position that holds on to the character at an offset: from before it, or from behind it. */
function hold(block: Y.XmlElement, offset: number, side: 'before' | 'behind'): Y.RelativePosition | null {
  let start = 0;
  for (const [index, child] of block.toArray().entries()) {
    const end = start + lengthOf(child);
    if (offset < end) {
      const [type, at] = child instanceof Y.XmlText ? [child, offset - start] : [block, index];
      return side === 'before'
        ? Y.createRelativePositionFromTypeIndex(type, at, 0)
        : Y.createRelativePositionFromTypeIndex(type, at + 1, -1);
    }
    start = end;
  }
  return null;
}

/**
 * Anchors a range in the shared document, so that it can be found again after any edit.
 * @returns null when the range is empty, or not in the document
 */
export function anchorRange(doc: Y.Doc, { start, end }: TextRange): AnchorEnds | null {
  const [first, last] = [blockOf(doc, start.clauseId), blockOf(doc, end.clauseId)];
  if (first === null || last === null || end.offset < 1) return null;
  const [from, to] = [hold(first, start.offset, 'before'), hold(last, end.offset - 1, 'behind')];
  return from && to && { start: Y.relativePositionToJSON(from), end: Y.relativePositionToJSON(to) };
}

/** Where a relative position of `anchorRange` is now; null when its block is gone. */
function placeOf(doc: Y.Doc, order: ReadonlyMap<unknown, number>, json: unknown) {
  const absolute = Y.createAbsolutePositionFromRelativePosition(Y.createRelativePositionFromJSON(json), doc);
  if (absolute === null) return null;
  const { type, index: at } = absolute;
  const block = type instanceof Y.XmlText ? type.parent : type;
  if (!(block instanceof Y.XmlElement) || block.parent !== contentOf(doc)) return null;
  if (type._item?.deleted || block._item?.deleted) return null;
  const children = block.toArray();
  const within = type instanceof Y.XmlText ? children.indexOf(type) : at;
  const before = children.slice(0, within).reduce((sum, child) => sum + lengthOf(child), 0);
  const index = order.get(block) ?? -1;
  const clauseId = block.getAttribute('id') ?? '';
  return { clauseId, offset: before + (type instanceof Y.XmlText ? at : 0), index };
}

/**
 * Reads where anchored ranges are in the document as it is now.
 * @returns for an anchor its range; null when none of its text is left
 */
export function anchorReader(doc: Y.Doc): (anchor: AnchorEnds) => TextRange | null {
  const order = new Map<unknown, number>(
    contentOf(doc)
      .toArray()
      .map((block, index) => [block, index]),
  );
  return (anchor) => {
    const [start, end] = [placeOf(doc, order, anchor.start), placeOf(doc, order, anchor.end)];
    if (start === null || end === null) return null;
    const forward = start.index < end.index || (start.index === end.index && start.offset < end.offset);
    if (!forward) return null;
    return {
      start: { clauseId: start.clauseId, offset: start.offset },
      end: { clauseId: end.clauseId, offset: end.offset },
    };
  };
}

/** Whether the character a relative position holds on to stands as it was written, not as an undo wrote it again. */
function isFirstHand(doc: Y.Doc, json: unknown): boolean {
  const { item } = Y.createRelativePositionFromJSON(json);
  if (item === null || item.clock >= Y.getState(doc.store, item.client)) return false;
  const held = Y.getItem(doc.store, item);
  return held instanceof Y.Item && !held.deleted;
}

/**
 * New anchors after an undo or a redo here. An undo writes deleted text anew; only this replica knows which old
 * characters the new ones stand for, so it must tell the others.
 * @returns by the anchors' keys, the new anchor and the clause it begins in; only for those that need one
 */
export function renewAnchors(
  doc: Y.Doc,
  anchors: ReadonlyMap<string, AnchorEnds>,
): Map<string, AnchorEnds & { clauseId: string }> {
  const renewed = new Map<string, AnchorEnds & { clauseId: string }>();
  const read = anchorReader(doc);
  for (const [key, anchor] of anchors) {
    if (isFirstHand(doc, anchor.start) && isFirstHand(doc, anchor.end)) continue;
    const range = read(anchor);
    const fresh = range && anchorRange(doc, range);
    if (range && fresh) renewed.set(key, { ...fresh, clauseId: range.start.clauseId });
  }
  return renewed;
}

/** The text of a range, its blocks divided by line breaks. */
export function textOfRange(blocks: readonly { id: string; text: string }[], range: TextRange): string {
  const first = blocks.findIndex(({ id }) => id === range.start.clauseId);
  const last = blocks.findIndex(({ id }) => id === range.end.clauseId);
  if (first < 0 || last < first) return '';
  return blocks
    .slice(first, last + 1)
    .map(({ text }, index) => {
      const to = first + index === last ? range.end.offset : text.length;
      return text.slice(index === 0 ? range.start.offset : 0, to);
    })
    .join('\n');
}
