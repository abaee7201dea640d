import fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { FormatError } from './format-error.ts';
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
});

describe('a file that is no sheet', () => {
  /** A zip's central directory with these parts and nothing in them. */
  function zip(...names: string[]): Uint8Array {
    const entries = names.map((name) => {
      const entry = new Uint8Array(46 + name.length);
      const view = new DataView(entry.buffer);
      view.setUint32(0, 0x02014b50, true);
      view.setUint16(28, name.length, true);
      entry.set(new TextEncoder().encode(name), 46);
      return [...entry];
    });
    return Uint8Array.from([0x50, 0x4b, 0x03, 0x04, ...entries.flat()]);
  }

  it.each([
    ['a zip of something else', zip('word/document.xml', '[Content_Types].xml')],
    ['a zip without anything', zip()],
    ['a picture', Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3])],
    ['a program', new TextEncoder().encode('\u007fELF\u0002\u0001')],
    ['a PDF', new TextEncoder().encode('%PDF-1.7')],
  ])('is refused whatever its name says: %s', async (_what, bytes) => {
    for (const name of ['a.csv', 'a.xlsx']) await expect(readTable(bytes, name)).rejects.toThrow(FormatError);
  });
});
