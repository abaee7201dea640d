import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import writeXlsxFile, { type Row, type SheetData } from 'write-excel-file/node';
import { FormatError } from './format-error.ts';
import { readLibraryFile, writeLibraryFile } from './library-file.ts';
import { guessMapping } from './mapping.ts';
import { readRecommendations } from './recommendations.ts';
import { MAX_IMPORT_BYTES, MAX_IMPORT_ROWS, readTable, type Table } from './table.ts';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const utf16 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'utf16le'));
const HEAD = ['Reference', 'Text', 'Source', 'Date'];
const SHEET = 'xl/worksheets/sheet1.xml';

/** A workbook as a program writes it, by its parts. */
async function workbook(rows: SheetData): Promise<Record<string, Uint8Array>> {
  return unzipSync(new Uint8Array(await writeXlsxFile(rows).toBuffer()));
}
const texts = (...values: readonly string[]): Row => values.map((value) => ({ value, type: String }));
const read = (parts: Record<string, Uint8Array>): Promise<Table> => readTable(zipSync(parts), 'sheet.xlsx');
const cellsOf = ({ rows }: Table): string[][] => rows.map(({ cells }) => cells);

function recommendationsOf(table: Table) {
  const labels = { themes: [], dimensions: [], kinds: [], stakeholderKinds: [], regions: [] };
  return readRecommendations(table, guessMapping(table.headers), { labels, open: [] });
}

