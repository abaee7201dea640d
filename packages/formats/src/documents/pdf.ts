import type { PDFDocumentProxy } from 'pdfjs-dist';
import { type Block, DocumentError, MAX_CHARACTERS, MAX_PAGES } from './document.ts';
import { linesOf, type Piece } from './pdf-lines.ts';
import { type Page, paragraphsOf, withoutFurniture } from './pdf-paragraphs.ts';

/** What pdf.js draws pages with; it asks for them when it is loaded, and only text is read here. */
function standInsForCanvas(): void {
  for (const name of ['DOMMatrix', 'ImageData', 'Path2D'])
    if (!(name in globalThis))
      Object.defineProperty(globalThis, name, { value: class {}, configurable: true });
}

/** Opens a PDF with nothing that draws, runs scripts or fetches. */
async function open(bytes: Uint8Array): Promise<{ document: PDFDocumentProxy; close(): Promise<void> }> {
  standInsForCanvas();
  // In Node.js it runs its worker within this thread, from the file beside it.
  const { getDocument, VerbosityLevel } = await import('pdfjs-dist/legacy/build/pdf.mjs');
  const task = getDocument({
    // It takes the bytes over.
    data: bytes.slice(),
    isEvalSupported: false,
    useWasm: false,
    useWorkerFetch: false,
    disableFontFace: true,
    useSystemFonts: false,
    enableXfa: false,
    verbosity: VerbosityLevel.ERRORS,
  });
  return { document: await task.promise, close: () => task.destroy() };
}

async function readPage(document: PDFDocumentProxy, number: number): Promise<Page> {
  const page = await document.getPage(number);
  const { transform, width, height } = page.getViewport({ scale: 1 });
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0]: number[] = transform;
  const { items } = await page.getTextContent();
  const pieces: Piece[] = [];
  for (const item of items) {
    if (!('str' in item)) continue;
    const [, , skewX = 0, skewY = 0, x = 0, y = 0]: number[] = item.transform;
    pieces.push({
      text: item.str,
      x: a * x + c * y + e,
      y: b * x + d * y + f,
      width: item.width,
      size: Math.hypot(skewX, skewY) || item.height || 1,
    });
  }
  page.cleanup();
  return { height, lines: linesOf(pieces, width) };
}

/** "3, 4 and 7"; at most the first ten. */
function list(numbers: readonly number[]): string {
  const shown = numbers.slice(0, 10).map(String);
  if (numbers.length > 10) return `${shown.join(', ')} and others`;
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
}

/**
 * Reads the text of a PDF.
 * @throws DocumentError when it is damaged, encrypted or has too many pages
 */
export async function readPdf(
  bytes: Uint8Array,
  name: string,
): Promise<{ title: string; language: string | null; blocks: Block[]; warnings: string[] }> {
  const opened = await open(bytes).catch((error: unknown) => {
    if (error instanceof Error && error.name === 'PasswordException')
      throw new DocumentError(
        'encrypted',
        `${name} is encrypted with a password. Save it without one and upload it again.`,
        'pdf',
      );
    throw broken(name);
  });
  const { document, close } = opened;
  try {
    if (document.numPages > MAX_PAGES)
      throw new DocumentError(
        'too-long',
        `${name} has ${document.numPages} pages; at most ${MAX_PAGES} can be read. Split it and upload the parts.`,
        'pdf',
      );
    const { info } = await document.getMetadata();
    const told = (key: string): string => {
      const value: unknown = Reflect.get(info, key);
      return typeof value === 'string' ? value : '';
    };
    const pages: Page[] = [];
    let characters = 0;
    for (let number = 1; number <= document.numPages && characters <= MAX_CHARACTERS; number += 1) {
      const page = await readPage(document, number);
      characters += page.lines.reduce((sum, { text }) => sum + text.length, 0);
      pages.push(page);
    }
    const blank = pages.flatMap(({ lines }, index) => (lines.length === 0 ? [index + 1] : []));
    const some = blank.length > 0 && blank.length < pages.length;
    const warnings = some
      ? [
          `No text on page${blank.length > 1 ? 's' : ''} ${list(blank)}: empty, or a picture that needs text recognition (OCR).`,
        ]
      : [];
    return {
      title: told('Title'),
      language: told('Language') || null,
      blocks: paragraphsOf(withoutFurniture(pages)),
      warnings,
    };
  } catch (error) {
    if (error instanceof DocumentError) throw error;
    throw broken(name);
  } finally {
    await close();
  }
}

function broken(name: string): DocumentError {
  return new DocumentError(
    'broken',
    `${name} is a damaged PDF: it cannot be opened. Save or print it to PDF again.`,
    'pdf',
  );
}
