import { linksOf, numberBlocks, readBlocks, seedDraft } from '@zerodraft/schema';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { uptakeOf } from './coverage.ts';
import { type Checked, checkTrace, type IndexRow } from './integrity.ts';
import { newKey } from './link-record.ts';
import { addLink } from './links.ts';
import { readLinks } from './read-links.ts';

const one = (id: string, more: Partial<Checked> = {}): Checked => ({
  ...{ id, reference: id.toUpperCase(), title: `About ${id}`, disposition: 'open', dispositionReason: '' },
  ...{ mergedInto: null, deleted: false },
  ...more,
});

function draft(): Y.Doc {
  const doc = new Y.Doc();
  seedDraft(doc, [
    { id: 'o', kind: 'objective', text: 'An objective' },
    { id: 'a', kind: 'paragraph', text: 'The first paragraph' },
    { id: 'b', kind: 'paragraph', text: 'The second paragraph' },
    { id: 'e', kind: 'paragraph', text: '' },
  ]);
  for (const clauseId of ['o', 'a']) addLink(doc, { clauseId, recommendationId: 'r', relation: 'adapted' });
  return doc;
}

function check(doc: Y.Doc, recommendations: Checked[], index: IndexRow[] | null = null, elsewhere = ['']) {
  const blocks = readBlocks(doc);
  const numbers = numberBlocks(blocks.map(({ kind }) => kind));
  const at = new Map(blocks.map(({ id }, n) => [id, numbers[n]?.citation ?? '']));
  return checkTrace(doc, blocks, recommendations, {
    wordingsOf: () => null,
    linkedElsewhere: new Set(elsewhere),
    index,
    citationOf: (id) => at.get(id) ?? '',
  });
}
const words = (...args: Parameters<typeof check>) =>
  check(...args).map((found) => `${found.kind}: ${found.words}`);
const B = 'clause-unexplained: Paragraph 2 has no source: The second paragraph';

describe('the check of a draft', () => {
  it('names clauses without a source, by what they say; a contrary link is none, nor one to what is gone', () => {
    const doc = draft();
    expect(words(doc, [one('r')])).toEqual([B]);
    addLink(doc, { clauseId: 'b', recommendationId: 's', relation: 'contrary' });
    expect(words(doc, [one('r'), one('s')])).toEqual([
      B,
      'recommendation-open: S (About s) was considered and the opposite chosen, and nobody has decided on it yet.',
    ]);
    addLink(doc, { clauseId: 'b', recommendationId: 'nowhere', relation: 'adapted' });
    expect(words(doc, [one('r'), one('s', { disposition: 'deferred' })])).toEqual([
      'dangling: Paragraph 2 is linked to nowhere, which is not in the library.',
      B,
    ]);
    // It says what coverage counts.
    const blocks = readBlocks(doc);
    const { links } = uptakeOf([{ id: 'r', mergedIds: [] }], readLinks(doc, blocks));
    expect(new Set(links.map(({ clauseId }) => clauseId))).toEqual(new Set(['o', 'a']));
  });

  it('finds links to what is deleted, also by way of a merge, and pairs that stand twice', () => {
    const doc = draft();
    addLink(doc, { clauseId: 'b', recommendationId: 'm', relation: 'adapted' });
    const gone = [one('r'), one('m', { mergedInto: 's' }), one('s', { deleted: true })];
    expect(words(doc, gone)).toEqual(['dangling: Paragraph 2 is linked to M, which is deleted.', B]);
    addLink(doc, { clauseId: 'b', recommendationId: 's', relation: 'adapted' });
    expect(words(doc, [one('r'), one('m', { mergedInto: 's' }), one('s')])).toEqual([
      'duplicated: Paragraph 2 is linked to M and S, which were merged.',
    ]);
    linksOf(doc).set(newKey({ clauseId: 'b', recommendationId: 's' }), { relation: 'verbatim' });
    expect(words(doc, [one('r'), one('m', { deleted: true }), one('s')])).toEqual([
      'dangling: Paragraph 2 is linked to M, which is deleted.',
      'duplicated: Paragraph 2 is linked to S twice.',
    ]);
  });

  it('finds records that are none, decisions without a reason, and what nobody answered', () => {
    const doc = draft();
    addLink(doc, { clauseId: 'b', recommendationId: 'r', relation: 'adapted' });
    linksOf(doc).set('b/r', { relation: 'adapted' });
    const all = [one('r'), one('x', { disposition: 'not-reflected' }), one('y'), one('z')];
    expect(words(doc, all, null, ['z'])).toEqual([
      'malformed: The record "b/r" is no link.',
      'no-reason: X (About x) is not reflected, and nobody says why.',
      'recommendation-open: Y (About y) has no answer yet.',
    ]);
  });

  it('finds an index that says something else than the draft', () => {
    const doc = draft();
    addLink(doc, { clauseId: 'b', recommendationId: 'r', relation: 'adapted' });
    const index: IndexRow[] = ['o', 'a', 'b'].map((clauseId) => ({
      clauseId,
      recommendationId: 'r',
      relation: 'adapted',
    }));
    expect(words(doc, [one('r')], index)).toEqual([]);
    const other: IndexRow[] = [{ clauseId: 'a', recommendationId: 'r', relation: 'verbatim' }];
    expect(words(doc, [one('r')], other)).toEqual([
      'index: The index lacks 3 links of the draft and has 1 that it does not have.',
    ]);
  });
});
