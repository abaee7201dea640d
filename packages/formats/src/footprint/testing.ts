import {
  type Footprint,
  type FootprintRecommendation,
  footprintOf,
  type Link,
  type Relation,
} from '@zerodraft/trace';
import type { ProvPlace } from './prov.ts';
import type { ReportFacts } from './report.ts';

const MISSING: FootprintRecommendation = {
  ...{ id: '', reference: '', title: '', text: '', source: 'Cities Network', sourceKind: 'Civil society' },
  ...{ document: 'First session, Geneva', locator: 'para. 4', date: '2017-05-08', session: '', region: '' },
  ...{ themes: [], dimensions: [], kind: '', disposition: 'open', dispositionReason: '', sourceId: null },
  mergedIds: [],
};

export const recommend = (fields: Partial<FootprintRecommendation>): FootprintRecommendation => ({
  ...MISSING,
  reference: fields.id ?? '',
  ...fields,
});

export const tie = (
  clauseId: string,
  recommendationId: string,
  relation: Relation = 'adapted',
  more: Partial<Link> = {},
): Link => ({ key: `${clauseId}/${recommendationId}/1`, clauseId, recommendationId, relation, ...more });

export const ARABIC = 'ينبغي للدول أن تضمن (التعليم) لكل طفل قبل عام 2030.';
export const CHINESE = '各国应确保每一名儿童都能接受教育。';
export const RUSSIAN = 'Государства должны обеспечить доступ к образованию.';
export const GREEK = 'Τα κράτη διασφαλίζουν την εκπαίδευση.';
export const HOSTILE =
  '=HYPERLINK("http://example.org","x") <script>alert(1)</script> & _x0041_ \u0007\u202eend';

/** A small draft with every relation and outcome, and texts in the languages of the United Nations. */
export function sampleFootprint({ notes = false, extra = '' } = {}): Footprint {
  return footprintOf(
    {
      blocks: [
        { id: 't', kind: 'title', text: 'Zero draft' },
        { id: 's', kind: 'section', text: 'Objectives' },
        { id: 'o', kind: 'objective', text: 'Give every child a school.' },
        { id: 'a', kind: 'paragraph', text: 'States commit to schools within thirty days.' },
        { id: 'b', kind: 'item', text: `Teachers are trained. ${extra}` },
        { id: 'c', kind: 'paragraph', text: ARABIC },
        { id: 'd', kind: 'paragraph', text: '' },
      ],
      links: [
        tie('a', 'r1', 'verbatim', {
          note: 'Agreed in the small group.',
          phrase: { start: {}, end: {}, quote: 'thirty days' },
          phraseAt: { start: { clauseId: 'a', offset: 32 }, end: { clauseId: 'a', offset: 43 } },
          passage: { from: 0, to: 4, quote: 'within a month' },
        }),
        tie('a', 'r2', 'merged'),
        tie('b', 'r1', 'inspired'),
        tie('b', 'r3', 'contrary'),
        tie('c', 'old', 'adapted'),
      ],
      recommendations: [
        recommend({
          id: 'r1',
          title: 'Schools within a month',
          text: 'Enrol children within a month.',
          mergedIds: ['old'],
        }),
        recommend({
          id: 'r2',
          title: HOSTILE,
          text: `${ARABIC}\n${CHINESE}`,
          source: 'Réseau des villes & écoles',
        }),
        recommend({
          id: 'r3',
          title: 'Close schools',
          text: RUSSIAN,
          source: 'Mission of Elsewhere',
          sourceId: 'doc-3',
        }),
        recommend({
          ...{ id: 'r4', title: 'Free meals', text: GREEK, source: 'Mission of Elsewhere' },
          ...{ disposition: 'not-reflected', dispositionReason: 'Outside of the budget.' },
        }),
      ],
      merged: [
        recommend({
          id: 'old',
          title: 'Admit children at once',
          text: 'At once.',
          source: 'Mission of Elsewhere',
        }),
      ],
    },
    { notes },
  );
}

export const FACTS: ReportFacts = {
  process: 'Compact on schools',
  draft: 'Zero draft',
  illustrative: false,
  at: '2026-05-31T17:00:00.000Z',
  version: null,
  madeAt: '2026-05-31T17:00:00.000Z',
};

export const PLACE: ProvPlace = {
  processId: 'compact',
  draftId: 'zero-draft',
  address: 'https://drafts.example.org',
  makers: null,
};
