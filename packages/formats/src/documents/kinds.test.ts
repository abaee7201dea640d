import { Document, Packer, Paragraph, SimpleField, Table, TableCell, TableRow } from 'docx';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { readTable } from '../table.ts';
import { MAX_PARAGRAPHS } from './document.ts';
import { pdfOf, wordDocument } from './fixtures.ts';
import { readDocument } from './index.ts';
import { latin1, reading, refusal, utf8, utf16 } from './testing.ts';

const ARABIC = 'ينبغي للدول أن تضمن (التعليم) بحلول 2030';
const HEBREW = 'על המדינות להבטיח "חינוך".';

describe('a document named wrongly is what its bytes are, and says so', () => {
  it.each([
    ['a PDF', 'input.docx', pdfOf((pdf) => void pdf.text('Text.')), 'pdf'],
    ['an HTML page', 'input.txt', utf8('<!doctype html><p>Text.'), 'html'],
    ['an HTML page', 'input.md', utf8('<!doctype html><p>Text.'), 'html'],
    ['a Word document', 'input.html', wordDocument(), 'docx'],
    ['plain text', 'input.docx', utf8('Text.'), 'text'],
    ['plain text', 'input.pdf', utf8('Text.'), 'text'],
  ])('%s as %s', async (_what, name, bytes, format) => {
    const document = await readDocument(await bytes, name);
    expect(document.format).toBe(format);
    expect(document.warnings).toEqual([expect.stringMatching(/^The name ends in .*it was read as one\.$/)]);
  });
});

describe('text that is read from the right keeps its order', () => {
  it.each([
    ['input.html', `<!doctype html><html lang="ar" dir="rtl"><p>${ARABIC}</p><p>${HEBREW}</p>`],
    ['input.md', `${ARABIC}\n\n${HEBREW}\n`],
    ['input.txt', `${ARABIC}\n\n${HEBREW}\n`],
  ])('in %s', async (name, text) => {
    const wanted = [`paragraph: ${ARABIC}`, `paragraph: ${HEBREW}`];
    expect(await reading(utf8(text), name)).toEqual(wanted);
    expect(await reading(utf16(`\ufeff${text}`), name)).toEqual(wanted);
  });
});

describe('another encoding', () => {
  it.each([
    ['UTF-16', (xml: string) => utf16(`\ufeff${xml.replace('UTF-8', 'UTF-16')}`)],
    ['windows-1252', (xml: string) => latin1(xml.replace('UTF-8', 'windows-1252'))],
  ])('of a Word document, %s, is read as it says', async (_what, encode) => {
    const parts = unzipSync(await wordDocument());
    const xml = strFromU8(parts['word/document.xml'] ?? new Uint8Array()).replace('schools', 'écoles');
    const bytes = zipSync({ ...parts, 'word/document.xml': encode(xml) });
    expect((await reading(bytes, 'a.docx'))[1]).toBe('paragraph: States should ensure access to écoles.');
  });

  it.each([
    [
      'windows-1251',
      [
        0xc3, 0xee, 0xf1, 0xf3, 0xe4, 0xe0, 0xf0, 0xf1, 0xf2, 0xe2, 0xe0, 0x20, 0xe4, 0xee, 0xeb, 0xe6, 0xed,
        0xfb, 0x20, 0xee, 0xf2, 0xea, 0xf0, 0xfb, 0xf2, 0xfc, 0x20, 0xef, 0xee, 0xf0, 0xf2, 0xfb, 0x20, 0xe4,
        0xeb, 0xff, 0x20, 0xe2, 0xf1, 0xe5, 0xf5, 0x20, 0xeb, 0xfe, 0xe4, 0xe5, 0xe9, 0x20, 0xed, 0xe0, 0x20,
        0xec, 0xee, 0xf0, 0xe5,
      ],
      'Государства должны открыть порты для всех людей на море',
    ],
    [
      'gb18030',
      [
        0xb8, 0xf7, 0xb9, 0xfa, 0xd3, 0xa6, 0xd4, 0xda, 0xc3, 0xbf, 0xb8, 0xf6, 0xb8, 0xdb, 0xbf, 0xda, 0xc9,
        0xe8, 0xc1, 0xa2, 0xc8, 0xc8, 0xcf, 0xdf,
      ],
      '各国应在每个港口设立热线',
    ],
    ['gb18030', [0xb8, 0xf7, 0xb9, 0xfa, 0xd3, 0xa6, 0xb1, 0xa3, 0xbb, 0xa4], '各国应保护'],
    [
      'windows-1256',
      [
        0xed, 0xe4, 0xc8, 0xdb, 0xed, 0x20, 0xc3, 0xe4, 0x20, 0xed, 0xdf, 0xe6, 0xe4, 0x20, 0xdd, 0xed, 0x20,
        0xdf, 0xe1, 0x20, 0xe3, 0xed, 0xe4, 0xc7, 0xc1, 0x20, 0xe3, 0xdf, 0xca, 0xc8,
      ],
      'ينبغي أن يكون في كل ميناء مكتب',
    ],
  ])('%s is guessed by its letters, in a text and among English headers', async (encoding, bytes, text) => {
    const plain = Uint8Array.from(bytes);
    const { paragraphs, warnings } = await readDocument(plain, 'a.txt');
    expect(paragraphs[0]?.text).toBe(text);
    expect(warnings).toEqual([expect.stringContaining(`read as ${encoding}`)]);
    const table = await readTable(
      Uint8Array.from([...utf8('Reference,Title,Text,Source\nR-1,'), ...bytes, ...utf8(',See annex,Org\n')]),
      'a.csv',
    );
    expect(table.rows[0]?.cells[1]).toBe(text);
    expect(table.warnings).toEqual([expect.stringContaining(`read as ${encoding}`)]);
  });

  it('of Western texts is never taken for another, however short; a damaged byte costs one letter', async () => {
    for (const text of [
      'Genève',
      'Curaçao',
      'El Niño',
      'Zürich',
      '20 °C',
      'São Tomé e Príncipe',
      'À',
      'Ærø, Åland',
    ])
      expect((await readDocument(latin1(text), 'a.txt')).paragraphs[0]?.text).toBe(text);
    const bytes = utf8('Les États protègent les enfants, là où ils arrivent à la frontière.');
    bytes[bytes.indexOf(0xc3)] = 0xff;
    const { paragraphs, warnings } = await readDocument(bytes, 'a.txt');
    expect(paragraphs[0]?.text).toMatch(/protègent les enfants, là où ils arrivent à la frontière\.$/);
    expect(warnings).toEqual(['Some characters could not be read.']);
  });

  it('of a page that says it is UTF-8 and is not, and of Markdown, is guessed, and that is told', async () => {
    for (const [name, text] of [
      ['a.html', '<!doctype html><meta charset="utf-8"><p>Genève'],
      ['a.md', 'Genève'],
    ] as const) {
      const { paragraphs, warnings } = await readDocument(latin1(text), name);
      expect(paragraphs[0]?.text).toBe('Genève');
      expect(warnings).toEqual([expect.stringContaining('windows-1252')]);
    }
    expect(await reading(utf16('\ufeff<!doctype html><meta charset="utf-8"><p>Genève'), 'a.html')).toEqual([
      'paragraph: Genève',
    ]);
  });
});

