import { describe, expect, it } from 'vitest';
import { letter, numberBlocks, roman } from './numbering.ts';

describe('numberBlocks', () => {
  it('counts paragraphs through the draft, restarts items, and gives objectives a count of their own', () => {
    const numbers = numberBlocks([
      'title',
      'section',
      'paragraph',
      'item',
      'item',
      'subitem',
      'subitem',
      'item',
      'section',
      'objective',
      'paragraph',
      'item',
      'objective',
      'item',
    ]);
    expect(numbers.map(({ citation }) => citation)).toEqual([
      '',
      '',
      '1',
      '1(a)',
      '1(b)',
      '1(b)(i)',
      '1(b)(ii)',
      '1(c)',
      '',
      'Objective 1',
      '2',
      '2(a)',
      'Objective 2',
      'Objective 2(a)',
    ]);
    expect(numbers[2]?.label).toBe('1.');
    expect(numbers[9]?.label).toBe('Objective 1');
  });

  it('goes on after z and after ix', () => {
    expect([1, 26, 27, 53].map(letter)).toEqual(['a', 'z', 'aa', 'aaa']);
    expect([1, 4, 9, 14, 40].map(roman)).toEqual(['i', 'iv', 'ix', 'xiv', 'xl']);
  });
});
