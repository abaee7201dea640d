import { sheetText } from '@zerodraft/formats';
import writeXlsxFile from 'write-excel-file/node';
import { CSV_MARK, csvLine } from '../audit/csv.ts';

/** Rows as a file; the first row is the head. What begins like a formula is text in both. */
export async function exportFile(
  rows: readonly string[][],
  format: 'csv' | 'xlsx',
  sheet: string,
): Promise<Uint8Array> {
  if (format === 'csv') return Buffer.from(CSV_MARK + rows.map(csvLine).join(''));
  const cells = rows.map((row, index) =>
    row.map((value) => ({
      value: sheetText(value),
      type: String,
      ...(index === 0 ? { fontWeight: 'bold' as const } : {}),
    })),
  );
  return writeXlsxFile(cells, { sheet, stickyRowsCount: 1 }).toBuffer();
}
