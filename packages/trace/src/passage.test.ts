import { expect, it } from 'vitest';
import { passageText } from './passage.ts';

const paragraphs = [
  { n: 2, text: 'States should act.' },
  { n: 3, text: 'Cities too.' },
  { n: 4, text: 'And all others.' },
];
const between = (from: [number, number], to: [number, number]) =>
  passageText(paragraphs, { from: { n: from[0], offset: from[1] }, to: { n: to[0], offset: to[1] } });

it('is the text between two points, within a paragraph or over several', () => {
  expect(between([2, 7], [2, 13])).toBe('should');
  expect(between([2, 14], [4, 3])).toBe('act.\nCities too.\nAnd');
  expect(between([3, 0], [3, 11])).toBe('Cities too.');
});

it('is nothing outside of the text, between nothing or the wrong way round', () => {
  expect(between([1, 0], [2, 3])).toBeNull();
  expect(between([4, 0], [5, 3])).toBeNull();
  expect(between([3, 0], [3, 12])).toBeNull();
  expect(between([3, 4], [3, 4])).toBeNull();
  expect(between([3, 6], [3, 7])).toBeNull();
  expect(between([3, 6], [3, 2])).toBeNull();
  expect(between([4, 0], [2, 3])).toBeNull();
});
