import type { BlockKind } from './blocks.ts';
import { type PreviousNumber, readTypedNumber } from './typed-number.ts';

const HEADINGS = new Set(['H1', 'H2', 'H3', 'H4', 'H5', 'H6']);
const BLOCK_TAGS = new Set([
  ...HEADINGS,
  ...['P', 'LI', 'UL', 'OL', 'DIV', 'SECTION', 'ARTICLE', 'MAIN', 'HEADER', 'FOOTER', 'BLOCKQUOTE', 'PRE'],
  ...['TABLE', 'TBODY', 'THEAD', 'TR', 'TD', 'TH', 'DL', 'DT', 'DD', 'BODY', 'FIGURE', 'FIGCAPTION', 'HR'],
]);
const DROPPED_TAGS = new Set([
  'SCRIPT',
  'STYLE',
  'TEMPLATE',
  'TITLE',
  'META',
  'LINK',
  'IFRAME',
  'OBJECT',
  'SVG',
  'IMG',
  'BUTTON',
]);

interface Piece {
  kind: BlockKind | null;
  element: HTMLElement;
}

/** By node type: the parser's document may belong to another window, where `instanceof` fails. */
function isElement(node: Node): node is Element {
  return node.nodeType === 1;
}

/** Word writes list paragraphs as `mso-list:l0 level2 lfo1`; 0 when the paragraph is no list item. */
function wordListLevel(element: Element): number {
  const match = /mso-list:\s*\S+\s+level(\d)/i.exec(element.getAttribute('style') ?? '');
  return match ? Number(match[1]) : 0;
}

function isWordListMarker(element: Element): boolean {
  return /mso-list:\s*ignore/i.test(element.getAttribute('style') ?? '');
}

/**
 * Turns pasted HTML (Word, a web page, another editor) into a flat list of the draft's blocks.
 *
 * Word's list markers and numbers typed in the text become kinds; lists become items and sub-items, headings
 * sections; tables one paragraph per cell. Scripts, styles, images and every attribute go.
 *
 * @param html as it stood on the clipboard
 * @param parse the platform's HTML parser (an inert document: nothing in it runs or loads)
 * @returns HTML of `p`, `h2` and `h3` elements with `data-kind` where the source tells one
 */
export function flattenPastedHtml(html: string, parse: (html: string) => Document): string {
  const source = parse(html);
  const target = parse('');
  const pieces: Piece[] = [];
  let current: Piece | null = null;

  const close = (): void => {
    current = null;
  };
  const open = (kind: BlockKind | null): Piece => {
    const piece = { kind, element: target.createElement('p') };
    pieces.push(piece);
    current = piece;
    return piece;
  };

  const walk = (node: Node, listDepth: number, kind: BlockKind | null, marks: readonly string[]): void => {
    for (const child of Array.from(node.childNodes)) {
      if (child.nodeType === 3) {
        const text = (child.textContent ?? '').replace(/[ \t\r\n]+/g, ' ');
        if (text === '' || (text === ' ' && current === null)) continue;
        let parent: HTMLElement = (current ?? open(kind)).element;
        for (const mark of marks) parent = parent.appendChild(target.createElement(mark));
        parent.appendChild(target.createTextNode(text));
        continue;
      }
      if (!isElement(child)) continue;
      const element = child;
      const tag = element.tagName.toUpperCase();
      if (isWordListMarker(element)) {
        // The marker tells the kind: keep it as text, it is read and dropped below.
        const marker = (element.textContent ?? '').trim();
        (current ?? open(kind)).element.appendChild(target.createTextNode(`${marker} `));
        continue;
      }
      if (DROPPED_TAGS.has(tag)) continue;
      if (tag === 'BR') {
        current?.element.appendChild(target.createElement('br'));
        continue;
      }
      if (!BLOCK_TAGS.has(tag)) {
        const mark = markOf(element);
        walk(element, listDepth, kind, mark ? [...marks, mark] : marks);
        continue;
      }
      close();
      const depth = tag === 'UL' || tag === 'OL' ? listDepth + 1 : listDepth;
      const level = wordListLevel(element);
      let own = kind;
      if (HEADINGS.has(tag)) own = 'section';
      else if (tag === 'LI') own = depth > 1 ? 'subitem' : 'item';
      else if (level > 1) own = level > 2 ? 'subitem' : 'item';
      walk(element, depth, own, []);
      close();
    }
  };
  walk(source.body, 0, null, []);
  return render(pieces);
}

function markOf(element: Element): string | null {
  const tag = element.tagName.toUpperCase();
  const style = element.getAttribute('style') ?? '';
  // Google Docs wraps everything in a <b> that says it is not bold.
  if (tag === 'B' || tag === 'STRONG') return /font-weight:\s*(normal|400)/i.test(style) ? null : 'strong';
  if (tag === 'I' || tag === 'EM') return 'em';
  if (tag === 'U') return 'u';
  if (tag === 'S' || tag === 'DEL' || tag === 'STRIKE') return 's';
  if (/font-weight:\s*(bold|[6-9]00)/i.test(style)) return 'strong';
  if (/font-style:\s*italic/i.test(style)) return 'em';
  return null;
}

function render(pieces: readonly Piece[]): string {
  let previous: PreviousNumber | undefined;
  const lines: string[] = [];
  for (const { kind, element } of pieces) {
    const text = element.textContent ?? '';
    if (text.trim() === '') continue;
    const typed = readTypedNumber(text, previous);
    dropLeading(element, text.length - typed.text.length);
    trimEnd(element);
    // A list in the source knows its depth better than a bullet does.
    const found = kind === 'item' || kind === 'subitem' ? kind : (typed.kind ?? kind);
    previous = typed.letter === undefined ? { kind: found } : { kind: found, letter: typed.letter };
    lines.push(`<p${found ? ` data-kind="${found}"` : ''}>${element.innerHTML}</p>`);
  }
  return lines.join('');
}

/** Removes the first `count` characters of an element's text, keeping its marks. */
function dropLeading(element: Node, count: number): void {
  let rest = count;
  const visit = (node: Node): void => {
    for (const child of Array.from(node.childNodes)) {
      if (rest <= 0) return;
      if (child.nodeType === 3) {
        const text = child.textContent ?? '';
        child.textContent = text.slice(rest);
        rest -= Math.min(rest, text.length);
      } else visit(child);
    }
  };
  visit(element);
}

function trimEnd(element: Node): void {
  const last = element.lastChild;
  if (last?.nodeType === 3) last.textContent = (last.textContent ?? '').trimEnd();
}

/**
 * Turns pasted plain text into the same HTML: one block per line, typed numbers read.
 * A single line without a number stays inline text (null), so that a pasted phrase never changes its clause.
 */
export function flattenPastedText(text: string, escapeHtml: (text: string) => string): string | null {
  const lines = text.split(/\r\n?|\n/).filter((line) => line.trim() !== '');
  let previous: PreviousNumber | undefined;
  const read = lines.map((line) => {
    const typed = readTypedNumber(line, previous);
    previous = typed;
    return typed;
  });
  const [only] = read;
  if (read.length < 2 && !only?.kind) return null;
  return read
    .map(
      ({ kind, text: content }) =>
        `<p${kind ? ` data-kind="${kind}"` : ''}>${escapeHtml(content.trimEnd())}</p>`,
    )
    .join('');
}
