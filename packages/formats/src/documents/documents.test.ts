import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { strToU8, unzipSync, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { MAX_DOCUMENT_BYTES, MAX_PAGES, MAX_PARAGRAPH, MAX_PARAGRAPHS } from './document.ts';
import { pdfOf, scannedPdf, wordDocument } from './fixtures.ts';
import { readDocument } from './index.ts';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const utf16 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'utf16le'));
const latin1 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'latin1'));

/** A document's paragraphs as `kind: text`. */
async function reading(bytes: Uint8Array, name: string): Promise<string[]> {
  const { paragraphs } = await readDocument(bytes, name);
  expect(paragraphs.map(({ n }) => n)).toEqual(paragraphs.map((_, index) => index + 1));
  return paragraphs.map(({ kind, text }) => `${kind}: ${text}`);
}

const refusal = (code: string, ...words: string[]) =>
  expect.objectContaining({
    name: 'FormatError',
    code,
    message: expect.stringMatching(new RegExp(words.map((word) => `(?=.*${word})`).join(''), 's')),
  });

describe('Word', () => {
  it('reads headings, text, lists, rows of tables and right-to-left text in their order', async () => {
    const document = await readDocument(await wordDocument(), 'input.docx');
    expect(document).toMatchObject({
      format: 'docx',
      title: 'Written input of the Cities Network',
      warnings: [],
    });
    expect(document.paragraphs.map(({ kind, text }) => `${kind}: ${text}`)).toEqual([
      'heading: On access to services',
      'paragraph: States should ensure access to schools.',
      'item: Train teachers',
      'item: Fund transport',
      'paragraph: City | Places',
      'paragraph: Lagos | 1 200',
      'paragraph: ينبغي للدول أن تضمن (التعليم)',
    ]);
    expect(document.paragraphs.every(({ page }) => page === null)).toBe(true);
  });

  it('the bytes decide, and a name that says otherwise is told', async () => {
    const { format, warnings } = await readDocument(await wordDocument(), 'input.pdf');
    expect(format).toBe('docx');
    expect(warnings).toEqual(['The name ends in .pdf, but the file is a Word document; it was read as one.']);
  });

  it('a damaged one is refused, wherever the damage is', async () => {
    const whole = await wordDocument();
    await expect(readDocument(whole.subarray(0, whole.length / 2), 'half.docx')).rejects.toEqual(
      refusal('broken', 'half.docx', 'Save it again'),
    );
    const parts = unzipSync(whole);
    const without = (name: string) =>
      zipSync(Object.fromEntries(Object.entries(parts).filter(([part]) => part !== name)));
    await expect(readDocument(without('word/document.xml'), 'x.docx')).rejects.toEqual(refusal('broken'));
    const torn = zipSync({ ...parts, 'word/document.xml': strToU8('<w:document><w:body><w:p>') });
    await expect(readDocument(torn, 'torn.docx')).rejects.toEqual(refusal('broken'));
    const noise = whole.slice();
    noise.fill(0x55, 200, 1_200);
    await expect(readDocument(noise, 'noise.docx')).rejects.toEqual(refusal('broken'));
  });

  it('an encrypted one and an old one are told apart', async () => {
    const ole = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
    const encrypted = new Uint8Array([...ole, ...utf16('EncryptedPackage')]);
    await expect(readDocument(encrypted, 'secret.docx')).rejects.toEqual(
      refusal('encrypted', 'secret.docx', 'password', 'upload it again'),
    );
    const old = new Uint8Array([...ole, ...utf16('WordDocument')]);
    await expect(readDocument(old, 'old.doc')).rejects.toEqual(refusal('unknown-type', 'Save it as .docx'));
  });

  it('a zip bomb is not unpacked, also when it lies about its size', async () => {
    const parts = unzipSync(await wordDocument());
    const bomb = zipSync({ ...parts, 'word/comments.xml': new Uint8Array(70 * 1024 * 1024) });
    expect(bomb.length).toBeLessThan(200_000);
    await expect(readDocument(bomb, 'bomb.docx')).rejects.toEqual(refusal('unpacks-too-far', 'bomb.docx'));
    // The size in the central directory, which is what readers go by.
    const view = new DataView(bomb.buffer, bomb.byteOffset);
    for (let at = 0; at + 46 < bomb.length; at += 1)
      if (view.getUint32(at, true) === 0x02014b50 && view.getUint32(at + 24, true) > 60e6)
        view.setUint32(at + 24, 1_000, true);
    const before = process.memoryUsage().arrayBuffers;
    await readDocument(bomb, 'liar.docx').catch(() => undefined);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(40e6);
  });

  it('one without any text says so', async () => {
    const parts = unzipSync(await wordDocument());
    const xml =
      '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body/></w:document>';
    const empty = zipSync({ ...parts, 'word/document.xml': strToU8(xml) });
    await expect(readDocument(empty, 'empty.docx')).rejects.toEqual(refusal('no-text', 'no text'));
  });
});

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

