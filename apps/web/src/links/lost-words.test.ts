import { expect, it } from 'vitest';
import { type LostOne, lostWords } from './lost-words.ts';

const one = (reference: string, rest: Partial<LostOne> = {}): LostOne => ({
  reference,
  disposition: 'open',
  stillLinked: false,
  ...rest,
});

it('says of one that it is open again', () => {
  expect(lostWords([one('R-12')])).toBe('R-12 is linked nowhere any more in this draft: it is open again.');
});

it('says so of one that stays linked as contrary', () => {
  expect(lostWords([one('R-12', { stillLinked: true })])).toBe(
    'R-12 is reflected nowhere any more in this draft: it is open again.',
  );
});

it('names several and counts them, and the rest of many', () => {
  expect(lostWords([one('R-1'), one('R-2')])).toBe(
    'R-1 and R-2 (2) are linked nowhere any more in this draft: they are open again.',
  );
  expect(lostWords(['1', '2', '3', '4', '5', '6'].map((n) => one(`R-${n}`)))).toBe(
    'R-1, R-2, R-3, R-4 and 2 more (6) are linked nowhere any more in this draft: they are open again.',
  );
});

it('does not call open what was decided', () => {
  expect(lostWords([one('R-1'), one('R-2', { disposition: 'deferred' })])).toBe(
    'R-1 is linked nowhere any more in this draft: it is open again. R-2 is linked nowhere any more in this draft: it stays “deferred”.',
  );
  expect(lostWords([])).toBe('');
});
