import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { createDeflate, deflateSync } from 'node:zlib';
import { Document, HeadingLevel, Packer, Paragraph, Table, TableCell, TableRow, TextRun } from 'docx';
import PDFDocument from 'pdfkit';

type Pdf = InstanceType<typeof PDFDocument>;

/** A PDF as a program writes it. */
export async function pdfOf(draw: (pdf: Pdf) => void, options: object = {}): Promise<Uint8Array> {
  const pdf = new PDFDocument(options);
  const chunks: Buffer[] = [];
  pdf.on('data', (chunk: Buffer) => chunks.push(chunk));
  const ended = new Promise((resolve) => pdf.on('end', resolve));
  draw(pdf);
  pdf.end();
  await ended;
  return new Uint8Array(Buffer.concat(chunks));
}

/** One grey pixel. */
const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==',
  'base64',
);

/** A page that was laid on a scanner: a picture of text. */
export const scannedPdf = (): Promise<Uint8Array> =>
  pdfOf((pdf) => {
    pdf.image(PIXEL, 0, 0, { width: 600, height: 800 });
    pdf.addPage();
    pdf.image(PIXEL, 0, 0, { width: 600, height: 800 });
  });

/** A small PDF whose page unpacks, twice over, to so many times 16 MiB. */
export async function pdfBomb(times: number): Promise<Uint8Array> {
  const spaces = Buffer.alloc(16 * 1024 * 1024, 32);
  const once = Readable.from(Array.from({ length: times }, () => spaces)).pipe(createDeflate());
  const content = deflateSync(await buffer(once));
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << >> >>',
    `<< /Length ${content.length} /Filter [/FlateDecode /FlateDecode] >>\nstream\n${content.toString('latin1')}\nendstream`,
  ];
  let body = '%PDF-1.4\n';
  const offsets = objects.map((object, index) => {
    const at = body.length;
    body += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return `${String(at).padStart(10, '0')} 00000 n \n`;
  });
  const table = `xref\n0 5\n0000000000 65535 f \n${offsets.join('')}trailer << /Size 5 /Root 1 0 R >>\nstartxref\n${body.length}\n%%EOF`;
  return new Uint8Array(Buffer.from(body + table, 'latin1'));
}

/** A Word document with a heading, a list, a table, a footnote and Arabic. */
export async function wordDocument(): Promise<Uint8Array> {
  const cell = (text: string): TableCell => new TableCell({ children: [new Paragraph(text)] });
  const document = new Document({
    title: 'Written input of the Cities Network',
    numbering: {
      config: [{ reference: 'points', levels: [{ level: 0, format: 'bullet', text: '•' }] }],
    },
    footnotes: { 1: { children: [new Paragraph('See resolution 71/1.')] } },
    sections: [
      {
        children: [
          new Paragraph({ text: 'On access to services', heading: HeadingLevel.HEADING_1 }),
          new Paragraph({
            children: [
              new TextRun('States should '),
              new TextRun({ text: 'ensure', bold: true }),
              new TextRun(' access to schools.'),
            ],
          }),
          new Paragraph({ text: 'Train teachers', numbering: { reference: 'points', level: 0 } }),
          new Paragraph({ text: 'Fund transport', numbering: { reference: 'points', level: 0 } }),
          new Table({
            rows: [
              new TableRow({ children: [cell('City'), cell('Places')] }),
              new TableRow({ children: [cell('Lagos'), cell('1 200')] }),
            ],
          }),
          new Paragraph({
            bidirectional: true,
            children: [new TextRun({ text: 'ينبغي للدول أن تضمن (التعليم)', rightToLeft: true })],
          }),
        ],
      },
    ],
  });
  return new Uint8Array(await Packer.toBuffer(document));
}