describe('HTML and Markdown', () => {
  it('reads the text of a page and nothing that is no text', async () => {
    const page = `<!doctype html><html lang="fr-ch"><head><title>Contribution écrite</title><style>p{}</style></head><body>
      <nav>Menu</nav><script>alert(1)</script><h1>Titre &amp; sujet</h1><p>Un <b>premier</b><br>point<p>Un second
      <ul><li>Un<ul><li>Un un</li></ul></li><li>Deux</ul>
      <table><tr><td><p>Ville</p></td><td>Places</td></tr></table>
      <table><tr><td><p>Mise</p><p>en page</p></td></tr></table><noscript>Non</noscript></body></html>`;
    const document = await readDocument(utf8(page), 'page.html');
    expect(document).toMatchObject({ format: 'html', title: 'Contribution écrite', language: 'fr-CH' });
    expect(document.paragraphs.map(({ kind, text }) => `${kind}: ${text}`)).toEqual([
      'heading: Titre & sujet',
      'paragraph: Un premier point',
      'paragraph: Un second',
      'item: Un',
      'item: Un un',
      'item: Deux',
      'paragraph: Ville | Places',
      'paragraph: Mise',
      'paragraph: en page',
    ]);
  });

  it('a page in another encoding is read as it says, and that is told', async () => {
    const head = '<html><head><meta charset="windows-1251"></head><body><p>';
    const bytes = new Uint8Array([...latin1(head), 0xcc, 0xe8, 0xf0, ...latin1('</p></body></html>')]);
    const { paragraphs, warnings } = await readDocument(bytes, 'page.htm');
    expect(paragraphs[0]?.text).toBe('Мир');
    expect(warnings[0]).toContain('windows-1251');
  });

  it('reads Markdown by its name, and text with the same signs as text', async () => {
    const text = '# A title\n\nSome *strong* words\nin two lines.\n\n- one\n- two\n\n> quoted\n';
    expect(await reading(utf8(text), 'input.md')).toEqual([
      'heading: A title',
      'paragraph: Some strong words in two lines.',
      'item: one',
      'item: two',
      'paragraph: quoted',
    ]);
    expect((await readDocument(utf8(text), 'input.md')).title).toBe('A title');
    expect((await reading(utf8(text), 'input.txt'))[0]).toBe('paragraph: # A title');
  });
});

describe('plain text', () => {
  it('blank lines part paragraphs; without any each line is one', async () => {
    expect(await reading(utf8('One\r\ntwo.\r\n\r\n\r\n(a) Three\r\n(b) Four\r\nfive'), 'a.txt')).toEqual([
      'paragraph: One two.',
      'item: (a) Three',
      'item: (b) Four five',
    ]);
    expect(await reading(utf8('One\nTwo\nThree'), 'b.txt')).toEqual([
      'paragraph: One',
      'paragraph: Two',
      'paragraph: Three',
    ]);
  });

  it.each([
    ['a mark of UTF-8', new Uint8Array([0xef, 0xbb, 0xbf, ...utf8('Genève')]), 0],
    ['a mark of UTF-16', new Uint8Array([0xff, 0xfe, ...utf16('Genève')]), 0],
    ['UTF-16 without a mark', utf16('Genève et la suite de la ligne'), 0],
    ['Windows text, which is told', latin1('Genève'), 1],
  ])('reads %s', async (_what, bytes, told) => {
    const { paragraphs, warnings } = await readDocument(bytes, 'a.txt');
    expect(paragraphs[0]?.text).toMatch(/^Genève/);
    expect(warnings).toHaveLength(told);
  });

  it('keeps nothing that cannot be seen or turns text around', async () => {
    expect(await reading(utf8('a\u202eb\u200bc\ue000d e\u0301 \ufb01n می\u200cخواهم'), 'a.txt')).toEqual([
      'paragraph: abcd é fin می\u200cخواهم',
    ]);
  });

  it('a paragraph without end is given in parts at the ends of sentences', async () => {
    const sentence = 'It goes on and on. ';
    const { paragraphs } = await readDocument(utf8(sentence.repeat(1_000)), 'a.txt');
    expect(paragraphs.length).toBe(Math.ceil((sentence.length * 1_000) / MAX_PARAGRAPH));
    expect(paragraphs.every(({ text }) => text.endsWith('.') && text.length <= MAX_PARAGRAPH)).toBe(true);
    expect(paragraphs.map(({ text }) => text).join(' ')).toBe(sentence.repeat(1_000).trim());
  });

  it('nothing, too much and what is no document are refused with how to mend it', async () => {
    await expect(readDocument(new Uint8Array(), 'a.txt')).rejects.toEqual(refusal('empty', 'a.txt'));
    await expect(readDocument(utf8(' \n\n '), 'a.txt')).rejects.toEqual(refusal('no-text', 'a.txt'));
    await expect(readDocument(new Uint8Array(MAX_DOCUMENT_BYTES + 1), 'a.pdf')).rejects.toEqual(
      refusal('too-large', '25 MiB'),
    );
    await expect(readDocument(utf8('x\n\n'.repeat(MAX_PARAGRAPHS + 1)), 'a.txt')).rejects.toEqual(
      refusal('too-long', 'Split it'),
    );
    const program = new Uint8Array([0x7f, 0x45, 0x4c, 0x46, 1, 1, 1, 0, 0, 7, 3, 200, 255]);
    await expect(readDocument(program, 'input.docx')).rejects.toEqual(refusal('unknown-type', 'input.docx'));
    const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]);
    await expect(readDocument(png, 'page.pdf')).rejects.toEqual(refusal('unknown-type', 'OCR'));
    await expect(readDocument(utf8('{\\rtf1 text}'), 'a.doc')).rejects.toEqual(
      refusal('unknown-type', 'RTF'),
    );
    const zip = (name: string) => zipSync({ [name]: strToU8('x') });
    await expect(readDocument(zip('xl/workbook.xml'), 'a.xlsx')).rejects.toEqual(
      refusal('unknown-type', 'workbook'),
    );
    await expect(readDocument(zip('input.docx'), 'all.zip')).rejects.toEqual(
      refusal('unknown-type', 'Unpack it'),
    );
  });
});
