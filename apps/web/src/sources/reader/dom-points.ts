import type { Point } from './passages.ts';

/** Marks the element that holds a paragraph's text and nothing else. */
export const TEXT = 'data-text';

const numberOf = (element: Element): number => Number(element.getAttribute(TEXT));

/**
 * The place in the paragraphs that a place in the page is: between paragraphs, it is the beginning of the next.
 * @returns null when it is outside of `root`
 */
export function pointAt(root: Element, node: Node, offset: number): Point | null {
  if (!root.contains(node)) return null;
  const range = document.createRange();
  const own = (node instanceof Element ? node : node.parentElement)?.closest(`[${TEXT}]`);
  if (own) {
    range.setStart(own, 0);
    range.setEnd(node, offset);
    return { n: numberOf(own), offset: range.toString().length };
  }
  let last: Element | null = null;
  for (const text of root.querySelectorAll(`[${TEXT}]`)) {
    range.selectNodeContents(text);
    if (range.comparePoint(node, offset) <= 0) return { n: numberOf(text), offset: 0 };
    last = text;
  }
  return last && { n: numberOf(last), offset: last.textContent?.length ?? 0 };
}

/** The place in the page of a place in the paragraphs; null while that is not drawn. */
export function placeInPage(root: Element, { n, offset }: Point): [Node, number] | null {
  const text = root.querySelector(`[${TEXT}="${n}"]`);
  if (!text) return null;
  const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
  let rest = offset;
  let last: Node | null = null;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const { length } = node.nodeValue ?? '';
    if (rest <= length) return [node, rest];
    rest -= length;
    last = node;
  }
  return last && [last, last.nodeValue?.length ?? 0];
}
