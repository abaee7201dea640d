import { zipSync } from 'fflate';
import { Parser } from 'htmlparser2';
import mammoth from 'mammoth';
import { DocumentError, MAX_UNPACKED_BYTES } from './document.ts';
import { type HtmlText, readHtml } from './html.ts';
import { utf8Xml } from './xml-encoding.ts';
import { unpack } from './zip.ts';

const CORE = 'docProps/core.xml';
const STYLES = 'word/styles.xml';
/** The parts that text comes from; pictures and fonts stay packed. */
const isText = (name: string): boolean => /\.(?:xml|rels)$/i.test(name);

/** Fields in their short form, which mammoth leaves out with what they show: a number, a sum, a title. */
const FIELD = /<\/?w:fldSimple\b(?:"[^"]*"|'[^']*'|[^"'>])*>/g;

/** A part as mammoth reads it: in UTF-8, what fields show as text. */
function readable(part: Uint8Array): Uint8Array {
  const xml = utf8Xml(part);
  if (!Buffer.from(xml.buffer, xml.byteOffset, xml.byteLength).includes('w:fldSimple')) return xml;
  return new TextEncoder().encode(new TextDecoder().decode(xml).replace(FIELD, ''));
}

/** What an element holds, or one of its attributes, where it first stands. */
function find(xml: Uint8Array | undefined, element: string, attribute?: string): string | null {
  if (xml === undefined) return null;
  let found: string | null = null;
  let inside = false;
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        if (name !== element || found !== null) return;
        if (attribute === undefined) {
          inside = true;
          found = '';
        } else found = attributes[attribute] ?? null;
      },
      ontext(text) {
        if (inside) found += text;
      },
      onclosetag(name) {
        if (name === element) inside = false;
      },
    },
    { xmlMode: true },
  );
  parser.end(new TextDecoder().decode(xml));
  return found;
}

/**
 * Reads a Word document. Its text parts are unpacked within a bound, and only these are handed on.
 * @throws DocumentError when it is damaged or unpacks too far
 */
export async function readDocx(bytes: Uint8Array, name: string): Promise<HtmlText> {
  let parts: Record<string, Uint8Array> | null;
  try {
    parts = unpack(bytes, isText, MAX_UNPACKED_BYTES);
  } catch {
    throw broken(name);
  }
  if (parts === null)
    throw new DocumentError(
      'unpacks-too-far',
      `${name} unpacks to far more than a document has. Save its text as a new .docx.`,
      'docx',
    );
  try {
    parts = Object.fromEntries(Object.entries(parts).map(([part, xml]) => [part, readable(xml)]));
    const { value } = await mammoth.convertToHtml(
      { buffer: Buffer.from(zipSync(parts, { level: 0 })) },
      {
        styleMap: ["p[style-name='Title'] => h1:fresh", "p[style-name='Subtitle'] => h2:fresh"],
        convertImage: mammoth.images.imgElement(async () => ({ src: '' })),
        externalFileAccess: false,
      },
    );
    const { blocks } = readHtml(value);
    const language = find(parts[CORE], 'dc:language') || find(parts[STYLES], 'w:lang', 'w:val');
    return { title: find(parts[CORE], 'dc:title') ?? '', language, blocks };
  } catch (error) {
    if (error instanceof DocumentError) throw error;
    throw broken(name);
  }
}

function broken(name: string): DocumentError {
  return new DocumentError(
    'broken',
    `${name} is damaged: its text cannot be read. Save it again as .docx.`,
    'docx',
  );
}
