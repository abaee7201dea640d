import type { Block } from '@zerodraft/schema';
import { expect, it } from 'vitest';
import { inWords, whatChanges } from './what-changes.ts';

const block = (id: string, text = id): Block => ({ id, kind: 'paragraph', text });
const link = (clauseId: string, recommendationId: string, relation: 'adapted' | 'verbatim' = 'adapted') => ({
  clauseId,
  recommendationId,
  relation,
});

it('says what returns, what goes and what reads otherwise', () => {
  const now = {
    blocks: [block('c'), block('a', 'A as it is'), block('new')],
    links: [link('a', 'r1', 'verbatim'), link('new', 'r2')],
  };
  const version = {
    blocks: [block('a', 'A as it was'), block('gone'), block('c')],
    links: [link('a', 'r1'), link('gone', 'r3')],
  };
  const changes = whatChanges(now, version);
  expect(changes.reworded.map(({ text }) => text)).toEqual(['A as it is']);
  expect(changes.returning.map(({ id }) => id)).toEqual(['gone']);
  expect(changes.leaving.map(({ id }) => id)).toEqual(['new']);
  expect(inWords(changes)).toEqual([
    '1 clause reads as it did',
    '1 clause returns',
    '1 clause that came since goes',
    'Clauses stand in the order they had',
    '1 link returns',
    '1 link that was made since goes',
    '1 link has the relation and note it had',
  ]);
  expect(inWords(whatChanges(now, now))).toEqual([]);
});
