import type { Block } from '@zerodraft/schema';
import { describe, expect, it } from 'vitest';
import { type FootprintRecommendation, footprintOf, groupByOutcome, readable } from './footprint.ts';
import type { Link, Relation } from './link-record.ts';

const blocks: Block[] = [
  { id: 't', kind: 'title', text: 'Zero draft' },
  { id: 'p', kind: 'paragraph', text: 'Preamble.' },
  { id: 's', kind: 'section', text: ' Objectives ' },
  { id: 'o', kind: 'objective', text: 'Schools' },
  { id: 'a', kind: 'paragraph', text: 'States build schools within thirty days.' },
  { id: 'b', kind: 'item', text: 'Teachers are trained.' },
  { id: 'e', kind: 'paragraph', text: '  ' },
];

const one = (id: string, fields: Partial<FootprintRecommendation> = {}): FootprintRecommendation => ({
  ...{ id, reference: id, title: `Title ${id}`, text: `Text ${id}`, source: 'Cities', sourceKind: 'Other' },
  ...{ document: '', locator: '', date: null, session: '', region: '', themes: [], dimensions: [], kind: '' },
  ...{ disposition: 'open', dispositionReason: '', sourceId: null, mergedIds: [] },
  ...fields,
});
const link = (
  clauseId: string,
  recommendationId: string,
  relation: Relation = 'adapted',
  more: Partial<Link> = {},
): Link => ({ key: `${clauseId}/${recommendationId}/1`, clauseId, recommendationId, relation, ...more });

function footprint(
  links: Link[],
  recommendations: FootprintRecommendation[],
  { merged = [], notes = false }: { merged?: FootprintRecommendation[]; notes?: boolean } = {},
) {
  return footprintOf({ blocks, links, recommendations, merged }, { notes });
}

describe('a footprint by clause', () => {
  it('has each clause with text, cited and in its section, with its sources by reference', () => {
    const { byClause } = footprint([link('a', 'r2'), link('a', 'r1', 'verbatim')], [one('r1'), one('r2')]);
    expect(byClause.map(({ clause }) => [clause.citation, clause.section])).toEqual([
      ['1', ''],
      ['Objective 1', 'Objectives'],
      ['2', 'Objectives'],
      ['2(a)', 'Objectives'],
    ]);
    expect(byClause[2]?.sources.map(({ recommendation, relation }) => [recommendation.id, relation])).toEqual(
      [
        ['r1', 'verbatim'],
        ['r2', 'adapted'],
      ],
    );
  });

  it('says what has no source; what was considered and not followed is none', () => {
    const { withoutSource, byClause } = footprint(
      [link('a', 'r1'), link('b', 'r2', 'contrary')],
      [one('r1'), one('r2')],
    );
    expect(withoutSource.map(({ id }) => id)).toEqual(['p', 'o', 'b']);
    expect(byClause[3]).toMatchObject({ sources: [], contrary: [{ relation: 'contrary' }] });
  });

  it('leaves out links to what is not in the library, and to what is no clause with text', () => {
    const { byClause } = footprint([link('a', 'gone'), link('e', 'r1'), link('x', 'r1')], [one('r1')]);
    expect(byClause.every(({ sources }) => sources.length === 0)).toBe(true);
  });

  it('tells the words that a link is about as they stand now; of a phrase that is gone none', () => {
    const phrase = { start: {}, end: {}, quote: 'then' };
    const at = { start: { clauseId: 'a', offset: 28 }, end: { clauseId: 'a', offset: 39 } };
    const { byClause } = footprint(
      [
        link('a', 'r1', 'adapted', { phrase, phraseAt: at, passage: { from: 0, to: 4, quote: 'Text' } }),
        link('a', 'r2', 'adapted', { phrase, phraseAt: null }),
      ],
      [one('r1'), one('r2')],
    );
    expect(byClause[2]?.sources).toMatchObject([
      { phrase: 'thirty days', passage: 'Text' },
      { phrase: null, passage: null },
    ]);
  });
});

describe('notes', () => {
  const links = [link('a', 'r1', 'adapted', { note: 'Among ourselves' })];
  it('stay out unless they are asked for', () => {
    expect(JSON.stringify(footprint(links, [one('r1')]))).not.toContain('Among ourselves');
    expect(footprint(links, [one('r1')], { notes: true }).byClause[2]?.sources[0]?.note).toBe(
      'Among ourselves',
    );
  });
});

describe('a footprint by recommendation', () => {
  it('says what became of each, and why', () => {
    const { byRecommendation, notReflected } = footprint(
      [link('a', 'r1'), link('a', 'r2', 'contrary'), link('b', 'r4'), link('a', 'r6', 'contrary')],
      [
        one('r3'),
        one('r1'),
        one('r2'),
        one('r4', { disposition: 'partly' }),
        one('r5', { disposition: 'not-reflected', dispositionReason: 'No budget.' }),
        one('r6', { disposition: 'deferred' }),
      ],
    );
    expect(byRecommendation.map(({ recommendation: { id }, outcome }) => [id, outcome])).toEqual([
      ['r1', 'reflected'],
      ['r2', 'contrary'],
      ['r3', 'open'],
      ['r4', 'partly'],
      ['r5', 'not-reflected'],
      ['r6', 'deferred'],
    ]);
    expect(notReflected.map(({ recommendation: { id }, reason }) => [id, reason])).toEqual([
      ['r2', ''],
      ['r3', ''],
      ['r5', 'No budget.'],
      ['r6', ''],
    ]);
    expect(groupByOutcome(byRecommendation).map(([outcome, { length }]) => [outcome, length])).toEqual([
      ['reflected', 1],
      ['open', 1],
      ['partly', 1],
      ['not-reflected', 1],
      ['deferred', 1],
      ['contrary', 1],
    ]);
  });
});

describe('a footprint by organisation', () => {
  it('keeps what was merged into another’s with who proposed it: it shares the fate of the one it became part of', () => {
    const { byOrganisation, byRecommendation } = footprint(
      [link('a', 'old', 'merged'), link('b', 'r1')],
      [one('r1', { mergedIds: ['old'] }), one('r2', { source: 'Youth', sourceKind: 'Civil society' })],
      { merged: [one('old', { source: 'Elders' })] },
    );
    expect(byOrganisation.map(({ name, kinds }) => [name, kinds])).toEqual([
      ['Cities', ['Other']],
      ['Elders', ['Other']],
      ['Youth', ['Civil society']],
    ]);
    const [ofElders] = byOrganisation[1]?.proposals ?? [];
    expect(ofElders).toMatchObject({
      recommendation: { id: 'old' },
      mergedInto: { reference: 'r1', title: 'Title r1' },
      outcome: 'reflected',
    });
    expect(ofElders?.clauses.map(({ clause }) => clause.id)).toEqual(['a', 'b']);
    expect(byRecommendation[0]?.merged.map(({ id }) => id)).toEqual(['old']);
  });
});

it('text is read without control characters and without marks that turn what follows', () => {
  expect(readable('a\u0007b\u202ec\u2066d\r\ne\ud800')).toBe('abcd\ne');
  const { byClause } = footprint([link('a', 'r1')], [one('r1', { title: 'x\u202ey' })]);
  expect(byClause[2]?.sources[0]?.recommendation.title).toBe('xy');
});
