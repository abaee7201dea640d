import { FOOTPRINT_VIEWS, type FootprintFormat, type FootprintView } from '@zerodraft/trace';
import { unzipSync } from 'fflate';
import { parseDocument } from 'htmlparser2';
import mammoth from 'mammoth';
import readXlsxFile from 'read-excel-file/node';
import { describe, expect, it } from 'vitest';
import { readDocument } from '../documents/index.ts';
import { FACTS, PLACE, sampleFootprint } from './testing.ts';
import { type FootprintFile, fileSafe, writeFootprint } from './write-footprint.ts';

const LONG = 'wordwithoutanyspace'.repeat(40);

async function file(
  view: FootprintView,
  format: FootprintFormat,
  { organisation = null as string | null, notes = false, extra = '' } = {},
): Promise<FootprintFile> {
  const request = { view, format, organisation, notes };
  const written = await writeFootprint(sampleFootprint({ notes, extra }), request, FACTS, PLACE);
  if (!written) throw new Error('nothing was written');
  return written;
}

const docxText = async ({ bytes }: FootprintFile): Promise<string> =>
  (await mammoth.extractRawText({ buffer: Buffer.from(bytes) })).value;
const pdfText = async ({ bytes, name }: FootprintFile): Promise<string> =>
  (await readDocument(bytes, name)).paragraphs.map(({ text }) => text).join('\n');
const htmlOf = ({ bytes }: FootprintFile): string => new TextDecoder().decode(bytes);
const flat = (text: string): string => text.replace(/\s+/g, ' ');

/** What each view says of the sample, in whatever format. */
const SAID: Record<FootprintView, string[]> = {
  clauses: [
    'Where the text comes from',
    'Paragraph 1(a)',
    'Verbatim: r1 Schools within a month',
    'Contrary: the opposite was chosen: r3 Close schools',
    'Clauses without a source (1)',
    'Words of the clause: “thirty days”',
  ],
  recommendations: [
    'What became of the recommendations',
    'r4 Free meals',
    'Not reflected: Outside of the budget.',
    'With it were merged: old Admit children at once (Mission of Elsewhere).',
    'Taken up by no clause (2)',
    'Государства должны обеспечить доступ',
    'Τα κράτη διασφαλίζουν',
  ],
  organisation: [
    'What became of your proposals',
    'Thank you for the 3 proposals that Mission of Elsewhere put to “Compact on schools”.',
    'It was merged into r1 Schools within a month.',
    'It was considered, and the text says the opposite.',
    'Reason: Outside of the budget.',
    'The facilitators of “Compact on schools”',
  ],
};
const toElsewhere = { organisation: 'Mission of Elsewhere' };

describe.each(FOOTPRINT_VIEWS)('the view %s', (view) => {
  const options = view === 'organisation' ? toElsewhere : {};
  it.each([
    ['docx', docxText],
    ['pdf', pdfText],
    ['html', async (written: FootprintFile) => htmlOf(written).replace(/<[^>]*>/g, ' ')],
  ] as const)('says the same as %s', async (format, read) => {
    const text = flat(await read(await file(view, format, options)));
    for (const words of SAID[view]) expect(text).toContain(words);
    expect(text).not.toContain('Agreed in the small group');
  });
});

describe('notes of the team', () => {
  it.each([
    ['docx', docxText],
    ['pdf', pdfText],
    ['html', async (written: FootprintFile) => htmlOf(written)],
  ] as const)('stand in %s when they are asked for', async (format, read) => {
    expect(await read(await file('clauses', format, { notes: true }))).toContain(
      'Note of the team: Agreed in the small group.',
    );
  });
});

describe('PDF', () => {
  it('shows Arabic and Chinese, right to left and without spaces, and breaks what has none', async () => {
    const text = await pdfText(await file('recommendations', 'pdf', { extra: LONG }));
    for (const word of ['ينبغي', 'للدول', 'التعليم', '2030', '各国应确保每一名儿童都能接受教育。'])
      expect(text).toContain(word);
    expect(text.replace(/\s/g, '')).toContain(LONG);
  });

  it('shows traditional and rare Chinese characters as well', async () => {
    const text = await pdfText(
      await file('clauses', 'pdf', { extra: '國際移民組織與難民署；鑿壁借光，≥ 5。' }),
    );
    expect(text).toContain('國際移民組織與難民署；鑿壁借光，≥ 5。');
  });

  it('says which writings it cannot show, and where; nothing is left out silently', async () => {
    const text = flat(await pdfText(await file('clauses', 'pdf', { extra: 'ที่นี่ ไทย, then 😀.' })));
    expect(text).toContain('This PDF has no letters for some of the text (Thai, symbols)');
    expect(text).toContain('Teachers are trained. [Thai], then [symbols].');
    expect(flat(await pdfText(await file('clauses', 'pdf')))).not.toContain('no letters');
  });

  it('is tagged and titled, and goes on over many pages, under the table’s head again', async () => {
    const { bytes } = await file('organisation', 'pdf', {
      ...toElsewhere,
      extra: 'many words '.repeat(2_000),
    });
    const raw = Buffer.from(bytes).toString('latin1');
    expect(raw).toContain('/StructTreeRoot');
    expect(raw).toContain('/Marked true');
    const { paragraphs } = await readDocument(bytes, 'letter.pdf');
    expect(Math.max(...paragraphs.map(({ page }) => page ?? 0))).toBeGreaterThan(5);
    expect(paragraphs.map(({ text }) => text).join(' ')).toContain('The facilitators of');
  });
});