describe('formulas in a workbook', () => {
  /** The cell B2 with this XML in its place. */
  async function withCell(xml: string): Promise<Table> {
    const parts = await workbook([texts(...HEAD), texts('A', 'x', 'S'), texts('B', 'Text', 'S')]);
    const sheet = strFromU8(parts[SHEET] ?? new Uint8Array());
    const changed = sheet.replace(/<c r="B2"[^>]*>.*?<\/c>/, xml);
    expect(changed).toContain(xml);
    return read({ ...parts, [SHEET]: strToU8(changed) });
  }

  it.each([
    ['a text', '<c r="B2" t="str"><f>CONCAT("a","b")</f><v>a b</v></c>', 'a b'],
    ['a number', '<c r="B2"><f>SUM(1,2)</f><v>3</v></c>', '3'],
    ['true or false', '<c r="B2" t="b"><f>1=1</f><v>1</v></c>', 'true'],
    ['a shared formula', '<c r="B2"><f t="shared" si="0"/><v>7.5</v></c>', '7.5'],
  ])('are read as what they show: %s', async (_what, xml, text) => {
    const table = await withCell(xml);
    expect(table.rows[0]?.cells[1]).toBe(text);
    expect(recommendationsOf(table).errors).toEqual([]);
  });

  it.each([
    ['has failed', '<c r="B2" t="e"><f>A1/0</f><v>#DIV/0!</v></c>', /#DIV\/0!.*Mend its formula/],
    ['was never calculated', '<c r="B2"><f>SUM(1,2)</f></c>', /no value yet/],
  ])('one that %s costs its row, which says so once; the others are read', async (_what, xml, message) => {
    const { valid, errors } = recommendationsOf(await withCell(xml));
    expect(valid.map(({ value }) => value.reference)).toEqual(['B']);
    expect(errors).toEqual([{ row: 2, field: 'Text', message: expect.stringMatching(message) }]);
  });

  it('one that shows nothing is an empty cell', async () => {
    const { errors } = recommendationsOf(await withCell('<c r="B2" t="str"><f>IF(1,"")</f><v></v></c>'));
    expect(errors).toMatchObject([{ row: 2, field: 'Text', message: 'is empty.' }]);
  });

  it('in CSV are text', async () => {
    const table = await readTable(utf8('Reference,Text,Source\nA,=1+1,@S\nB,-5 per cent,+S\n'), 'a.csv');
    expect(cellsOf(table)).toEqual([
      ['A', '=1+1', '@S'],
      ['B', '-5 per cent', '+S'],
    ]);
  });
});

describe('merged cells', () => {
  it('a title over the sheet is no header, and what is merged downwards stands in each row', async () => {
    const parts = await workbook([
      [{ value: 'Inputs of the Cities Network', type: String, columnSpan: 4 }, null, null, null],
      [],
      texts(...HEAD),
      [...texts('A', 'One'), { value: 'Lagos', type: String, rowSpan: 4 }, ...texts('2017-05-01')],
      [...texts('B', 'Two'), null, { value: '2017-06-01', type: String, rowSpan: 2 }],
      [...texts('C', 'Three'), null, null],
      [null, null, null, null],
      texts('D', 'Four', 'Quito'),
    ]);
    const table = await read(parts);
    expect(table.headers).toEqual(HEAD);
    expect(table.rows.map(({ row, cells }) => [row, ...cells])).toEqual([
      [4, 'A', 'One', 'Lagos', '2017-05-01'],
      [5, 'B', 'Two', 'Lagos', '2017-06-01'],
      [6, 'C', 'Three', 'Lagos', '2017-06-01'],
      [8, 'D', 'Four', 'Quito', ''],
    ]);
  });

  it('headers over two rows make no recommendation, and a whole column merged ends with the sheet', async () => {
    const parts = await workbook([
      [
        { value: 'Reference', type: String, rowSpan: 2 },
        { value: 'Text', type: String, rowSpan: 2 },
        { value: 'Where from', type: String, columnSpan: 2 },
        null,
      ],
      [null, null, ...texts('Source', 'Date')],
      texts('A', 'One', 'Lagos', '2017-05-01'),
    ]);
    const { errors } = recommendationsOf(await read(parts));
    expect(errors.map(({ row }) => row)).toContain(2);
    const sheet = strFromU8(parts[SHEET] ?? new Uint8Array());
    const endless = sheet.replace(
      /<mergeCells.*<\/mergeCells>/s,
      '<mergeCells><mergeCell ref="C3:C1048576"/></mergeCells>',
    );
    expect((await read({ ...parts, [SHEET]: strToU8(endless) })).rows).toHaveLength(2);
  });
});

describe('a sheet', () => {
  const ARABIC = 'ينبغي للدول أن تضمن (التعليم) بحلول 2030';
  const HEBREW = 'על המדינות להבטיח "חינוך"';

  it('that is read from the right keeps its text as it is, in CSV and in a workbook', async () => {
    const rows = [HEAD, ['ر-١', ARABIC, HEBREW, '2017-05-01']];
    const csv = rows
      .map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(';'))
      .join('\r\n');
    const sheets = [
      await readTable(utf8(csv), 'a.csv'),
      await readTable(new Uint8Array([0xff, 0xfe, ...utf16(csv)]), 'a.csv'),
      await read(await workbook(rows.map((row) => texts(...row)))),
    ];
    for (const table of sheets) {
      expect(cellsOf(table)).toEqual(rows.slice(1));
      expect(recommendationsOf(table).valid[0]?.value).toMatchObject({ text: ARABIC, source: HEBREW });
    }
  });

  const LINES = 'Ref,Text\nA,Genève – “1”';
  it.each([
    ['UTF-8 with its mark', new Uint8Array([0xef, 0xbb, 0xbf, ...utf8(LINES)])],
    ['UTF-16 with its mark', utf16(`\ufeff${LINES}`)],
    ['UTF-16, the other way round', new Uint8Array(Buffer.from(`\ufeff${LINES}`, 'utf16le').swap16())],
    ['UTF-16 without a mark', utf16(LINES)],
    [
      'what Excel on Windows writes',
      Uint8Array.from([...utf8('Ref,Text\nA,Gen'), 0xe8, ...utf8('ve '), 0x96, 0x20, 0x93, 0x31, 0x94]),
    ],
  ])('in CSV may be in %s', async (_what, bytes) => {
    expect(cellsOf(await readTable(bytes, 'a.csv'))).toEqual([['A', 'Genève – “1”']]);
  });

  it('in a workbook may be in UTF-16, and in what a part says', async () => {
    const parts = await workbook([texts('Ref', 'Text'), texts('A', 'Genève')]);
    const declared = (xml: string, encoding: string): string =>
      xml.replace(/^<\?xml[^>]*\?>/, `<?xml version="1.0" encoding="${encoding}"?>`);
    for (const encode of [
      (xml: string) => utf16(`\ufeff${declared(xml, 'UTF-16')}`),
      (xml: string) => new Uint8Array(Buffer.from(declared(xml, 'windows-1252'), 'latin1')),
    ]) {
      const encoded = Object.entries(parts).map(([name, part]) => {
        const isCells = /(?:sheet1|sharedStrings)\.xml$/.test(name);
        return [name, isCells ? encode(strFromU8(part)) : part];
      });
      expect(cellsOf(await read(Object.fromEntries(encoded)))).toEqual([['A', 'Genève']]);
    }
  });

  it('that is broken is refused, wherever it is', async () => {
    const parts = await workbook([texts(...HEAD), texts('A', 'One', 'S')]);
    const whole = zipSync(parts);
    const torn = { ...parts, [SHEET]: (parts[SHEET] ?? new Uint8Array()).subarray(0, 700) };
    const without = (name: string) =>
      zipSync(Object.fromEntries(Object.entries(parts).filter(([part]) => part !== name)));
    const noise = whole.slice();
    noise.fill(0x55, 100, 600);
    for (const bytes of [
      whole.subarray(0, whole.length / 2),
      zipSync(torn),
      without(SHEET),
      without('xl/workbook.xml'),
      noise,
    ])
      await expect(readTable(bytes, 'a.xlsx')).rejects.toThrow(/a\.xlsx cannot be read as a workbook/);
    const open = utf8('Ref,Text\nA,"one\nB,two\n');
    await expect(readTable(open, 'a.csv')).rejects.toThrow(/quotation mark is not closed/);
  });

  it('that is huge is refused before it is unpacked, or says how many rows fit', async () => {
    const bomb = zipSync(await workbook([texts('Ref', 'Text')]));
    const view = new DataView(bomb.buffer, bomb.byteOffset);
    for (let at = 0; at + 46 < bomb.length; at += 1)
      if (view.getUint32(at, true) === 0x02014b50) view.setUint32(at + 24, 4_000_000_000, true);
    await expect(readTable(bomb, 'bomb.xlsx')).rejects.toThrow(/unpacks to far more/);
    const large = new Uint8Array(MAX_IMPORT_BYTES + 1);
    await expect(readTable(large, 'a.csv')).rejects.toThrow(/larger than 10 MiB/);
    const long = `Ref,Text\n${'A,Text\n'.repeat(MAX_IMPORT_ROWS + 1)}`;
    await expect(readTable(utf8(long), 'a.csv')).rejects.toThrow(/20001 rows; at most 20000/);
    const rows = Array.from({ length: MAX_IMPORT_ROWS + 1 }, () => texts('A', 'Text'));
    await expect(read(await workbook([texts('Ref', 'Text'), ...rows]))).rejects.toThrow(/20001 rows/);
  });

  it('that is named wrongly is what its bytes are', async () => {
    const parts = await workbook([texts('Ref', 'Text'), texts('A', 'One')]);
    expect(cellsOf(await readTable(zipSync(parts), 'a.csv'))).toEqual([['A', 'One']]);
    expect(cellsOf(await readTable(utf8('Ref,Text\nA,One'), 'a.xlsx'))).toEqual([['A', 'One']]);
    const page = '<html><table><tr><td>Ref</td></tr></table></html>';
    await expect(readTable(utf8(page), 'export.xls')).rejects.toThrow(/web page.*save it as \.xlsx/);
    await expect(readTable(utf8('{"format": "zerodraft-library"}'), 'a.csv')).rejects.toThrow(/is JSON/);
    expect(cellsOf(await readTable(utf8('[Ref],Text\nA,One'), 'a.csv'))).toEqual([['A', 'One']]);
  });

  it('that is encrypted says so', async () => {
    const secret = await readFile(join(import.meta.dirname, 'documents/fixtures/encrypted.xlsx'));
    await expect(readTable(secret, 'a.xlsx')).rejects.toThrow(/encrypted.*without a password/);
  });
});

describe('a library as JSON', () => {
  const terms = { themes: [], dimensions: [], kinds: [], stakeholderKinds: [], regions: [] };
  const whole = writeLibraryFile({ process: 'مسار', exportedAt: '' }, terms, [], []);

  it('may be in UTF-16 or have a mark, and is told when it is broken or something else', () => {
    for (const bytes of [utf8(`\ufeff${whole}`), utf16(`\ufeff${whole}`)])
      expect(readLibraryFile(bytes, 'a.json')).toMatchObject({ process: 'مسار', recommendations: [] });
    for (const bytes of [
      utf8(whole.slice(0, whole.length / 2)),
      utf8('Reference,Text\nA,One'),
      new Uint8Array([0x50, 0x4b, 3, 4]),
      new Uint8Array(),
      utf8('['.repeat(100_000)),
      Uint8Array.from([...utf8('{"format": "'), 0xe9, ...utf8('"}')]),
    ])
      expect(() => readLibraryFile(bytes, 'a.json')).toThrow(FormatError);
  });
});
