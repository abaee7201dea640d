import Papa from 'papaparse';
import readXlsx from 'read-excel-file/universal';
import { FormatError } from './format-error.ts';
import { RECOMMENDATION_FIELDS } from './mapping.ts';

export const MAX_IMPORT_BYTES = 32 * 1024 * 1024;
export const MAX_IMPORT_ROWS = 20_000;
/** Bound on what a workbook may unpack to, against zip bombs. */
const MAX_UNPACKED_BYTES = 200 * 1024 * 1024;

/** A sheet as text. `row` is the spreadsheet's row number (the header is row 1), as the user sees it. */
export interface Table {
  headers: string[];
  rows: { row: number; cells: string[] }[];
}

function startsWith(bytes: Uint8Array, ...magic: number[]): boolean {
  return magic.every((value, index) => bytes[index] === value);
}

/**
 * Reads a CSV or XLSX file. The bytes decide which it is, not the name.
 * @throws FormatError when it is neither, damaged, encrypted, empty or too large
 */
export async function readTable(bytes: Uint8Array, fileName: string): Promise<Table> {
  if (bytes.byteLength === 0)
    throw new FormatError(`${fileName} is empty. Export it again with a header row and data.`);
  if (bytes.byteLength > MAX_IMPORT_BYTES) {
    throw new FormatError(
      `${fileName} is larger than ${MAX_IMPORT_BYTES / 1024 / 1024} MiB. Split it and import the parts.`,
    );
  }
  if (startsWith(bytes, 0xd0, 0xcf, 0x11, 0xe0)) {
    throw new FormatError(
      `${fileName} is an old .xls file or is encrypted. Save it as .xlsx without a password, or as CSV.`,
    );
  }
  if (startsWith(bytes, 0x25, 0x50, 0x44, 0x46)) {
    throw new FormatError(`${fileName} is a PDF. Recommendations are imported from CSV or XLSX.`);
  }
  const isZip = startsWith(bytes, 0x50, 0x4b, 0x03, 0x04);
  const grid = isZip ? await readWorkbook(bytes, fileName) : readCsv(bytes, fileName);
  return toTable(grid, fileName);
}

function toTable(grid: readonly string[][], fileName: string): Table {
  const first = grid.findIndex((cells) => cells.some((cell) => cell !== ''));
  const header = grid[first];
  if (header === undefined) throw new FormatError(`${fileName} has no rows. Give it a header row and data.`);
  const width = Math.max(...grid.map((cells) => cells.length));
  const headers = Array.from({ length: width }, (_, index) => header[index] || `Column ${index + 1}`);
  const rows = grid
    .map((cells, index) => ({ row: index + 1, cells: headers.map((_, column) => cells[column] ?? '') }))
    .filter(({ row, cells }) => row > first + 1 && cells.some((cell) => cell !== ''));
  if (rows.length === 0) throw new FormatError(`${fileName} has a header row but no data under it.`);
  if (rows.length > MAX_IMPORT_ROWS) {
    throw new FormatError(
      `${fileName} has ${rows.length} rows; at most ${MAX_IMPORT_ROWS} fit one import. Split it.`,
    );
  }
  return { headers, rows };
}

function decode(bytes: Uint8Array): string {
  if (startsWith(bytes, 0xff, 0xfe)) return new TextDecoder('utf-16le').decode(bytes);
  if (startsWith(bytes, 0xfe, 0xff)) return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    // What Excel on Windows writes when it is told "CSV" without an encoding.
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

/** Control characters that no text has: the mark of a file of another kind. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const NOT_TEXT = /[\u0000-\u0008\u000e-\u001a\u001c-\u001f]/;

function readCsv(bytes: Uint8Array, fileName: string): string[][] {
  const text = decode(bytes);
  if (NOT_TEXT.test(text))
    throw new FormatError(`${fileName} is neither CSV nor XLSX. Export the sheet in one of these forms.`);
  // Blank lines would spoil the guess of the delimiter, but they count in the row numbers.
  const { delimiter } = Papa.parse<string[]>(text, { preview: 20, skipEmptyLines: 'greedy' }).meta;
  const { data, errors } = Papa.parse<string[]>(text, { delimiter, skipEmptyLines: false });
  const broken = errors.find(({ type }) => type === 'Quotes');
  if (broken) {
    throw new FormatError(
      `${fileName}, row ${(broken.row ?? 0) + 1}: a quotation mark is not closed. Double each mark inside a quoted cell.`,
    );
  }
  const grid = data.map((cells) => cells.map((cell) => cell.trim()));
  // Our own export puts an apostrophe before what a spreadsheet would take for a formula; in a file of others it is text.
  return isOwnExport(grid[0] ?? [])
    ? grid.map((cells) => cells.map((cell) => cell.replace(/^'(?='*[=+\-@])/, '')))
    : grid;
}

/** Whether a head is that of an exported library. */
function isOwnExport(head: readonly string[]): boolean {
  return (
    head.length === RECOMMENDATION_FIELDS.length &&
    RECOMMENDATION_FIELDS.every(({ label }, index) => head[index] === label)
  );
}

/** What a workbook has at the least (ECMA-376 part 2). */
const WORKBOOK_PARTS = ['[Content_Types].xml', 'xl/workbook.xml'];

/** The names of a zip's parts and the size they declare to unpack to, from its central directory (PKWARE APPNOTE 4.3.12). */
function partsOf(bytes: Uint8Array): { names: Set<string>; size: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const names = new Set<string>();
  let size = 0;
  for (let at = 0; at + 46 <= bytes.byteLength; at += 1) {
    if (view.getUint32(at, true) !== 0x02014b50) continue;
    size += view.getUint32(at + 24, true);
    names.add(new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + view.getUint16(at + 28, true))));
  }
  return { names, size };
}

async function readWorkbook(bytes: Uint8Array, fileName: string): Promise<string[][]> {
  const { names, size } = partsOf(bytes);
  if (size > MAX_UNPACKED_BYTES) {
    throw new FormatError(
      `${fileName} is damaged or unpacks to far more than a sheet of recommendations. Save it again or use CSV.`,
    );
  }
  if (!WORKBOOK_PARTS.every((part) => names.has(part))) {
    throw new FormatError(
      `${fileName} cannot be read as a workbook: it is damaged or no .xlsx file. Save it again or use CSV.`,
    );
  }
  try {
    const sheets = await readXlsx(new Blob([new Uint8Array(bytes)]));
    const sheet = sheets.find(({ data }) => data.length > 0);
    return (sheet?.data ?? []).map((row) => row.map(cellText));
  } catch {
    throw new FormatError(
      `${fileName} cannot be read as a workbook: it is damaged or no .xlsx file. Save it again or use CSV.`,
    );
  }
}

function cellText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return value.toISOString().slice(0, 10);
  return String(value).trim();
}
