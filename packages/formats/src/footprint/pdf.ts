import type { Weight } from './fonts.ts';
import { showable } from './fonts.ts';
import { Paper } from './paper.ts';
import type { Line, Report, ReportPart } from './report.ts';
import type { SetLine } from './typeset.ts';

const INK = '#1d1d1b';
const MUTED = '#5c5b57';
const RULE = '#c9c7c0';
const ACCENT = '#1f4e79';
const PADDING = 6;

interface Look {
  size: number;
  weight: Weight;
  color: string;
  /** Below the last line. */
  after: number;
}

const LOOKS: Record<NonNullable<Line['tone']> | 'plain', Look> = {
  plain: { size: 10, weight: 400, color: INK, after: 4 },
  quote: { size: 10, weight: 400, color: INK, after: 4 },
  strong: { size: 10, weight: 700, color: INK, after: 3 },
  muted: { size: 8.5, weight: 400, color: MUTED, after: 3 },
};
const HEADINGS = {
  1: { size: 21, weight: 700, color: INK, after: 6 },
  2: { size: 14, weight: 700, color: INK, after: 6 },
  3: { size: 11, weight: 700, color: INK, after: 3 },
} as const satisfies Record<number, Look>;

/** A line with how it looks and what stands below it. */
interface Drawn extends SetLine {
  color: string;
  after: number;
}

function lookOf(tone: Line['tone'], scale = 1): Look {
  const look = LOOKS[tone ?? 'plain'];
  return { ...look, size: look.size * scale };
}

/** Writes the parts of a report one below the other. */
class Writer {
  readonly #missing = new Set<string>();

  constructor(private readonly paper: Paper) {}

  #set(text: string, { size, weight, color, after }: Look, width: number): Drawn[] {
    const lines = this.paper.set(showable(text, weight, this.#missing), size, weight, width);
    return lines.map((line, index) => ({ ...line, color, after: index === lines.length - 1 ? after : 0 }));
  }

  heading(text: string, level: 1 | 2 | 3): void {
    const { paper } = this;
    const look = HEADINGS[level];
    const lines = this.#set(text, look, paper.width);
    paper.gap(level === 1 ? 0 : level === 2 ? 22 : 14);
    // With at least some lines of what it is above.
    paper.need(lines.length * paper.lineHeight(look.size) + 56);
    const section = paper.part(`H${level}`);
    for (const line of lines) paper.draw(section, line, { x: 0, color: line.color, after: line.after });
    section.end();
  }

  text({ text, tone }: Line): void {
    const section = this.paper.part('P');
    const isQuote = tone === 'quote';
    for (const line of this.#set(text, lookOf(tone), this.paper.width - (isQuote ? 12 : 0)))
      this.paper.draw(section, line, {
        x: isQuote ? 12 : 0,
        color: line.color,
        after: line.after,
        ...(isQuote ? { rule: { x: 3, color: RULE } } : {}),
      });
    section.end();
  }

  entry(lines: readonly Line[]): void {
    const { paper } = this;
    paper.gap(4);
    lines.forEach(({ text, tone }, index) => {
      const drawn = this.#set(text, lookOf(tone), paper.width - 26);
      // The name of a source does not stand alone at the end of a page.
      if (index === 0) paper.need((drawn.length + 2) * paper.lineHeight(10));
      const section = paper.part('P');
      for (const line of drawn)
        paper.draw(section, line, {
          x: 26,
          color: line.color,
          after: line.after,
          rule: { x: 16, color: ACCENT },
        });
      section.end();
    });
    paper.gap(5);
  }

  table({ caption, columns, rows }: Extract<ReportPart, { kind: 'table' }>): void {
    const { paper } = this;
    this.text({ text: caption, tone: 'muted' });
    const total = columns.reduce((sum, { share }) => sum + share, 0);
    let x = 0;
    const places = columns.map(({ share }) => {
      const width = (paper.width * share) / total;
      const place = { x: x + PADDING, width: width - 2 * PADDING, left: x };
      x += width;
      return place;
    });
    const edges = [...places.map(({ left }) => left), x];
    const cellsOf = (cells: readonly (readonly Line[])[]): Drawn[][] =>
      cells.map((lines, index) =>
        lines.flatMap(({ text, tone }, at) => {
          const drawn = this.#set(text, lookOf(tone, 0.9), places[index]?.width ?? 0);
          const last = drawn.at(-1);
          // What begins anew in a cell stands apart from what is above it.
          if (last && lines[at + 1]?.tone === 'strong') last.after += 8;
          return drawn;
        }),
      );
    const head = cellsOf(columns.map(({ label }): Line[] => [{ text: label, tone: 'strong' }]));
    paper.table({ places, edges, rule: RULE, padding: PADDING, head, rows: rows.map(cellsOf) });
    paper.gap(14);
  }

  part(part: ReportPart): void {
    if (part.kind === 'heading') this.heading(part.text, part.level);
    else if (part.kind === 'text') this.text(part);
    else if (part.kind === 'table') this.table(part);
    else for (const entry of part.entries) this.entry(entry);
  }
}

function* textsOf({ title, lines, parts }: Report): Generator<string> {
  yield title;
  yield* lines;
  for (const part of parts) {
    if (part.kind === 'heading' || part.kind === 'text') yield part.text;
    else if (part.kind === 'entries') for (const { text } of part.entries.flat()) yield text;
    else for (const { text } of part.rows.flat(2)) yield text;
  }
}

/** What a report's fonts cannot show, said at its beginning; null when they show all. */
function gapsIn(report: Report): string | null {
  const missing = new Set<string>();
  for (const text of textsOf(report)) showable(text, 400, missing);
  if (missing.size === 0) return null;
  const names = [...missing].sort();
  const signs = names.map((name) => `[${name}]`).join(', ');
  return `This PDF has no letters for some of the text (${names.join(', ')}): where that stands you read ${signs}. The Word, Excel and HTML forms of this report have all of it.`;
}

/** A report as a PDF, tagged, with the letters of the six languages of the United Nations and of Greek. */
export async function writePdf(report: Report): Promise<Uint8Array> {
  const paper = new Paper(report.title);
  const writer = new Writer(paper);
  writer.heading(report.title, 1);
  for (const text of report.lines) writer.text({ text, tone: 'muted' });
  paper.gap(10);
  const gaps = gapsIn(report);
  if (gaps !== null) writer.text({ text: gaps, tone: 'strong' });
  for (const part of report.parts) writer.part(part);
  return paper.finish();
}