describe('HTML', () => {
  it('runs and fetches nothing; what people wrote is text', async () => {
    const html = htmlOf(await file('recommendations', 'html'));
    const names = new Set<string>();
    const visit = (nodes: ReturnType<typeof parseDocument>['children']): void => {
      for (const node of nodes) {
        if (node.type === 'text' || !('children' in node)) continue;
        if ('name' in node) names.add(node.name);
        if ('attribs' in node)
          for (const attribute of Object.keys(node.attribs)) expect(attribute).not.toMatch(/^(on|src|href)/);
        visit(node.children);
      }
    };
    visit(parseDocument(html).children);
    for (const name of ['script', 'img', 'link', 'iframe', 'a']) expect(names).not.toContain(name);
    expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt; &amp; _x0041_ end');
    expect(html).toContain("default-src 'none'");
    expect(html).toContain('<html lang="en">');
    expect(html).toMatch(/<p dir="auto" class="quote">ينبغي/);
  });
});

describe('Word', () => {
  it('marks what runs from right to left', async () => {
    const { bytes } = await file('clauses', 'docx');
    const xml = new TextDecoder().decode(unzipSync(bytes)['word/document.xml']);
    expect(xml).toMatch(/<w:bidi\/>(?:(?!<\/w:p>).)*<w:rtl\/>(?:(?!<\/w:p>).)*ينبغي/s);
    expect(xml).not.toContain('\u0007');
  });
});

describe('Excel', () => {
  it.each(FOOTPRINT_VIEWS)('has a row for each link and each without one: %s', async (view) => {
    const { bytes } = await file(view, 'xlsx');
    const sheets = await readXlsxFile(Buffer.from(bytes));
    const rows = sheets[0]?.data ?? [];
    expect(rows.length).toBe({ clauses: 7, recommendations: 7, organisation: 10 }[view]);
    const cells = rows.flat().map(String);
    expect(cells).toContain('=HYPERLINK("http://example.org","x") <script>alert(1)</script> & _x0041_ end');
    expect(cells).not.toContain('Note of the team');
  });

  it('holds no formula, and no cell longer than one can be', async () => {
    const { bytes } = await file('clauses', 'xlsx', { extra: 'x'.repeat(40_000), notes: true });
    const parts = Object.entries(unzipSync(bytes)).filter(([name]) => name.includes('sheet'));
    expect(parts.length).toBeGreaterThan(0);
    for (const [, part] of parts) expect(new TextDecoder().decode(part)).not.toMatch(/<f[ >]/);
    const rows = (await readXlsxFile(Buffer.from(bytes)))[0]?.data ?? [];
    expect(Math.max(...rows.flat().map((cell) => String(cell).length))).toBeLessThan(32_767);
    expect(rows[0]).toContain('Note of the team');
  });
});

describe('letters to all', () => {
  it.each(['docx', 'html'] as const)('are a ZIP with one %s for each organisation', async (format) => {
    const { bytes, name, type } = await file('organisation', format);
    expect([name, type]).toEqual(['footprint-proposals-2026-05-31.zip', 'application/zip']);
    const files = unzipSync(bytes);
    expect(Object.keys(files).sort()).toEqual(
      ['Cities-Network', 'Mission-of-Elsewhere', 'Réseau-des-villes-écoles'].map((one) => `${one}.${format}`),
    );
  });

  it('names files safely, whatever organisations are called', () => {
    expect(fileSafe('../../etc/passwd\u0000')).toBe('etc-passwd');
    expect(fileSafe('  ???  ')).toBe('report');
    expect(fileSafe('شبكة المدن')).toBe('شبكة-المدن');
    expect(fileSafe('x'.repeat(500))).toHaveLength(80);
  });

  it('nobody who proposed nothing gets one', async () => {
    const request = { view: 'organisation', format: 'docx', organisation: 'Nobody', notes: false } as const;
    expect(await writeFootprint(sampleFootprint(), request, FACTS, PLACE)).toBeNull();
  });
});
