import * as Y from 'yjs';
import type { Block } from './blocks.ts';
import { readBlocks } from './shared-draft.ts';
import { anchorsOf, contentOf } from './shared-types.ts';

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

/** An anchor with the clause that its text begins in. */
export interface PlacedAnchor extends AnchorEnds {
  clauseId: string;
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
function placeOf(doc: Y.Doc, order: ReadonlyMap<unknown, number>, json: unknown, followUndone: boolean) {
  const position = Y.createRelativePositionFromJSON(json);
  // One that names no place at all; Yjs would throw.
  if (!position.item && !position.type && !position.tname) return null;
  const absolute = Y.createAbsolutePositionFromRelativePosition(position, doc, followUndone);
  if (absolute === null) return null;
  const { type, index: at } = absolute;
  const block = type instanceof Y.XmlText ? type.parent : type;
  if (!(block instanceof Y.XmlElement) || block.parent !== contentOf(doc)) return null;
  if (type._item?.deleted || block._item?.deleted) return null;
  const children = block.toArray();
  const within = type instanceof Y.XmlText ? children.indexOf(type) : at;
  const before = children.slice(0, within).reduce((sum, child) => sum + lengthOf(child), 0);
  const index = order.get(block) ?? -1;
  return { offset: before + (type instanceof Y.XmlText ? at : 0), index };
}

/**
 * Reads where anchored ranges are in the document as it is now.
 * @param followUndone whether characters that an undo here wrote again stand for the first ones: only this replica knows
 *   of them, so what all are to read alike goes without
 * @returns for an anchor its range; null when none of its text is left
 */
export function anchorReader(doc: Y.Doc, followUndone = true): (anchor: AnchorEnds) => TextRange | null {
  const blocks = contentOf(doc).toArray();
  const order = new Map<unknown, number>(blocks.map((block, index) => [block, index]));
  const idAt = (index: number): string => {
    const block = blocks[index];
    return block instanceof Y.XmlElement ? (block.getAttribute('id') ?? '') : '';
  };
  const sizeAt = (index: number): number => {
    const block = blocks[index];
    return block instanceof Y.XmlElement
      ? block.toArray().reduce((sum, child) => sum + lengthOf(child), 0)
      : 0;
  };
  return (anchor) => {
    const [start, end] = [
      placeOf(doc, order, anchor.start, followUndone),
      placeOf(doc, order, anchor.end, followUndone),
    ];
    if (start === null || end === null) return null;
    // What a split left at a block's edge when its first or last character went is no part of that block.
    while (start.index < end.index && start.offset >= sizeAt(start.index)) {
      start.index += 1;
      start.offset = 0;
    }
    while (end.index > start.index && end.offset === 0) {
      end.index -= 1;
      end.offset = sizeAt(end.index);
    }
    if (start.index > end.index || (start.index === end.index && start.offset >= end.offset)) return null;
    return {
      start: { clauseId: idAt(start.index), offset: start.offset },
      end: { clauseId: idAt(end.index), offset: end.offset },
    };
  };
}

/** The ranges of anchors, by their keys; what has no text left is left out. */
export function readRanges(
  doc: Y.Doc,
  anchors: ReadonlyMap<string, AnchorEnds>,
  followUndone = true,
): Map<string, TextRange> {
  const read = anchorReader(doc, followUndone);
  const ranges = new Map<string, TextRange>();
  for (const [key, anchor] of anchors) {
    const range = read(anchor);
    if (range) ranges.set(key, range);
  }
  return ranges;
}

/** Whether the character a relative position holds on to stands as it was written, not as an undo wrote it again. */
function isFirstHand(doc: Y.Doc, json: unknown): boolean {
  const { item } = Y.createRelativePositionFromJSON(json);
  if (item === null || item.clock >= Y.getState(doc.store, item.client)) return false;
  const held = Y.getItem(doc.store, item);
  return held instanceof Y.Item && !held.deleted;
}

/** Earlier anchors of a thread that are remembered, for undoing several steps. */
const REMEMBERED = 16;

function isAnchor(value: unknown): value is AnchorEnds {
  return typeof value === 'object' && value !== null && 'start' in value && 'end' in value;
}

/**
 * Where anchors are now: as the newest edit that carried their text wrote them into the document, else the first.
 * @param firsts the anchors that threads were made with, by the keys they have in `anchorsOf`
 */
export function currentAnchors(doc: Y.Doc, firsts: ReadonlyMap<string, AnchorEnds>): Map<string, AnchorEnds> {
  const moved = anchorsOf(doc);
  const current = new Map<string, AnchorEnds>();
  for (const [key, first] of firsts) {
    const newest = moved.get(key);
    current.set(key, isAnchor(newest) ? newest : first);
  }
  return current;
}

/** The draft before an undo, and what each range read there. */
interface Before {
  blocks: readonly Block[];
  ranges: ReadonlyMap<string, TextRange>;
}

/** Where a text stands, when it stands in the draft once only. */
function onlyPlaceOf(blocks: readonly Block[], text: string): TextRange | null {
  const whole = blocks.map((block) => block.text).join('\n');
  const at = text === '' ? -1 : whole.indexOf(text);
  if (at < 0 || whole.indexOf(text, at + 1) >= 0) return null;
  const placeAt = (position: number): Place | null => {
    let start = 0;
    for (const block of blocks) {
      if (position <= start + block.text.length) return { clauseId: block.id, offset: position - start };
      start += block.text.length + 1;
    }
    return null;
  };
  const [start, end] = [placeAt(at), placeAt(at + text.length)];
  return start && end && { start, end };
}

/**
 * New anchors after an undo or a redo here. An undo writes deleted text anew; only this replica knows which old
 * characters the new ones stand for, so it must tell the others. What it took away may be the very characters that
 * an edit since carried the anchor to: then an earlier anchor of the same thread is the one whose text is back. And
 * where an end held on to a character that was gone before, nothing of it is brought back: then it is the same place
 * in a block that reads as before, or the one place in the draft where the text stood and stands.
 * @param earlier anchors that edits gave to each key before, oldest first
 */
function renewAnchors(
  doc: Y.Doc,
  firsts: ReadonlyMap<string, AnchorEnds>,
  earlier: ReadonlyMap<string, readonly AnchorEnds[]>,
  before: Before,
): Map<string, PlacedAnchor> {
  const renewed = new Map<string, PlacedAnchor>();
  const read = anchorReader(doc);
  const blocks = readBlocks(doc);
  for (const [key, anchor] of currentAnchors(doc, firsts)) {
    if (isFirstHand(doc, anchor.start) && isFirstHand(doc, anchor.end)) continue;
    const then = before.ranges.get(key);
    const text = then && textOfRange(before.blocks, then);
    const known = [anchor, ...(earlier.get(key) ?? []).toReversed(), firsts.get(key) ?? anchor];
    const ranges = known.flatMap((candidate) => read(candidate) ?? []);
    if (then && text) {
      const once = onlyPlaceOf(before.blocks, text) && onlyPlaceOf(blocks, text);
      ranges.push(then, ...(once ? [once] : []));
    }
    const range = ranges.find((candidate) => textOfRange(blocks, candidate) === text) ?? read(anchor);
    const fresh = range && anchorRange(doc, range);
    if (fresh) renewed.set(key, { ...fresh, clauseId: range.start.clauseId });
  }
  return renewed;
}

/**
 * Keeps anchors on their text through this replica's undo and redo.
 * @param firsts the anchors that threads were made with, by the keys they have in `anchorsOf`
 * @param write takes the new ones for those that need one; it must write them with an origin that `undo` does not
 *   track, and is called once the undo is in the document
 * @returns stops it
 */
export function keepThroughUndo(
  doc: Y.Doc,
  undo: Y.UndoManager,
  firsts: () => ReadonlyMap<string, AnchorEnds>,
  write: (renewed: ReadonlyMap<string, PlacedAnchor>) => void,
): () => void {
  const earlier = new Map<string, AnchorEnds[]>();
  let before: Before | null = null;
  const remember = (key: string, anchor: unknown): void => {
    if (!isAnchor(anchor)) return;
    const known = earlier.get(key) ?? [];
    if (known.at(-1) !== anchor) earlier.set(key, [...known, anchor].slice(-REMEMBERED));
  };
  const onMoved = ({ changes }: Y.YMapEvent<unknown>): void => {
    for (const [key, { oldValue }] of changes.keys) remember(key, oldValue);
  };
  const onBegin = (transaction: Y.Transaction): void => {
    if (transaction.origin !== undo) return;
    const now = currentAnchors(doc, firsts());
    for (const [key, anchor] of now) remember(key, anchor);
    before = { blocks: readBlocks(doc), ranges: readRanges(doc, now) };
  };
  const onUndone = (): void => {
    if (before === null) return;
    const renewed = renewAnchors(doc, firsts(), earlier, before);
    before = null;
    if (renewed.size > 0) write(renewed);
  };
  const moved = anchorsOf(doc);
  moved.observe(onMoved);
  doc.on('beforeTransaction', onBegin);
  undo.on('stack-item-popped', onUndone);
  return () => {
    moved.unobserve(onMoved);
    doc.off('beforeTransaction', onBegin);
    undo.off('stack-item-popped', onUndone);
  };
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
