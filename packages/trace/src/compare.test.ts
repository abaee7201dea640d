import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareTexts, saysOther } from './compare.ts';

const CLAUSE =
  'We commit to ensure that all migrants, regardless of their status, can access basic services, and to strengthen the delivery of these services in a safe, gender-responsive and child-sensitive manner.';

describe('a comparison of texts', () => {
  it('holds both texts whole, in order', () => {
    const words = fc.array(
      fc.constantFrom('we', 'commit', 'shall', 'not', 'services', '移民', 'l’État', '12', '…'),
    );
    fc.assert(
      fc.property(words, words, (a, b) => {
        const [then, now] = [a.join(' '), b.join(' ')];
        const { pieces, difference } = compareTexts(then, now);
        const side = (kind: string) =>
          pieces
            .filter((piece) => piece.kind === 'same' || piece.kind === kind)
            .map(({ text }) => text)
            .join('');
        const plain = (text: string) => text.replaceAll('’', "'");
        expect(side('gone')).toBe(plain(then));
        expect(side('new')).toBe(plain(now));
        expect(difference).toBeGreaterThanOrEqual(0);
        expect(difference).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('names the words that came and went', () => {
    expect(compareTexts('States shall pay.', 'States should pay now.')).toMatchObject({
      pieces: [
        { kind: 'same', text: 'States ' },
        { kind: 'gone', text: 'shall' },
        { kind: 'new', text: 'should' },
        { kind: 'same', text: ' pay' },
        { kind: 'new', text: ' now' },
        { kind: 'same', text: '.' },
      ],
      changed: 2,
      weighty: true,
    });
  });

  it('gives up on single words where two long texts have nothing in common', () => {
    const long = (word: string): string => Array.from({ length: 3_000 }, (_, n) => `${word}${n}`).join(' ');
    expect(compareTexts(long('a'), long('b'))).toMatchObject({ difference: 1, changed: 3_000 });
  });
});

describe('a text says something else', () => {
  it.each([
    ['the same', CLAUSE, false],
    ['other spaces, quotation marks and line breaks', ` ${CLAUSE.replaceAll(' ', '\n')} `, false],
    ['punctuation alone', CLAUSE.replaceAll(',', ';'), false],
    ['one light word of many', CLAUSE.replace('strengthen', 'improve'), false],
    ['one word by which the commitment turns', CLAUSE.replace('can access', 'may access'), true],
    ['a negation', CLAUSE.replace('can access', 'cannot access'), true],
    [
      'a fifth of its words',
      CLAUSE.replace('in a safe, gender-responsive and child-sensitive manner', 'fast'),
      true,
    ],
    ['nothing left', '', true],
  ])('%s', (_what, now, expected) => {
    expect(saysOther(CLAUSE, now)).toBe(expected);
  });

  it('where a threshold of nought is set, with any word', () => {
    expect(saysOther(CLAUSE, CLAUSE.replace('strengthen', 'improve'), 0)).toBe(true);
  });
});