describe('tables', () => {
  it('merged cells of a Word document are read once, and fields as what they show', async () => {
    const cell = (text: string, options: object = {}): TableCell =>
      new TableCell({ children: [new Paragraph(text)], ...options });
    const sum = new Paragraph({ children: [new SimpleField('=SUM(ABOVE) \\* "a>b"', '3')] });
    const rows = [
      [cell('Wide', { columnSpan: 2 }), cell('C')],
      [cell('Tall', { rowSpan: 2 }), cell('1'), cell('x')],
      [cell('2'), cell('y')],
      [cell('Sum'), new TableCell({ children: [sum] }), cell('z')],
    ].map((children) => new TableRow({ children }));
    const document = new Document({ sections: [{ children: [new Table({ rows })] }] });
    expect(await reading(new Uint8Array(await Packer.toBuffer(document)), 'a.docx')).toEqual([
      'paragraph: Wide | C',
      'paragraph: Tall | 1 | x',
      'paragraph: 2 | y',
      'paragraph: Sum | 3 | z',
    ]);
  });

  it('of a page and of Markdown are read by rows; what looks like a formula is text', async () => {
    const page =
      '<!doctype html><table><tr><td colspan="2">Wide<td>C<tr><td rowspan="2">Tall<td>=1+1<td>x<tr><td>2<td>y</table>';
    expect(await reading(utf8(page), 'a.html')).toEqual([
      'paragraph: Wide | C',
      'paragraph: Tall | =1+1 | x',
      'paragraph: 2 | y',
    ]);
    expect(await reading(utf8('| a | b |\n|---|---|\n| =1+1 | x |\n'), 'a.md')).toEqual([
      'paragraph: a | b',
      'paragraph: =1+1 | x',
    ]);
  });
});

describe('broken and huge', () => {
  it('a page and Markdown that break off are read as far as they go', async () => {
    expect(await reading(utf8('<!doctype html><p>One</p><p>Two <b>three</b><a href="x'), 'a.html')).toEqual([
      'paragraph: One',
      'paragraph: Two three',
    ]);
    expect(await reading(utf8('# One\n\n```\ncode\n\n<div>'), 'a.md')).toContain('heading: One');
  });

  it('Markdown nested without end is refused in words', async () => {
    await expect(readDocument(utf8(`${'>'.repeat(100_000)} x`), 'deep.md')).rejects.toEqual(
      refusal('broken', 'deep.md', 'Save its text as .txt'),
    );
  });

  it('more paragraphs than fit are refused in each kind', async () => {
    const parts = unzipSync(await wordDocument());
    const body = '<w:p><w:r><w:t>x</w:t></w:r></w:p>'.repeat(MAX_PARAGRAPHS + 1);
    const xml = `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${body}</w:body></w:document>`;
    const long = 'x\n\n'.repeat(MAX_PARAGRAPHS + 1);
    for (const [name, bytes] of [
      ['a.docx', zipSync({ ...parts, 'word/document.xml': strToU8(xml) })],
      ['a.html', utf8(`<!doctype html>${'<p>x'.repeat(MAX_PARAGRAPHS + 1)}`)],
      ['a.md', utf8(long)],
    ] as const)
      await expect(readDocument(bytes, name), name).rejects.toEqual(refusal('too-long', name, 'Split it'));
  }, 30_000);
});
