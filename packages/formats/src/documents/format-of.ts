import { decodeText } from './decode.ts';
import { DocumentError, type DocumentFormat, FORMAT_NAMES } from './document.ts';
import { partNames } from './zip.ts';

function startsWith(bytes: Uint8Array, ...magic: number[]): boolean {
  return magic.every((value, index) => bytes[index] === value);
}

function includes(bytes: Uint8Array, text: string, encoding: 'latin1' | 'utf-16le'): boolean {
  const wanted = encoding === 'latin1' ? [...text] : [...text].flatMap((sign) => [sign, '\0']);
  return new TextDecoder('latin1').decode(bytes).includes(wanted.join(''));
}

/** What a zip is by its parts. */
function zipFormat(bytes: Uint8Array, name: string): DocumentFormat {
  const names = partNames(bytes);
  if (names === null)
    throw new DocumentError(
      'broken',
      `${name} is damaged: its parts cannot be listed. Save it again as .docx.`,
      'docx',
    );
  if (names.has('word/document.xml')) return 'docx';
  const starts = (folder: string) => [...names].some((part) => part.startsWith(folder));
  if (starts('xl/'))
    throw new DocumentError(
      'unknown-type',
      `${name} is a workbook. Import it as recommendations, or save its text as PDF.`,
    );
  if (starts('ppt/') || names.has('mimetype'))
    throw new DocumentError(
      'unknown-type',
      `${name} is a presentation or OpenDocument file. Save it as .docx or PDF.`,
    );
  if (starts('word/'))
    throw new DocumentError(
      'broken',
      `${name} is a damaged Word document: its text is missing. Save it again as .docx.`,
      'docx',
    );
  throw new DocumentError(
    'unknown-type',
    `${name} is an archive. Unpack it and upload the documents in it one by one.`,
  );
}

const PICTURES: readonly (readonly number[])[] = [
  [0x89, 0x50, 0x4e, 0x47],
  [0xff, 0xd8, 0xff],
  [0x47, 0x49, 0x46, 0x38],
  [0x49, 0x49, 0x2a, 0x00],
  [0x4d, 0x4d, 0x00, 0x2a],
];

/** Control characters that no text has: the mark of a file of another kind. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const NOT_TEXT = /[\u0000-\u0008\u000e-\u001a\u001c-\u001f]/;
const PAGE = /^\s*(?:<\?xml[^>]*>\s*)?(?:<!--[\s\S]{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body)\b/i;

/**
 * Tells what a document is. The bytes decide; the name only where bytes cannot: between plain text and Markdown.
 * @throws DocumentError when it is nothing whose text can be read
 */
export function formatOf(bytes: Uint8Array, name: string): DocumentFormat {
  if (startsWith(bytes, 0xd0, 0xcf, 0x11, 0xe0)) {
    if (includes(bytes, 'EncryptedPackage', 'utf-16le'))
      throw new DocumentError(
        'encrypted',
        `${name} is encrypted with a password. Save it without one and upload it again.`,
        'docx',
      );
    throw new DocumentError(
      'unknown-type',
      `${name} is a file of an old Office version. Save it as .docx or PDF.`,
    );
  }
  if (includes(bytes.subarray(0, 1_024), '%PDF-', 'latin1')) return 'pdf';
  if (startsWith(bytes, 0x50, 0x4b, 0x03, 0x04)) return zipFormat(bytes, name);
  if (startsWith(bytes, 0x7b, 0x5c, 0x72, 0x74, 0x66))
    throw new DocumentError('unknown-type', `${name} is an RTF file. Save it as .docx or PDF.`);
  if (PICTURES.some((magic) => startsWith(bytes, ...magic)))
    throw new DocumentError(
      'unknown-type',
      `${name} is a picture. Run text recognition (OCR) on it and upload the PDF.`,
    );
  const { text } = decodeText(bytes);
  if (NOT_TEXT.test(text))
    throw new DocumentError(
      'unknown-type',
      `${name} is no document that can be read. Upload DOCX, PDF, HTML, Markdown or plain text.`,
    );
  if (PAGE.test(text)) return 'html';
  if (/\.html?$/i.test(name) && /<(?:p|div|table|h[1-6]|br|span)\b/i.test(text)) return 'html';
  return /\.(?:md|markdown)$/i.test(name) ? 'markdown' : 'text';
}

const ENDINGS: Record<string, DocumentFormat> = {
  docx: 'docx',
  doc: 'docx',
  docm: 'docx',
  pdf: 'pdf',
  html: 'html',
  htm: 'html',
  md: 'markdown',
  markdown: 'markdown',
  txt: 'text',
};

/** Says so when a name promises something else than the bytes are. */
export function misnamed(format: DocumentFormat, name: string): string[] {
  const ending = /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? '';
  const promised = ENDINGS[ending];
  if (promised === undefined || promised === format) return [];
  return [`The name ends in .${ending}, but the file is ${FORMAT_NAMES[format]}; it was read as one.`];
}
