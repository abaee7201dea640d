import { expect, it } from 'vitest';
import { firstWords, lastWords, textChange } from './text-change.ts';

it('finds what changed between whole words', () => {
  expect(
    textChange('States should ensure access to schools.', 'States must ensure access to schools.'),
  ).toEqual({
    start: 'States ',
    removed: 'should ',
    added: 'must ',
    end: 'ensure access to schools.',
  });
});

it('is right at the edges, for nothing, and for words that repeat', () => {
  expect(textChange('', 'New')).toEqual({ start: '', removed: '', added: 'New', end: '' });
  for (const [before, after] of [
    ['one two', 'one two three'],
    ['a b a b', 'a b'],
    ['x', ''],
    ['same', 'same'],
  ] as const) {
    const { start, removed, added, end } = textChange(before, after);
    expect([start + removed + end, start + added + end]).toEqual([before, after]);
  }
});

it('shortens what stayed to the words next to the change', () => {
  expect(lastWords('one two three ', 2)).toBe('… two three ');
  expect(firstWords('one two three', 2)).toBe('one two …');
  expect(firstWords('one two', 2)).toBe('one two');
});
