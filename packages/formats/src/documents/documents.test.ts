import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { strToU8, unzipSync, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { MAX_DOCUMENT_BYTES, MAX_PARAGRAPH, MAX_PARAGRAPHS } from './document.ts';
import { wordDocument } from './fixtures.ts';
import { readDocument } from './index.ts';
import { latin1, reading, refusal, utf8, utf16 } from './testing.ts';

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
    const encrypted = await readFile(join(import.meta.dirname, 'fixtures/encrypted.docx'));
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

  it('of Windows keeps its dashes and quotation marks', async () => {
    const bytes = Uint8Array.from([...latin1('Gen\u00e8ve '), 0x96, 0x20, 0x93, 0x31, 0x94, 0x20, 0x80]);
    expect(await reading(bytes, 'a.txt')).toEqual(['paragraph: Genève – “1” €']);
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
