import { zipSync } from 'fflate';
import readXlsx from 'read-excel-file/universal';
import { utf8Xml } from './documents/xml-encoding.ts';
import { unpack } from './documents/zip.ts';
import { FormatError } from './format-error.ts';

/** Bound on what a workbook may unpack to, against zip bombs. */
const MAX_UNPACKED_BYTES = 200 * 1024 * 1024;
/** What a workbook has at the least (ECMA-376 part 2). */
const WORKBOOK = 'xl/workbook.xml';
const WORKBOOK_PARTS = ['[Content_Types].xml', WORKBOOK];
/** Rows that merged cells are written into at most; a sheet has each cell merged once. */
const MAX_FILLED = 1_000_000;

/** The cells of a sheet as text; rows and columns count from 0. */
export interface Grid {
  cells: string[][];
  /** Cells that have no value to be read, and why. */
  faults: { row: number; column: number; message: string }[];
  /** Cells merged over several rows. */
  merged: { column: number; from: number; to: number }[];
}

const isXml = (name: string): boolean => /\.(?:xml|rels)$/i.test(name);

/** The parts of a workbook that hold its cells, in UTF-8. */
function partsOf(bytes: Uint8Array, fileName: string): Record<string, Uint8Array> {
  let parts: Record<string, Uint8Array> | null;
  try {
    parts = unpack(bytes, isXml, MAX_UNPACKED_BYTES);
  } catch {
    throw damaged(fileName);
  }
  if (parts === null)
    throw new FormatError(
      `${fileName} is damaged or unpacks to far more than a sheet of recommendations. Save it again or use CSV.`,
    );
  if (!WORKBOOK_PARTS.every((part) => parts[part] !== undefined)) throw damaged(fileName);
  return Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, utf8Xml(part)]));
}

function damaged(fileName: string): FormatError {
  return new FormatError(
    `${fileName} cannot be read as a workbook: it is damaged or no .xlsx file. Save it again or use CSV.`,
  );
}

const attribute = (element: string, name: string): string =>
  new RegExp(`\\s${name}\\s*=\\s*["']([^"']*)["']`).exec(element)?.[1] ?? '';

/** The XML of a workbook's sheet, by its place among the sheets. */
function sheetXml(parts: Record<string, Uint8Array>, index: number): string {
  const text = (name: string): string => new TextDecoder().decode(parts[name] ?? new Uint8Array());
  const sheets = [...text(WORKBOOK).matchAll(/<(?:\w+:)?sheet\s[^>]*>/g)];
  const id = attribute(sheets[index]?.[0] ?? '', '(?:\\w+:)?id');
  const relations = [...text('xl/_rels/workbook.xml.rels').matchAll(/<Relationship\s[^>]*>/g)];
  const relation = relations.map(([element]) => element).find((element) => attribute(element, 'Id') === id);
  const target = attribute(relation ?? '', 'Target');
  return text(target.startsWith('/') ? target.slice(1) : `xl/${target}`);
}

/** Where a reference like "B12" points. */
function placeOf(reference: string): { row: number; column: number } | null {
  const [, letters, digits] = /^\$?([A-Z]{1,3})\$?(\d{1,7})$/.exec(reference) ?? [];
  if (letters === undefined) return null;
  const column = [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);
  return { row: Number(digits) - 1, column: column - 1 };
}

/** Cells whose formula has failed or was never calculated: their place would read as empty. */
function faultsOf(xml: string): Grid['faults'] {
  const faults: Grid['faults'] = [];
  for (const [, open = '', inside = ''] of xml.matchAll(/<c(\s[^>]*[^>/])>(.*?)<\/c>/gs)) {
    const place = placeOf(attribute(open, 'r'));
    if (place === null) continue;
    const value = /<v>([^<]*)<\/v>/.exec(inside)?.[1];
    if (attribute(open, 't') === 'e') {
      const message = `The cell is an error (${value ?? '#?'}). Mend its formula, or write the value.`;
      faults.push({ ...place, message });
    } else if (value === undefined && /<f[\s>/]/.test(inside) && !/<v\s*\/>/.test(inside)) {
      const message =
        'The formula has no value yet. Open the file in a spreadsheet program and save it, or write the value.';
      faults.push({ ...place, message });
    }
  }
  return faults;
}

function mergedIn(xml: string): Grid['merged'] {
  const merged: Grid['merged'] = [];
  for (const [element] of xml.matchAll(/<mergeCell\s[^>]*>/g)) {
    const [from, to] = attribute(element, 'ref').split(':').map(placeOf);
    if (from && to && to.row > from.row) merged.push({ column: from.column, from: from.row, to: to.row });
  }
  return merged;
}

/**
 * Reads the first sheet of a workbook that has anything in it.
 * @throws FormatError when it is damaged, none, or unpacks too far
 */
export async function readWorkbook(bytes: Uint8Array, fileName: string): Promise<Grid> {
  const parts = partsOf(bytes, fileName);
  try {
    const sheets = await readXlsx(new Blob([new Uint8Array(zipSync(parts, { level: 0 }))]));
    const index = sheets.findIndex(({ data }) => data.length > 0);
    const cells = (sheets[index]?.data ?? []).map((row) => row.map(cellText));
    const xml = sheetXml(parts, Math.max(0, index));
    return { cells, faults: faultsOf(xml), merged: mergedIn(xml) };
  } catch {
    throw damaged(fileName);
  }
}

/**
 * Writes what stands in merged cells into each of their rows, as people read it. Rows without anything else stay empty.
 * @param after the row of the headers: what is merged there is no data
 */
export function fillMerged({ cells, merged }: Grid, after: number): void {
  let filled = 0;
  const blank = new Set(cells.flatMap((row, index) => (row.every((cell) => cell === '') ? [index] : [])));
  for (const { column, from, to } of merged) {
    const value = cells[from]?.[column] ?? '';
    if (from <= after || value === '') continue;
    for (let index = from + 1; index <= to && index < cells.length && filled < MAX_FILLED; index += 1) {
      filled += 1;
      const row = cells[index];
      if (row && !blank.has(index) && (row[column] ?? '') === '') row[column] = value;
    }
  }
}

function cellText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return value.toISOString().slice(0, 10);
  return String(value).trim();
}
