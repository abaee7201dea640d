import fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { readTable } from './table.ts';

const cell = fc
  .string({ unit: 'grapheme', maxLength: 30 })
  .map((text) => text.replaceAll('\u0000', '').replaceAll('\r', '').trim());
/** No row is blank and none ends short: what a sheet of two columns exports. */
const sheet = fc.array(fc.tuple(cell.filter(Boolean), cell), { minLength: 1, maxLength: 12 });

describe('a sheet written as CSV', () => {
  it.each([',', ';', '\t'])('reads back cell by cell with delimiter "%s"', async (delimiter) => {
    await fc.assert(
      fc.asyncProperty(sheet, async (rows) => {
        const csv = Papa.unparse([['Reference', 'Text'], ...rows], { delimiter, quotes: true });
        const table = await readTable(new TextEncoder().encode(csv), 'sheet.csv');
        expect(table.headers).toEqual(['Reference', 'Text']);
        expect(table.rows.map(({ cells }) => cells)).toEqual(rows);
      }),
      { numRuns: 200 },
    );
  });

  it('that declares more than any sheet holds when unpacked is refused before it is unpacked', async () => {
    const bomb = new Uint8Array(4 + 46);
    bomb.set([0x50, 0x4b, 0x03, 0x04]);
    const view = new DataView(bomb.buffer);
    view.setUint32(4, 0x02014b50, true);
    view.setUint32(4 + 24, 4_000_000_000, true);
    await expect(readTable(bomb, 'bomb.xlsx')).rejects.toThrow(/unpacks to far more/);
  });
});
