import writeXlsxFile from 'write-excel-file/node';
import { CSV_MARK, csvLine } from '../audit/csv.ts';

/** Rows as a file; the first row is the head. What begins like a formula is text in both. */
export async function exportFile(rows: readonly string[][], format: 'csv' | 'xlsx'): Promise<Uint8Array> {
  if (format === 'csv') return Buffer.from(CSV_MARK + rows.map(csvLine).join(''));
  const cells = rows.map((row, index) =>
    row.map((value) => ({ value, type: String, ...(index === 0 ? { fontWeight: 'bold' as const } : {}) })),
  );
  return writeXlsxFile(cells, { sheet: 'Comments', stickyRowsCount: 1 }).toBuffer();
}
