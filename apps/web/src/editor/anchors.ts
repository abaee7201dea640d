import type { Node } from '@tiptap/pm/model';
import { type Anchor, anchor as anchorShape, type Thread } from '@zerodraft/contract';
import { anchorRange, findBlock, placeAt, positionOf, readRanges, type TextRange } from '@zerodraft/schema';
import type * as Y from 'yjs';
import { anchorsOfThreads, clauseOfThread } from '../session/moved-anchors.ts';

export interface Range {
  from: number;
  to: number;
}

/** Where a range of the text is in the editor's document; null when nothing of it is there. */
export function positionsOf(node: Node, { start, end }: TextRange): Range | null {
  const [from, to] = [positionOf(node, start), positionOf(node, end)];
  return from !== null && to !== null && from < to ? { from, to } : null;
}

/** The range of the text between two positions of the editor's document. */
export function textRangeAt(node: Node, { from, to }: Range): TextRange | null {
  const [start, end] = [placeAt(node, from), placeAt(node, to)];
  return start && end && { start, end };
}

/** Anchors a range of the editor's text in the shared document; null when it is empty or in no clause. */
export function anchorOf(node: Node, doc: Y.Doc, range: Range): Anchor | null {
  const text = textRangeAt(node, range);
  const parsed = anchorShape.safeParse(text && anchorRange(doc, text));
  return parsed.success ? parsed.data : null;
}

/** Where a thread's text is by its quotation, when that stands once in its clause. */
function rangeByQuote(node: Node, doc: Y.Doc, thread: Thread): Range | null {
  const block = findBlock(node, clauseOfThread(doc, thread));
  const text = block?.node.textContent ?? '';
  const offset = thread.quote === '' ? -1 : text.indexOf(thread.quote);
  if (block === null || offset < 0 || text.includes(thread.quote, offset + 1)) return null;
  return { from: block.start + offset, to: block.start + offset + thread.quote.length };
}

/** Where threads' texts are: by anchor, or by quotation when the anchored characters are gone. */
export function rangesOfThreads(node: Node, doc: Y.Doc, threads: readonly Thread[]): Map<string, Range> {
  const anchored = readRanges(doc, anchorsOfThreads(doc, threads));
  const ranges = new Map<string, Range>();
  for (const thread of threads) {
    const text = anchored.get(thread.id);
    const range = (text && positionsOf(node, text)) ?? rangeByQuote(node, doc, thread);
    if (range) ranges.set(thread.id, range);
  }
  return ranges;
}
