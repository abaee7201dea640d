import bidiFactory from 'bidi-js';
import { type Face, faceFor, type Weight } from './fonts.ts';

const bidi = bidiFactory();

/** A run of one face on a line, where it begins and how wide it is. */
export interface Run {
  text: string;
  face: Face;
  x: number;
  width: number;
}

/** A line as it is drawn, its runs from left to right. */
export interface SetLine {
  runs: Run[];
  size: number;
}

/** How wide a text is in a face and size. */
export type Measure = (text: string, face: Face, size: number) => number;

/** A break may stand before each: a word with its punctuation, a sign of a writing without spaces, or spaces. */
const PIECES =
  /\s+|[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}][\p{Pe}\p{Pf}\p{Po}]*|[^\s\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]+/gu;
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

interface Piece {
  from: number;
  to: number;
  width: number;
  space: boolean;
}

/** The face of each UTF-16 unit of a paragraph. */
function facesOf(text: string, weight: Weight): (Face | null)[] {
  const faces: (Face | null)[] = [];
  let inUse: Face | null = null;
  for (const sign of text) {
    const face = faceFor(sign.codePointAt(0) ?? 0, weight, inUse);
    if (face) inUse = face;
    for (let unit = 0; unit < sign.length; unit += 1) faces.push(face ?? inUse);
  }
  return faces;
}

/** One paragraph, without line breaks of its own, in lines of a width. */
class Paragraph {
  readonly #faces: (Face | null)[];
  readonly #levels: ReturnType<typeof bidi.getEmbeddingLevels>;
  readonly #mirrored: Map<number, string>;

  constructor(
    private readonly text: string,
    private readonly size: number,
    weight: Weight,
    private readonly measure: Measure,
  ) {
    this.#faces = facesOf(text, weight);
    this.#levels = bidi.getEmbeddingLevels(text, 'auto');
    this.#mirrored = bidi.getMirroredCharactersMap(text, this.#levels.levels);
  }

  get #rightToLeft(): boolean {
    return (this.#levels.paragraphs[0]?.level ?? 0) % 2 === 1;
  }

  /** Stretches of one face and one direction, in the order of writing; words by themselves where they run to the left. */
  #stretches(from: number, to: number): { text: string; face: Face; level: number }[] {
    const stretches: { text: string; face: Face; level: number }[] = [];
    let open = false;
    for (let at = from; at < to; at += 1) {
      const face = this.#faces[at] ?? null;
      if (face === null) continue;
      const level = this.#levels.levels[at] ?? 0;
      const sign = this.#mirrored.get(at) ?? this.text.charAt(at);
      const last = stretches.at(-1);
      const parted = level % 2 === 1 && sign.trim() === '';
      if (open && !parted && last?.face === face && last.level === level) last.text += sign;
      else stretches.push({ text: sign, face, level });
      open = !parted;
    }
    return stretches;
  }

  #widthOf(from: number, to: number): number {
    return this.#stretches(from, to).reduce(
      (sum, { text, face }) => sum + this.measure(text, face, this.size),
      0,
    );
  }

  /** What may be parted from each other; a word that is wider than a line falls into what fits. */
  #pieces(width: number): Piece[] {
    return [...this.text.matchAll(PIECES)].flatMap(({ 0: match, index }): Piece[] => {
      const [to, space] = [index + match.length, match.trim() === ''];
      const own = this.#widthOf(index, to);
      if (space || own <= width) return [{ from: index, to, width: own, space }];
      const parts: Piece[] = [];
      for (const { segment, index: at } of graphemes.segment(match)) {
        const [from, end] = [index + at, index + at + segment.length];
        const last = parts.at(-1);
        const wide = this.#widthOf(from, end);
        if (last && last.width + wide <= width) {
          last.to = end;
          last.width += wide;
        } else parts.push({ from, to: end, width: wide, space: false });
      }
      return parts;
    });
  }

  /** Runs from left to right (rule L2 of the Unicode Bidirectional Algorithm). */
  #draw(from: number, to: number, width: number): SetLine {
    const ordered = this.#stretches(from, to);
    const top = Math.max(0, ...ordered.map(({ level }) => level));
    for (let level = top; level > 0; level -= 1) {
      for (let at = 0; at < ordered.length; at += 1) {
        let end = at;
        while ((ordered[end]?.level ?? -1) >= level) end += 1;
        if (end > at) ordered.splice(at, end - at, ...ordered.slice(at, end).reverse());
        at = Math.max(at, end);
      }
    }
    const widths = ordered.map(({ text, face }) => this.measure(text, face, this.size));
    let x = this.#rightToLeft ? width - widths.reduce((sum, one) => sum + one, 0) : 0;
    const runs = ordered.map(({ text, face }, index): Run => {
      const run = { text, face, x, width: widths[index] ?? 0 };
      x += run.width;
      return run;
    });
    return { runs, size: this.size };
  }

  lines(width: number): SetLine[] {
    const lines: SetLine[] = [];
    let from = 0;
    let [end, used] = [0, 0];
    for (const piece of this.#pieces(width)) {
      if (!piece.space && used > 0 && used + piece.width > width) {
        lines.push(this.#draw(from, end, width));
        from = piece.from;
        used = 0;
      }
      if (piece.space && used === 0) {
        // Spaces at a line's beginning are not drawn.
        from = piece.to;
        continue;
      }
      used += piece.width;
      // Spaces at its end neither.
      if (!piece.space) end = piece.to;
    }
    lines.push(this.#draw(from, Math.max(from, end), width));
    return lines;
  }
}

/** Text in lines of a width; a text that runs from right to left stands at the right. */
export function setLines(
  text: string,
  size: number,
  weight: Weight,
  width: number,
  measure: Measure,
): SetLine[] {
  return text.split('\n').flatMap((part) => new Paragraph(part, size, weight, measure).lines(width));
}
