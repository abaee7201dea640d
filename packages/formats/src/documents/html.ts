import { Parser } from 'htmlparser2';
import type { Block, ParagraphKind } from './document.ts';

/** What an HTML page says. */
export interface HtmlText {
  title: string;
  language: string | null;
  blocks: Block[];
}

/** Elements whose content is not the page's text. */
const SKIPPED = new Set(
  'script style template noscript svg math iframe object embed audio video canvas select textarea button nav'.split(
    ' ',
  ),
);
const BLOCKS = new Set(
  `address article aside blockquote body caption dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5
  h6 header hr legend li main ol p pre section summary table tbody tfoot thead ul`.split(/\s+/),
);
const HEADING = /^h[1-6]$/;
/** Links back from a note to its place, which mammoth adds. */
const BACK_LINK = /^#(?:footnote|endnote)-ref-/;
/** A cell with more blocks than this lays a page out rather than holding a value. */
const LAYOUT = 3;

/** Takes text in and puts paragraphs out; rows of tables become one paragraph each. */
class Paragraphs {
  readonly blocks: Block[] = [];
  /** Cells of the rows that are open, the innermost last. */
  readonly #rows: Block[][][] = [];
  #text = '';
  #kind: ParagraphKind = 'paragraph';

  add(text: string, kind: ParagraphKind): void {
    if (this.#text.trim() === '') this.#kind = kind;
    this.#text += text;
  }

  end(): void {
    if (this.#text.trim() !== '') this.#sink().push({ kind: this.#kind, text: this.#text, page: null });
    this.#text = '';
  }

  openRow(): void {
    this.end();
    this.#rows.push([]);
  }

  openCell(): void {
    this.end();
    this.#rows.at(-1)?.push([]);
  }

  closeRow(): void {
    this.end();
    const cells = this.#rows.pop()?.filter((cell) => cell.length > 0) ?? [];
    const isLayout = cells.length < 2 || cells.some((cell) => cell.length > LAYOUT);
    if (isLayout) this.#sink().push(...cells.flat());
    else {
      const text = cells.map((cell) => cell.map((block) => block.text.trim()).join(' ')).join(' | ');
      this.#sink().push({ kind: 'paragraph', text, page: null });
    }
  }

  close(): void {
    while (this.#rows.length > 0) this.closeRow();
    this.end();
  }

  #sink(): Block[] {
    const row = this.#rows.at(-1);
    if (row === undefined) return this.blocks;
    const cell = row.at(-1);
    if (cell !== undefined) return cell;
    const first: Block[] = [];
    row.push(first);
    return first;
  }
}

/** Reads the text of an HTML page; nothing of it is run or fetched. */
export function readHtml(html: string): HtmlText {
  const out = new Paragraphs();
  let title = '';
  let language: string | null = null;
  let skipped = 0;
  const depth = { title: 0, heading: 0, item: 0, back: 0 };
  /** Whether each open link is one that leads back. */
  const links: boolean[] = [];
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        if (SKIPPED.has(name)) skipped += 1;
        if (name === 'html' && attributes.lang) language = attributes.lang.trim();
        if (name === 'title') depth.title += 1;
        if (name === 'tr') out.openRow();
        else if (name === 'td' || name === 'th') out.openCell();
        else if (name === 'br') out.add(' ', 'paragraph');
        else if (BLOCKS.has(name)) out.end();
        if (HEADING.test(name)) depth.heading += 1;
        if (name === 'li') depth.item += 1;
        if (name === 'a') {
          links.push(BACK_LINK.test(attributes.href ?? ''));
          if (links.at(-1)) depth.back += 1;
        }
      },
      ontext(text) {
        if (skipped > 0 || depth.back > 0) return;
        if (depth.title > 0) title += text;
        else out.add(text, depth.heading > 0 ? 'heading' : depth.item > 0 ? 'item' : 'paragraph');
      },
      onclosetag(name) {
        if (SKIPPED.has(name)) skipped -= 1;
        if (name === 'title') depth.title -= 1;
        if (name === 'tr') out.closeRow();
        else if (BLOCKS.has(name)) out.end();
        if (HEADING.test(name)) depth.heading -= 1;
        if (name === 'li') depth.item -= 1;
        if (name === 'a' && links.pop()) depth.back -= 1;
      },
    },
    { decodeEntities: true },
  );
  parser.end(html);
  out.close();
  return { title, language, blocks: out.blocks };
}
