import Papa from 'papaparse';
import { decodeText } from './documents/decode.ts';
import { FormatError } from './format-error.ts';
import { RECOMMENDATION_FIELDS } from './mapping.ts';
import { fillMerged, type Grid, readWorkbook } from './workbook.ts';

export const MAX_IMPORT_BYTES = 10 * 1024 * 1024;
export const MAX_IMPORT_ROWS = 20_000;

/** A sheet as text. `row` is the spreadsheet's row number (the header is row 1), as the user sees it. */
export interface Table {
  headers: string[];
  rows: TableRow[];
  /** What had to be guessed to read it. */
  warnings: string[];
}
export interface TableRow {
  row: number;
  cells: string[];
  /** By column, why a cell has nothing that can be read; such a cell is not merely empty. */
  faults?: ReadonlyMap<number, string>;
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
  if (isZip) return { ...toTable(await readWorkbook(bytes, fileName), fileName), warnings: [] };
  const { cells, warnings } = readCsv(bytes, fileName);
  return { ...toTable({ cells, faults: [], merged: [] }, fileName), warnings };
}

/** The row of the headers: the first with two cells or more, so that a title above the sheet is none. */
function headRow(cells: readonly string[][]): number {
  const filled = cells.map((row) => row.filter((cell) => cell !== '').length);
  const first = filled.findIndex((count) => count > 1);
  return first >= 0 ? first : filled.findIndex((count) => count > 0);
}

function toTable(grid: Grid, fileName: string): Omit<Table, 'warnings'> {
  const first = headRow(grid.cells);
  const header = grid.cells[first];
  if (header === undefined) throw new FormatError(`${fileName} has no rows. Give it a header row and data.`);
  fillMerged(grid, first);
  const faults = new Map<number, Map<number, string>>();
  for (const { row, column, message } of grid.faults)
    faults.set(row, (faults.get(row) ?? new Map<number, string>()).set(column, message));
  const width = grid.cells.reduce((most, { length }) => Math.max(most, length), 0);
  const headers = Array.from({ length: width }, (_, index) => header[index] || `Column ${index + 1}`);
  const rows = grid.cells
    .map((cells, index): TableRow => {
      const at = faults.get(index);
      const row = { row: index + 1, cells: headers.map((_, column) => cells[column] ?? '') };
      return at ? { ...row, faults: at } : row;
    })
    .filter(({ row, cells }) => row > first + 1 && cells.some((cell) => cell !== ''));
  if (rows.length === 0) throw new FormatError(`${fileName} has a header row but no data under it.`);
  if (rows.length > MAX_IMPORT_ROWS) {
    throw new FormatError(
      `${fileName} has ${rows.length} rows; at most ${MAX_IMPORT_ROWS} fit one import. Split it.`,
    );
  }
  return { headers, rows };
}

/** Control characters that no text has: the mark of a file of another kind. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const NOT_TEXT = /[\u0000-\u0008\u000e-\u001a\u001c-\u001f]/;

function readCsv(bytes: Uint8Array, fileName: string): { cells: string[][]; warnings: string[] } {
  const { text, warnings } = decodeText(bytes);
  if (NOT_TEXT.test(text))
    throw new FormatError(`${fileName} is neither CSV nor XLSX. Export the sheet in one of these forms.`);
  if (/^\s*<(?:!doctype|html|table|\?xml)\b/i.test(text))
    throw new FormatError(
      `${fileName} is a web page or XML. Open it in a spreadsheet program and save it as .xlsx.`,
    );
  if (isJson(text))
    throw new FormatError(
      `${fileName} is JSON. A library of another process is imported as such, not as a sheet.`,
    );
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
  const own = isOwnExport(grid[0] ?? []);
  const plain = (cell: string): string => (own ? cell.replace(/^'(?='*[=+\-@\t\r\n])/, '') : cell);
  return { cells: grid.map((cells) => cells.map(plain)), warnings };
}

function isJson(text: string): boolean {
  if (!/^\s*[{[]/.test(text)) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Whether a head is that of an exported library. */
function isOwnExport(head: readonly string[]): boolean {
  return (
    head.length === RECOMMENDATION_FIELDS.length &&
    RECOMMENDATION_FIELDS.every(({ label }, index) => head[index] === label)
  );
}
