import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { isClauseKind } from '@zerodraft/schema';
import { describe, expect, it } from 'vitest';
import writeXlsxFile from 'write-excel-file/node';
import { guessMapping } from './mapping.ts';
import { readProcessFolder } from './process-folder.ts';
import { readDate } from './read-date.ts';
import { readRecommendations } from './recommendations.ts';
import { MAX_IMPORT_BYTES, readTable } from './table.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const taxonomy = {
  labels: {
    themes: ['Drivers of migration', 'Human rights, all'],
    dimensions: ['National', 'Local and sub-national'],
    kinds: ['Partnership', 'Other'],
    stakeholderKinds: ['Civil society', 'UN entity'],
    regions: [],
  },
  open: [],
};

async function read(csv: string) {
  const table = await readTable(bytes(csv), 'file.csv');
  return readRecommendations(table, guessMapping(table.headers), taxonomy);
}

describe('readTable', () => {
  it('reads semicolons, quoted newlines and the row numbers a user sees', async () => {
    const table = await readTable(bytes('\ufeffRef;Text\n\nA;"one\ntwo"\n'), 'a.csv');
    expect(table).toEqual({
      headers: ['Ref', 'Text'],
      rows: [{ row: 3, cells: ['A', 'one\ntwo'] }],
      warnings: [],
    });
  });

  it('reads windows-1252 and UTF-16', async () => {
    const ansi = new Uint8Array([...bytes('Ref,Text\nA,caf'), 0xe9]);
    expect((await readTable(ansi, 'a.csv')).rows[0]?.cells[1]).toBe('café');
    const utf16 = new Uint8Array(Buffer.from('\ufeffRef,Text\nA,é', 'utf16le'));
    expect((await readTable(utf16, 'a.csv')).rows[0]?.cells[1]).toBe('é');
  });

  it('reads XLSX by its content, whatever its name, and keeps formula-like text as text', async () => {
    const sheet = [
      [{ value: 'Ref' }, { value: 'Text' }],
      [{ value: 'A' }, { value: '=1+1' }],
    ];
    const buffer = await writeXlsxFile(sheet).toBuffer();
    const table = await readTable(new Uint8Array(buffer), 'wrong.csv');
    expect(table.rows).toEqual([{ row: 2, cells: ['A', '=1+1'] }]);
  });

  it.each([
    ['empty', new Uint8Array(), /is empty/],
    ['header only', bytes('Ref,Text\n'), /no data/],
    ['legacy or encrypted', new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 1]), /without a password/],
    ['PDF', bytes('%PDF-1.7'), /is a PDF/],
    ['broken zip', new Uint8Array([0x50, 0x4b, 3, 4, 9, 9, 9]), /damaged/],
    ['too large', new Uint8Array(MAX_IMPORT_BYTES + 1), /larger than/],
  ])('refuses a file that is %s and says why', async (_name, content, message) => {
    await expect(readTable(content, 'f')).rejects.toThrow(message);
  });
});

describe('readRecommendations', () => {
  it('reads a good row, matching labels and dates loosely', async () => {
    const { valid, errors } = await read(
      'Code,Proposal,Submitted by,Stakeholder type,Date,Topic,Level\nA-1,Do it. Now.,A network,NGO,12 June 2017,drivers,national; local\n',
    );
    expect(errors).toEqual([]);
    expect(valid[0]).toMatchObject({
      row: 2,
      value: {
        reference: 'A-1',
        title: 'Do it',
        sourceKind: 'Civil society',
        date: '2017-06-12',
        themes: ['Drivers of migration'],
        dimensions: ['National', 'Local and sub-national'],
      },
    });
  });

  it('says row, field and remedy for each error, and keeps the good rows', async () => {
    const { valid, errors } = await read(
      'Reference,Text,Source,Kind,Date,Themes\nA,Text,S,,,\nA,Text,S,,,\n,Text,S,,,\nB,,S,,,\nC,Text,S,Wish,,\nD,Text,S,,05/06/2017,\nE,Text,S,,,Weather\n',
    );
    expect(valid.map(({ value }) => value.reference)).toEqual(['A']);
    expect(errors.map(({ row, field }) => [row, field])).toEqual([
      [3, 'Reference'],
      [4, 'Reference'],
      [5, 'Text'],
      [6, 'Kind'],
      [7, 'Date'],
      [8, 'Themes'],
    ]);
    expect(errors[0]?.message).toContain('row 2');
    expect(errors[5]?.message).toContain('Drivers of migration');
  });

  it('never guesses between day and month', () => {
    expect(readDate('05/06/2017')).toBeNull();
    expect(readDate('31/12/2017')).toBe('2017-12-31');
    expect(readDate('2017-02-30')).toBeNull();
  });
});

describe('readProcessFolder', () => {
  it('names file and line of each problem', async () => {
    const settings =
      'slug: Bad Slug\nname: N\nthemes: [A]\ndimensions: [B]\npeople:\n  - { id: a, name: A, role: king }\n';
    const result = await readProcessFolder(
      new Map([
        ['process.yaml', bytes(settings)],
        ['draft.md', bytes('# T')],
      ]),
    );
    expect(result.ok ? [] : result.errors.map(({ file, line }) => [file, line])).toContainEqual([
      'process.yaml',
      1,
    ]);
    expect(result.ok ? [] : result.errors.map(({ file, line }) => [file, line])).toContainEqual([
      'process.yaml',
      6,
    ]);
  });

  it('names the line of a wrong draft', async () => {
    const settings =
      'slug: s\nname: N\nthemes: [A]\ndimensions: [B]\npeople: [{ id: a, name: A, role: facilitator }]\n';
    const files = new Map([
      ['process.yaml', bytes(settings)],
      ['recommendations/a.csv', bytes('Reference,Text,Source\nR,T,S\n')],
      ['draft.md', bytes('# T\n  - too deep\nClause {X}\n')],
    ]);
    const result = await readProcessFolder(files);
    expect(result.ok ? [] : result.errors.map(({ file, line }) => [file, line])).toEqual([
      ['draft.md', 2],
      ['draft.md', 3],
    ]);
  });

  it('the shipped sample has no problem, its promised size, and fills every cell of the heat map', async () => {
    const dir = join(import.meta.dirname, '../../../apps/server/sample');
    const files = new Map<string, Uint8Array>();
    for (const entry of await readdir(dir, { recursive: true, withFileTypes: true })) {
      const path = join(entry.parentPath, entry.name);
      if (entry.isFile()) files.set(relative(dir, path), await readFile(path));
    }
    const result = await readProcessFolder(files);
    expect(result).toMatchObject({ ok: true });
    if (!result.ok) return;
    const { themes, dimensions, recommendations, draft } = result.process;
    expect([themes.length, dimensions.length]).toEqual([6, 6]);
    expect(recommendations.length).toBeGreaterThanOrEqual(312);
    expect(new Set(recommendations.map(({ text }) => text)).size).toBe(recommendations.length);
    const clauses = draft.blocks.filter(({ kind }) => isClauseKind(kind) && kind !== 'objective');
    expect(clauses.length).toBeGreaterThanOrEqual(60);
    expect(clauses.filter(({ links }) => links.length > 0).length).toBeGreaterThanOrEqual(40);
    for (const theme of themes) {
      for (const dimension of dimensions) {
        const inCell = recommendations.filter(
          (item) => item.themes.includes(theme) && item.dimensions.includes(dimension),
        );
        expect(inCell.length, `${theme} x ${dimension}`).toBeGreaterThan(0);
      }
    }
  });
});
