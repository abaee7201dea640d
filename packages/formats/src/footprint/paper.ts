import PDFDocument from 'pdfkit';
import type { Face, Weight } from './fonts.ts';
import { type SetLine, setLines } from './typeset.ts';

type Pdf = InstanceType<typeof PDFDocument>;
type Part = ReturnType<Pdf['struct']>;

const MARGIN = 56;

interface TableLine extends SetLine {
  color: string;
  after: number;
}

interface Table {
  /** Where the text of each column stands, and the lines between the columns. */
  places: { x: number; width: number }[];
  edges: number[];
  rule: string;
  padding: number;
  head: TableLine[][];
  rows: TableLine[][][];
}

/** Pages of A4 that are written from top to bottom; what does not fit goes on the next. */
export class Paper {
  readonly #pdf: Pdf;
  readonly #chunks: Buffer[] = [];
  readonly #ended: Promise<void>;
  readonly #known = new Set<string>();
  readonly #widths = new Map<string, number>();
  #y = MARGIN;

  constructor(title: string) {
    this.#pdf = new PDFDocument({
      size: 'A4',
      margin: MARGIN,
      bufferPages: true,
      tagged: true,
      pdfVersion: '1.7',
      lang: 'en',
      displayTitle: true,
      info: { Title: title, Creator: 'Zerodraft' },
    });
    this.#pdf.on('data', (chunk: Buffer) => this.#chunks.push(chunk));
    this.#ended = new Promise((resolve) => this.#pdf.on('end', resolve));
  }

  get width(): number {
    return this.#pdf.page.width - 2 * MARGIN;
  }

  get #bottom(): number {
    return this.#pdf.page.height - MARGIN;
  }

  lineHeight(size: number): number {
    return size * 1.42;
  }

  #use(face: Face, size: number): void {
    if (!this.#known.has(face.name)) {
      this.#pdf.registerFont(face.name, face.bytes);
      this.#known.add(face.name);
    }
    this.#pdf.font(face.name).fontSize(size);
  }

  #measure = (text: string, face: Face, size: number): number => {
    const key = `${face.name} ${size} ${text}`;
    const known = this.#widths.get(key);
    if (known !== undefined) return known;
    this.#use(face, size);
    const width = this.#pdf.widthOfString(text);
    // Words come again, lines do not.
    if (text.length < 24) this.#widths.set(key, width);
    return width;
  };

  /** Text in lines of a width. */
  set(text: string, size: number, weight: Weight, width: number): SetLine[] {
    return setLines(text, size, weight, width, this.#measure);
  }

  /** Leaves space, except at the top of a page. */
  gap(height: number): void {
    if (this.#y > MARGIN) this.#y += height;
  }

  /** Begins a page when what comes next would not fit together on this one. */
  need(height: number): void {
    if (this.#y > MARGIN && this.#y + height > this.#bottom) this.#break();
  }

  #break(): void {
    this.#pdf.addPage();
    this.#y = MARGIN;
  }

  /** A part of the document's structure, for whoever has it read out. */
  part(kind: string): Part {
    const part = this.#pdf.struct(kind);
    this.#pdf.addStructure(part);
    return part;
  }

  #runs({ runs, size }: SetLine, x: number, y: number, color: string): void {
    this.#pdf.fillColor(color);
    for (const run of runs) {
      if (run.text.trim() === '') continue;
      this.#use(run.face, size);
      this.#pdf.text(run.text, MARGIN + x + run.x, y + size * 1.08, {
        lineBreak: false,
        baseline: 'alphabetic',
      });
    }
  }

  /** Draws one line below the last, on the next page when this one is full. */
  draw(
    part: Part,
    line: SetLine,
    look: { x: number; color: string; after: number; rule?: { x: number; color: string } },
  ): void {
    const height = this.lineHeight(line.size);
    if (this.#y + height > this.#bottom) this.#break();
    if (look.rule)
      this.#artifact(() => this.#rule(look.rule?.x ?? 0, height + look.after, look.rule?.color ?? ''));
    part.add(this.#pdf.markStructureContent('Span'));
    this.#runs(line, look.x, this.#y, look.color);
    this.#pdf.endMarkedContent();
    this.#y += height + look.after;
  }

  #rule(x: number, height: number, color: string): void {
    this.#pdf
      .moveTo(MARGIN + x, this.#y)
      .lineTo(MARGIN + x, this.#y + height)
      .lineWidth(1.5)
      .stroke(color);
  }

  /** What is drawn for the eye alone. */
  #artifact(draw: () => void): void {
    this.#pdf.markContent('Artifact', { type: 'Layout' });
    draw();
    this.#pdf.endMarkedContent();
  }

  /** A table; a row that does not fit goes on the next page, under the head again. */
  table({ places, edges, rule, padding, head, rows }: Table): void {
    const table = this.part('Table');
    const line = (from: [number, number], to: [number, number]): void => {
      this.#pdf
        .moveTo(...from)
        .lineTo(...to)
        .lineWidth(0.6)
        .stroke(rule);
    };
    /** Draws what fits of a row here, and takes it out of the cells. */
    const stretch = (cells: TableLine[][], parts: Part[] | null): void => {
      const [top, room] = [this.#y, this.#bottom - this.#y - 2 * padding];
      let height = 0;
      cells.forEach((lines, index) => {
        let used = 0;
        const place = places[index] ?? { x: 0, width: 0 };
        const content = parts ? this.#pdf.markStructureContent('Span') : null;
        if (!content) this.#pdf.markContent('Artifact', { type: 'Pagination' });
        for (let next = lines[0]; next; next = lines[0]) {
          const tall = this.lineHeight(next.size);
          if (used + tall > room) break;
          this.#runs(next, place.x, top + padding + used, next.color);
          used += tall + next.after;
          lines.shift();
        }
        this.#pdf.endMarkedContent();
        if (content) parts?.[index]?.add(content);
        height = Math.max(height, used);
      });
      height = Math.min(height, room) + 2 * padding;
      this.#artifact(() => {
        const [left, right] = [edges[0] ?? 0, edges.at(-1) ?? 0];
        for (const y of [top, top + height]) line([MARGIN + left, y], [MARGIN + right, y]);
        for (const x of edges) line([MARGIN + x, top], [MARGIN + x, top + height]);
      });
      this.#y = top + height;
    };
    const row = (cells: readonly TableLine[][], kind: 'TH' | 'TD'): void => {
      const left = cells.map((lines) => [...lines]);
      const row = this.#pdf.struct('TR');
      table.add(row);
      const parts = cells.map(() => this.#pdf.struct(kind));
      for (const part of parts) row.add(part);
      while (left.some((lines) => lines.length > 0)) {
        // Less than two lines are not begun at the end of a page.
        if (this.#y + 40 > this.#bottom) {
          this.#break();
          if (kind === 'TD')
            stretch(
              head.map((lines) => [...lines]),
              null,
            );
        }
        stretch(left, parts);
      }
      for (const part of parts) part.end();
      row.end();
    };
    this.need(110);
    row(head, 'TH');
    for (const cells of rows) row(cells, 'TD');
    table.end();
  }

  /** Numbers the pages. @returns the bytes of the document */
  async finish(): Promise<Uint8Array> {
    const { count } = this.#pdf.bufferedPageRange();
    for (let page = 0; page < count; page += 1) {
      this.#pdf.switchToPage(page);
      this.#pdf.markContent('Artifact', { type: 'Pagination' });
      const [footer] = this.set(`${page + 1} / ${count}`, 8, 400, this.width);
      const width = footer?.runs.reduce((sum, run) => sum + run.width, 0) ?? 0;
      if (footer) this.#runs(footer, (this.width - width) / 2, this.#bottom + 22, '#5c5b57');
      this.#pdf.endMarkedContent();
    }
    this.#pdf.end();
    await this.#ended;
    return new Uint8Array(Buffer.concat(this.#chunks));
  }
}
