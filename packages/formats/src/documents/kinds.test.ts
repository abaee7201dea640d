import { Document, Packer, Paragraph, SimpleField, Table, TableCell, TableRow } from 'docx';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
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
