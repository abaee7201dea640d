import { compareTexts } from '@zerodraft/trace';
import { describe, expect, it } from 'vitest';
import { runsOf } from './comparison-runs.ts';

const read = (was: string, is: string) => runsOf(compareTexts(was, is).pieces);
const textOf = (runs: ReturnType<typeof read>, without: 'gone' | 'new') =>
  runs
    .filter(({ kind }) => kind !== without)
    .map(({ text }) => text)
    .join('');

describe('runs of a comparison', () => {
  it('are one that went and one that came, where several words changed one after the other', () => {
    expect(
      read('We commit to end it by law', 'We aspire towards ending it by law').map(({ kind }) => kind),
    ).toEqual(['same', 'gone', 'new', 'same']);
  });

  it('leave nothing out of either text, but for spaces at a run’s edge', () => {
    const pairs = [
      ['one two three four', 'one 2 3 four'],
      ['a b c', 'x y z'],
      ['shall not be held', 'shall be held'],
      ['', 'new words here'],
      ['gone words here', ''],
      ['end of it', 'end of it, now and here'],
    ] as const;
    const squeezed = (text: string) => text.replace(/\s+/g, ' ').trim();
    for (const [was, is] of pairs) {
      expect(squeezed(textOf(read(was, is), 'new'))).toBe(was);
      expect(squeezed(textOf(read(was, is), 'gone'))).toBe(is);
    }
  });

  it('are as they were when nothing changed', () => {
    expect(read('the same', 'the same')).toEqual([{ kind: 'same', text: 'the same' }]);
  });
});
