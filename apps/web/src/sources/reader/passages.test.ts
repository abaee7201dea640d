import { passageText } from '@zerodraft/trace';
import { describe, expect, it } from 'vitest';
import { partIn, settle, wordBorder } from './passages.ts';
import { segmentsOf, wordsIn } from './segments.ts';

const TEXTS = [
  '',
  'States should ensure schools.',
  'Cities asked for funds; they named transport.',
  'Schools.',
];
const textOf = (n: number): string | undefined => TEXTS[n];
const at = (n: number, offset: number) => ({ n, offset });
const quote = (...ends: Parameters<typeof settle>): string | null => {
  const span = settle(...ends);
  return (
    span &&
    passageText(
      TEXTS.slice(1).map((text, index) => ({ n: index + 1, text })),
      span,
    )
  );
};

describe('a chosen passage', () => {
  it('reads from the earlier end to the later one, without blanks around it', () => {
    expect(quote(at(1, 20), at(1, 6), textOf)).toBe('should ensure');
    expect(quote(at(1, 6), at(1, 14), textOf)).toBe('should');
    expect(quote(at(2, 6), at(1, 21), textOf)).toBe('schools.\nCities');
  });
  it('leaves out the next paragraph that was only touched, and a last one of which nothing was taken', () => {
    // As a triple click gives it: up to the beginning of what follows.
    expect(settle(at(1, 0), at(2, 0), textOf)).toEqual({ from: at(1, 0), to: at(1, 29) });
    expect(settle(at(1, 29), at(3, 8), textOf)).toEqual({ from: at(2, 0), to: at(3, 8) });
    expect(settle(at(1, 13), at(1, 14), textOf)).toBeNull();
    expect(settle(at(1, 29), at(2, 0), textOf)).toBeNull();
  });
  it('has a part in each of its paragraphs', () => {
    const span = { from: at(1, 7), to: at(3, 4) };
    expect([0, 1, 2, 3, 4].map((n) => partIn(span, n, 40))).toEqual([
      null,
      { from: 7, to: 40 },
      { from: 0, to: 40 },
      { from: 0, to: 4 },
      null,
    ]);
  });
  it('grows by words, also of scripts that are read from the right', () => {
    const text = 'States should act.';
    const ends = (at: number, forward: boolean) => wordBorder(text, at, forward, 'end');
    const starts = (at: number, forward: boolean) => wordBorder(text, at, forward, 'start');
    expect([ends(0, true), ends(6, true), ends(17, true), ends(18, true)]).toEqual([6, 13, 18, null]);
    expect([ends(18, false), ends(13, false), ends(6, false)]).toEqual([17, 6, null]);
    expect([starts(0, true), starts(7, true), starts(14, true)]).toEqual([7, 14, null]);
    expect([starts(14, false), starts(7, false), starts(0, false)]).toEqual([7, 0, null]);
    expect(wordBorder('ينبغي للدول أن', 0, true, 'end')).toBe(5);
  });
});

describe('a paragraph', () => {
  it('is cut where marks begin and end, also over each other', () => {
    const marks = [
      { from: 0, to: 10, kind: 'cited' },
      { from: 5, to: 12, kind: 'target' },
      { from: 20, to: 99, kind: 'hit' },
    ] as const;
    expect(segmentsOf('0123456789abcdefghijklmn', marks)).toEqual([
      { from: 0, text: '01234', kinds: ['cited'] },
      { from: 5, text: '56789', kinds: ['cited', 'target'] },
      { from: 10, text: 'ab', kinds: ['target'] },
      { from: 12, text: 'cdefghij', kinds: [] },
      { from: 20, text: 'klmn', kinds: ['hit'] },
    ]);
    expect(segmentsOf('', [])).toEqual([]);
  });
  it('shows words that were found where they stand alone', () => {
    const text = 'A school, (Schools) and preschool; C++ is C.';
    expect(wordsIn(text, ['school', 'schools', 'c']).map(({ from, to }) => text.slice(from, to))).toEqual([
      'school',
      'Schools',
      'C',
      'C',
    ]);
    expect(wordsIn('réfugiés', ['réfugiés'])).toHaveLength(1);
  });
  it('words without spaces are found within others, the longest first, and whole words between them', () => {
    const words = (text: string, ...list: string[]): string[] =>
      wordsIn(text, list).map(({ from, to }) => text.slice(from, to));
    expect(words('国际移民组织保护移民工人', '移民')).toEqual(['移民', '移民']);
    expect(words('国际移民组织', '移', '移民组')).toEqual(['移民组']);
    expect(words('根据IOM的报告，IOMs', 'iom')).toEqual(['IOM']);
    expect(words('ยุติการกักขังเด็ก', 'กักขัง')).toEqual(['กักขัง']);
  });
});
