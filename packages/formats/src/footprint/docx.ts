import {
  AlignmentType,
  BorderStyle,
  Document,
  Footer,
  HeadingLevel,
  type IParagraphOptions,
  Packer,
  PageNumber,
  Paragraph,
  ShadingType,
  Table,
  TableCell,
  TableRow,
  TextRun,
  WidthType,
} from 'docx';
import { isRightToLeft } from './direction.ts';
import type { Line, Report, ReportPart } from './report.ts';

const MUTED = '5C5B57';
const RULE = 'DCDAD4';
const ACCENT = '1F4E79';

/** Text as runs: a line break stays one, and a text that runs from right to left is marked so. */
function runsOf(text: string, options: { bold?: boolean; color?: string; size?: number } = {}): TextRun[] {
  const rightToLeft = isRightToLeft(text);
  return text
    .split('\n')
    .map(
      (part, index) =>
        new TextRun({ text: part, rightToLeft, ...options, ...(index > 0 ? { break: 1 } : {}) }),
    );
}

function paragraph({ text, tone }: Line, more: IParagraphOptions = {}): Paragraph {
  const look = {
    ...(tone === 'strong' ? { bold: true } : {}),
    ...(tone === 'muted' ? { color: MUTED, size: 18 } : {}),
  };
  return new Paragraph({
    children: runsOf(text, look),
    bidirectional: isRightToLeft(text),
    spacing: { after: 100 },
    ...more,
  });
}

/** An entry stands behind a rule, its lines together. */
function entry(lines: readonly Line[]): Paragraph[] {
  return lines.map((line, index) =>
    paragraph(line, {
      indent: { left: 280 },
      border: { left: { style: BorderStyle.SINGLE, size: 12, space: 8, color: ACCENT } },
      spacing: { after: index === lines.length - 1 ? 200 : 60 },
      keepNext: index === 0 && lines.length > 1,
    }),
  );
}

function cell(lines: readonly Line[], share: number, head = false): TableCell {
  return new TableCell({
    children: lines.map((line) => paragraph(line, { spacing: { after: 60 } })),
    width: { size: share, type: WidthType.PERCENTAGE },
    margins: { top: 80, bottom: 80, left: 100, right: 100 },
    ...(head ? { shading: { type: ShadingType.CLEAR, fill: 'F5F4F1', color: 'auto' } } : {}),
  });
}

const LEVELS = { 2: HeadingLevel.HEADING_1, 3: HeadingLevel.HEADING_2 } as const;

function partOf(part: ReportPart): (Paragraph | Table)[] {
  switch (part.kind) {
    case 'heading':
      return [
        new Paragraph({
          heading: LEVELS[part.level],
          children: runsOf(part.text),
          bidirectional: isRightToLeft(part.text),
          keepNext: true,
        }),
      ];
    case 'text':
      return [paragraph(part, part.tone === 'quote' ? { spacing: { after: 140 } } : {})];
    case 'entries':
      return part.entries.flatMap(entry);
    case 'table': {
      const { caption, columns, rows } = part;
      const border = { style: BorderStyle.SINGLE, size: 4, color: RULE };
      const head = columns.map(({ label, share }) => cell([{ text: label, tone: 'strong' }], share, true));
      return [
        paragraph({ text: caption, tone: 'muted' }, { keepNext: true }),
        new Table({
          width: { size: 100, type: WidthType.PERCENTAGE },
          borders: {
            ...{ top: border, bottom: border, left: border, right: border },
            ...{ insideHorizontal: border, insideVertical: border },
          },
          rows: [
            new TableRow({ tableHeader: true, children: head }),
            ...rows.map(
              (cells) =>
                new TableRow({
                  children: cells.map((lines, index) => cell(lines, columns[index]?.share ?? 0)),
                }),
            ),
          ],
        }),
        new Paragraph({ spacing: { after: 120 } }),
      ];
    }
  }
}

/** A report as a Word document. */
export async function writeDocx({ title, lines, parts }: Report): Promise<Uint8Array> {
  const font = 'Calibri';
  const headingStyle = (size: number, before: number) => ({
    run: { font, size, bold: true, color: '1D1D1B' },
    paragraph: { spacing: { before, after: 100 } },
  });
  const document = new Document({
    title,
    creator: 'Zerodraft',
    styles: {
      default: {
        document: { run: { font, size: 21, language: { value: 'en-GB' } } },
        title: { run: { font, size: 40, bold: true }, paragraph: { spacing: { after: 80 } } },
        heading1: headingStyle(28, 400),
        heading2: headingStyle(23, 280),
      },
    },
    sections: [
      {
        properties: { page: { margin: { top: 1200, bottom: 1200, left: 1200, right: 1200 } } },
        footers: {
          default: new Footer({
            children: [
              new Paragraph({
                alignment: AlignmentType.CENTER,
                children: [
                  new TextRun({
                    children: [PageNumber.CURRENT, ' / ', PageNumber.TOTAL_PAGES],
                    size: 17,
                    color: MUTED,
                  }),
                ],
              }),
            ],
          }),
        },
        children: [
          new Paragraph({ heading: HeadingLevel.TITLE, children: runsOf(title) }),
          ...lines.map((text) => paragraph({ text, tone: 'muted' }, { spacing: { after: 20 } })),
          new Paragraph({ spacing: { after: 160 } }),
          ...parts.flatMap(partOf),
        ],
      },
    ],
  });
  return new Uint8Array(await Packer.toBuffer(document));
}
