import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { MAX_PAGES } from './document.ts';
import { pdfOf, scannedPdf } from './fixtures.ts';
import { readDocument } from './index.ts';
import { reading, refusal, utf8 } from './testing.ts';

describe('PDF', () => {
  const LONG =
    'Participants called for stronger cooper-ation between cities and for the recognition of diplomas across borders, so that nurses and teachers can work. ';

  it('lines become paragraphs, headings stand out, items and numbers begin anew', async () => {
    const bytes = await pdfOf(
      (pdf) => {
        pdf.fontSize(18).text('Summary of the session').moveDown();
        pdf.fontSize(11).text(LONG.repeat(3).replaceAll('cooper-ation', 'cooperation')).moveDown();
        pdf.text('1. The first point is about schools.');
        pdf.text('2. The second point is about work.');
        pdf.text('• Fund transport');
        pdf.text('• Train teachers');
      },
      { info: { Title: 'Session two' }, lang: 'en-gb' },
    );
    const document = await readDocument(bytes, 'summary.pdf');
    expect(document).toMatchObject({ format: 'pdf', title: 'Session two', language: 'en-GB', warnings: [] });
    expect(document.paragraphs.map(({ kind, text }) => `${kind}: ${text}`)).toEqual([
      'heading: Summary of the session',
      `paragraph: ${LONG.repeat(3).replaceAll('cooper-ation', 'cooperation').trim()}`,
      'paragraph: 1. The first point is about schools.',
      'paragraph: 2. The second point is about work.',
      'item: • Fund transport',
      'item: • Train teachers',
    ]);
  });

  it('a line that stands out of its column does not part the others', async () => {
    const wide =
      'This long line of a table stands out of the column and reaches to the very edge of the paper.';
    const bytes = await pdfOf((pdf) => {
      pdf.fontSize(10).text(wide, 72, 80, { lineBreak: false, characterSpacing: 0.6 });
      pdf
        .fontSize(10)
        .text(LONG.repeat(4).replaceAll('cooper-ation', 'cooperation'), 72, 120, { width: 300 });
    });
    expect(await reading(bytes, 'wide.pdf')).toHaveLength(2);
  });

  it('a word that a line parted is one again, a word written with a hyphen keeps it', async () => {
    const bytes = await pdfOf((pdf) => {
      pdf.fontSize(11);
      for (const [index, line] of [
        'The forum asked for decision-making at the level that is nearest to people and inter-',
        'national support for it, with financing that is predictable and long; and for decision-',
        'making that includes young people, women and those who live in cities without papers.',
      ].entries())
        pdf.text(line, 72, 100 + index * 13, { lineBreak: false });
    });
    expect(await reading(bytes, 'hyphens.pdf')).toEqual([
      'paragraph: The forum asked for decision-making at the level that is nearest to people and international support for it, with financing that is predictable and long; and for decision-making that includes young people, women and those who live in cities without papers.',
    ]);
  });

  it('headers and footers are left out, a paragraph goes on over the page, and the page is kept', async () => {
    const bytes = await pdfOf(
      (pdf) => {
        for (let page = 1; page <= 4; page += 1) {
          pdf.addPage().fontSize(9);
          pdf.text('A/CONF.231/3', 72, 30, { lineBreak: false });
          pdf.text(`${page}/4`, 500, 760, { lineBreak: false });
          pdf.fontSize(11).text(`Paragraph ${page} begins here and ends with a full stop.`, 72, 120);
          pdf.moveDown().text(page < 4 ? `Sentence ${page} runs on` : 'The end.');
        }
      },
      { autoFirstPage: false, margins: { top: 20, bottom: 20, left: 72, right: 72 } },
    );
    const { paragraphs } = await readDocument(bytes, 'pages.pdf');
    expect(paragraphs.map(({ page, text }) => `${page}: ${text}`)).toEqual([
      '1: Paragraph 1 begins here and ends with a full stop.',
      '1: Sentence 1 runs on',
      '2: Paragraph 2 begins here and ends with a full stop.',
      '2: Sentence 2 runs on',
      '3: Paragraph 3 begins here and ends with a full stop.',
      '3: Sentence 3 runs on',
      '4: Paragraph 4 begins here and ends with a full stop.',
      '4: The end.',
    ]);
    const book = await pdfOf((pdf) => {
      for (let page = 1; page <= 8; page += 1) {
        if (page > 1) pdf.addPage();
        const header =
          page % 2
            ? `Part ${page > 4 ? 'two: work' : 'one: schools'}   ${page + 10}`
            : `${page + 10}   A book`;
        pdf.fontSize(9).text(header, 72, 30, { lineBreak: false });
        pdf
          .fontSize(11)
          .text('In 2016 the Assembly met.', 72, 120)
          .moveDown()
          .text(`It met in year ${page}.`);
      }
    });
    expect([...new Set(await reading(book, 'book.pdf'))]).toHaveLength(9);
    const across = await pdfOf((pdf) => {
      pdf.fontSize(11).text('Before the page ends this sentence has not', 72, 700, { lineBreak: false });
      pdf.addPage().text('come to its end, which stands here.');
    });
    expect((await readDocument(across, 'across.pdf')).paragraphs).toEqual([
      {
        n: 1,
        kind: 'paragraph',
        page: 1,
        text: 'Before the page ends this sentence has not come to its end, which stands here.',
      },
    ]);
  });

  it('right-to-left text reads in its order, with its numbers and brackets', async () => {
    const bytes = readFileSync(join(import.meta.dirname, 'fixtures/right-to-left.pdf'));
    const document = await readDocument(new Uint8Array(bytes), 'rtl.pdf');
    expect(document).toMatchObject({ title: 'ورقة مساهمة', language: 'ar' });
    expect(document.paragraphs.map(({ kind, text }) => `${kind}: ${text}`)).toEqual([
      'heading: مساهمة في الميثاق العالمي',
      'paragraph: ينبغي للدول أن تضمن وصول جميع الأطفال إلى التعليم بغض النظر عن وضعهم القانوني، وأن تخصص له موارد كافية بحلول عام 2030 في جميع المناطق الريفية والحضرية.',
      'paragraph: وينبغي للسلطات المحلية أن تشارك في التنفيذ (انظر القرار 71/1).',
      'heading: שילוב בקהילה',
      'paragraph: על המדינות להבטיח לכל ילד גישה לחינוך, ללא קשר למעמדו המשפטי.',
    ]);
  });

  it('pages that are pictures say so: all of them, or some', async () => {
    await expect(readDocument(await scannedPdf(), 'scan.pdf')).rejects.toEqual(
      refusal('no-text', 'scan.pdf', 'no text', 'OCR', 'upload it again'),
    );
    const some = await pdfOf((pdf) => {
      pdf.text('A cover letter.').addPage().rect(0, 0, 300, 300).fill();
    });
    const { paragraphs, warnings } = await readDocument(some, 'some.pdf');
    expect(paragraphs).toHaveLength(1);
    expect(warnings).toEqual(['No text on page 2: empty, or a picture that needs text recognition (OCR).']);
  });

  it('one with a password is refused, one that is only locked against changes is read', async () => {
    const draw = (pdf: { text(text: string): unknown }) => void pdf.text('For your eyes only.');
    const secret = await pdfOf(draw, { userPassword: 'open', ownerPassword: 'all' });
    await expect(readDocument(secret, 'secret.pdf')).rejects.toEqual(
      refusal('encrypted', 'secret.pdf', 'without one'),
    );
    const locked = await pdfOf(draw, { ownerPassword: 'all' });
    expect(await reading(locked, 'locked.pdf')).toEqual(['paragraph: For your eyes only.']);
  });

  it('a damaged one is refused, too many pages as well', async () => {
    const whole = await pdfOf((pdf) => void pdf.text('Text.'));
    await expect(readDocument(whole.subarray(0, 60), 'cut.pdf')).rejects.toEqual(
      refusal('broken', 'cut.pdf', 'again'),
    );
    await expect(readDocument(utf8('%PDF-1.7\nnothing more'), 'sham.pdf')).rejects.toEqual(refusal('broken'));
    const long = await pdfOf((pdf) => {
      for (let page = 0; page < MAX_PAGES; page += 1) pdf.addPage();
    });
    await expect(readDocument(long, 'long.pdf')).rejects.toEqual(refusal('too-long', 'pages', 'Split it'));
  });
});
