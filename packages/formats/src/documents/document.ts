import { FormatError } from '../format-error.ts';

/** Forms of document whose text can be read. */
export const DOCUMENT_FORMATS = ['docx', 'pdf', 'html', 'markdown', 'text'] as const;
export type DocumentFormat = (typeof DOCUMENT_FORMATS)[number];

export const FORMAT_NAMES: Record<DocumentFormat, string> = {
  docx: 'a Word document',
  pdf: 'a PDF',
  html: 'an HTML page',
  markdown: 'a Markdown text',
  text: 'a plain text',
};

export const PARAGRAPH_KINDS = ['heading', 'paragraph', 'item'] as const;
export type ParagraphKind = (typeof PARAGRAPH_KINDS)[number];

/** A piece of a document's text: what passages point into. */
export interface Block {
  kind: ParagraphKind;
  text: string;
  /** Page it begins on, where the document has pages. */
  page: number | null;
}
/** `n` counts from 1 and is the paragraph's address. */
export type DocumentParagraph = Block & { n: number };

/** What a document says, without how it looks. */
export interface ReadDocument {
  format: DocumentFormat;
  title: string;
  /** BCP 47, when the document names one. */
  language: string | null;
  paragraphs: DocumentParagraph[];
  /** What a person should know of the reading: a guessed encoding, a name that does not fit. */
  warnings: string[];
}

export const DOCUMENT_PROBLEMS = [
  'empty',
  'too-large',
  'unknown-type',
  'broken',
  'encrypted',
  'unpacks-too-far',
  'too-long',
  'no-text',
] as const;
export type DocumentProblem = (typeof DOCUMENT_PROBLEMS)[number];

/** A document that cannot be read; the message says what is wrong and how to mend it. */
export class DocumentError extends FormatError {
  constructor(
    readonly code: DocumentProblem,
    message: string,
    /** What it is, as far as could be seen. */
    readonly format: DocumentFormat | null = null,
  ) {
    super(message);
  }
}

const MIB = 1024 * 1024;
export const MAX_DOCUMENT_BYTES = 25 * MIB;
/** Bound on what the text of a Word document may unpack to. */
export const MAX_UNPACKED_BYTES = 64 * MIB;
export const MAX_PAGES = 1_500;
export const MAX_PARAGRAPHS = 20_000;
export const MAX_CHARACTERS = 10_000_000;
/** A paragraph longer than this is given in parts, so that each can be shown and quoted. */
export const MAX_PARAGRAPH = 8_000;

// Marks that turn the direction of text around would make it read otherwise than it is; private-use characters are
// the marks of search hits. Joiners stay: Persian and Indic words are written with them.
const UNSEEN = /(?![\s\u0085\u200c\u200d])[\p{Cc}\p{Cf}\p{Co}]/gu;
/** Letters of Arabic and Hebrew in the form that they were drawn in, and Latin ligatures. */
const DRAWN = /[\ufb00-\ufb06\ufb1d-\ufdff\ufe70-\ufefc]+/g;

/** Text as it is kept: one line, in composed letters, without what cannot be seen. */
export function cleanText(text: string): string {
  return text
    .replace(UNSEEN, '')
    .replace(DRAWN, (drawn) => drawn.normalize('NFKC'))
    .normalize('NFC')
    .replace(/\s+/g, ' ')
    .trim();
}

/** Parts of a long text, each ending with a sentence or at least with a word. */
function inParts(text: string): string[] {
  const parts: string[] = [];
  let rest = text;
  while (rest.length > MAX_PARAGRAPH) {
    const head = rest.slice(0, MAX_PARAGRAPH);
    const sentence = Math.max(...['. ', '; ', '؟ ', '。'].map((end) => head.lastIndexOf(end) + 1));
    const word = head.lastIndexOf(' ');
    let at = sentence > MAX_PARAGRAPH / 2 ? sentence : word > MAX_PARAGRAPH / 2 ? word : MAX_PARAGRAPH;
    // Never through the middle of a character.
    if (/[\udc00-\udfff]/.test(rest.charAt(at))) at -= 1;
    parts.push(rest.slice(0, at).trim());
    rest = rest.slice(at).trim();
  }
  return rest === '' ? parts : [...parts, rest];
}

/**
 * Numbers the paragraphs of a document; empty ones are left out.
 * @throws DocumentError when there are too many
 */
export function numbered(blocks: Iterable<Block>, name: string): DocumentParagraph[] {
  const paragraphs: DocumentParagraph[] = [];
  let characters = 0;
  for (const block of blocks) {
    for (const text of inParts(cleanText(block.text))) {
      characters += text.length;
      if (paragraphs.length >= MAX_PARAGRAPHS || characters > MAX_CHARACTERS)
        throw new DocumentError(
          'too-long',
          `${name} has more than ${MAX_PARAGRAPHS.toLocaleString('en')} paragraphs or ${MAX_CHARACTERS / 1e6} million characters. Split it and upload the parts.`,
        );
      paragraphs.push({ ...block, text, n: paragraphs.length + 1 });
    }
  }
  return paragraphs;
}
