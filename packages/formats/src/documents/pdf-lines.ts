/** A run of text as it stands on a page; y grows downwards. */
export interface Piece {
  text: string;
  x: number;
  y: number;
  width: number;
  size: number;
}

/** A line of a page. */
export interface Line {
  text: string;
  /** Where it begins and ends in reading direction; of a right-to-left line mirrored, so that both read alike. */
  start: number;
  end: number;
  y: number;
  size: number;
  /** Width of a character, on average. */
  stride: number;
}

const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/g;
const LEFT_TO_RIGHT = /[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{N}]/gu;
/** A gap of this part of the letters' size is a space that the page does not spell. */
const GAP = 0.2;

const count = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;

/** Pieces of a right-to-left line in reading order: from the right, but numbers and foreign words from the left. */
function fromTheRight(pieces: readonly Piece[]): Piece[] {
  const sorted = [...pieces].sort((a, b) => b.x + b.width - (a.x + a.width));
  const ordered: Piece[] = [];
  let run: Piece[] = [];
  let spaces: Piece[] = [];
  const endRun = (): void => {
    ordered.push(...run.reverse(), ...spaces);
    run = [];
    spaces = [];
  };
  for (const piece of sorted) {
    const foreign = count(piece.text, LEFT_TO_RIGHT) > 0 && count(piece.text, RIGHT_TO_LEFT) === 0;
    if (foreign) {
      run.push(...spaces, piece);
      spaces = [];
    } else if (run.length > 0 && count(piece.text, RIGHT_TO_LEFT) === 0) spaces.push(piece);
    else {
      endRun();
      ordered.push(piece);
    }
  }
  endRun();
  return ordered;
}

function lineOf(pieces: readonly Piece[], pageWidth: number): Line | null {
  const all = pieces.map(({ text }) => text).join('');
  if (all.trim() === '') return null;
  const isRtl = count(all, RIGHT_TO_LEFT) > count(all, LEFT_TO_RIGHT);
  const ordered = isRtl ? fromTheRight(pieces) : pieces;
  let text = '';
  let before: Piece | null = null;
  for (const piece of ordered) {
    if (before) {
      const gap = Math.max(piece.x - (before.x + before.width), before.x - (piece.x + piece.width));
      if (gap > GAP * piece.size && !/\s$/.test(text) && !/^\s/.test(piece.text)) text += ' ';
    }
    text += piece.text;
    before = piece;
  }
  const seen = pieces.filter((piece) => piece.text.trim() !== '');
  const left = Math.min(...seen.map(({ x }) => x));
  const right = Math.max(...seen.map(({ x, width }) => x + width));
  const largest = seen.reduce((a, b) => (b.text.length * b.size > a.text.length * a.size ? b : a));
  return {
    text: text.trim(),
    start: isRtl ? pageWidth - right : left,
    end: isRtl ? pageWidth - left : right,
    y: largest.y,
    size: largest.size,
    stride: (right - left) / Math.max(1, text.trim().length),
  };
}

/** Puts the pieces of a page, in the order in which the page draws them, together to lines. */
export function linesOf(pieces: readonly Piece[], pageWidth: number): Line[] {
  const lines: Line[] = [];
  let open: Piece[] = [];
  const close = (): void => {
    const line = lineOf(open, pageWidth);
    if (line) lines.push(line);
    open = [];
  };
  for (const piece of pieces) {
    if (piece.text === '') continue;
    const first = open.find(({ text }) => text.trim() !== '') ?? open[0];
    // Half a line up or down is still a superscript or a note's number.
    if (first && Math.abs(piece.y - first.y) > 0.5 * Math.max(first.size, piece.size)) close();
    open.push(piece);
  }
  close();
  return lines;
}
