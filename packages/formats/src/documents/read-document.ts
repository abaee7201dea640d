import { marked } from 'marked';
import { decodeText } from './decode.ts';
import {
  type Block,
  cleanText,
  DocumentError,
  type DocumentFormat,
  MAX_DOCUMENT_BYTES,
  numbered,
  type ReadDocument,
} from './document.ts';
import { readDocx } from './docx.ts';
import { formatOf, misnamed } from './format-of.ts';
import { readHtml } from './html.ts';
import { readPdf } from './pdf.ts';
import { readPlainText } from './text.ts';

interface Content {
  title: string;
  language: string | null;
  blocks: Block[];
  warnings?: string[];
}

async function markdownPage(text: string, name: string): Promise<string> {
  try {
    return await marked.parse(text);
  } catch (error) {
    // It calls itself for each level.
    if (!(error instanceof RangeError)) throw error;
    throw new DocumentError(
      'broken',
      `${name} has quotations or lists nested too deeply to be read. Save its text as .txt and upload that.`,
      'markdown',
    );
  }
}

async function contentOf(format: DocumentFormat, bytes: Uint8Array, name: string): Promise<Content> {
  if (format === 'pdf') return readPdf(bytes, name);
  if (format === 'docx') return readDocx(bytes, name);
  const { text, warnings } = decodeText(bytes);
  if (format === 'html') return { ...readHtml(text), warnings };
  if (format === 'text') return { title: '', language: null, blocks: readPlainText(text), warnings };
  const { blocks } = readHtml(await markdownPage(text, name));
  return { title: '', language: null, blocks, warnings };
}

const TITLE = 300;
/** Titles that programs give by themselves. */
const NO_TITLE = /^(?:untitled|document\d*|microsoft word - .*|.*\.(?:docx?|pdf|indd|qxp|html?|rtf|txt))$/i;

function titleOf({ title, blocks }: Content, name: string): string {
  const own = cleanText(title);
  const heading = cleanText(blocks.find(({ kind }) => kind === 'heading')?.text ?? '');
  const found = own !== '' && !NO_TITLE.test(own) ? own : heading;
  return (found || cleanText(name.replace(/\.[^.]+$/, '')) || name).slice(0, TITLE);
}

/** A language as its BCP 47 tag in the usual writing; null when it is none. */
function tagOf(language: string | null): string | null {
  try {
    return Intl.getCanonicalLocales(language?.trim().replaceAll('_', '-') || undefined)[0] ?? null;
  } catch {
    return null;
  }
}

/**
 * Reads a document's text as numbered paragraphs.
 * @param name its file name, for messages and for a title where it has none
 * @throws DocumentError when it cannot be read, with what is wrong and how to mend it
 */
export async function readDocument(bytes: Uint8Array, name: string): Promise<ReadDocument> {
  if (bytes.byteLength === 0)
    throw new DocumentError('empty', `${name} is empty. Save it again and upload it.`);
  if (bytes.byteLength > MAX_DOCUMENT_BYTES)
    throw new DocumentError(
      'too-large',
      `${name} is larger than ${MAX_DOCUMENT_BYTES / 1024 / 1024} MiB. Save it with smaller pictures, or in parts.`,
    );
  const format = formatOf(bytes, name);
  const content = await contentOf(format, bytes, name);
  const paragraphs = numbered(content.blocks, name);
  if (!paragraphs.some(({ text }) => /[\p{L}\p{N}]/u.test(text))) {
    const scanned = `${name} has no text: its pages are pictures. Run text recognition (OCR) on it and upload it again.`;
    throw new DocumentError('no-text', format === 'pdf' ? scanned : `${name} has no text.`, format);
  }
  return {
    format,
    title: titleOf(content, name),
    language: tagOf(content.language),
    paragraphs,
    warnings: [...misnamed(format, name), ...(content.warnings ?? [])],
  };
}
