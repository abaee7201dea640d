import type { Block } from '@zerodraft/schema';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clauseCoverage, flowOf, headingsOf } from './clause-coverage.ts';
import { compareCoverage, turnoverBy } from './compare-coverage.ts';
import {
  type Counted,
  type CountedLink,
  crossCoverage,
  GROUPINGS,
  selectRecommendations,
  uptakeBy,
  uptakeOf,
} from './coverage.ts';
import { RELATIONS, type Relation } from './link-record.ts';

const item = (id: string, fields: Partial<Counted> = {}): Counted => ({
  id,
  mergedIds: [],
  themes: [],
  dimensions: [],
  kind: 'Other',
  sourceKind: 'Delegation',
  region: '',
  session: '',
  source: 'A Mission',
  ...fields,
});
const link = (clauseId: string, recommendationId: string, relation: Relation = 'adapted'): CountedLink => ({
  clauseId,
  recommendationId,
  relation,
});
const block = (id: string, kind: Block['kind'], text = id): Block => ({ id, kind, text });

const BLOCKS = [
  block('title', 'title'),
  block('chapeau', 'paragraph'),
  block('s1', 'section', 'First'),
  block('a', 'paragraph'),
  block('o', 'objective', 'Aim'),
  block('b', 'paragraph'),
  block('blank', 'paragraph', ' '),
  block('s2', 'section', 'Second'),
  block('c', 'item'),
];
const LIBRARY = [
  item('r1', { themes: ['T1', 'T2'], dimensions: ['D1'], region: 'Pacific' }),
  item('r2', { themes: ['T1'], sourceKind: 'Civil society', source: 'A Network' }),
  item('r3', { themes: ['T9'], dimensions: ['D1'], mergedIds: ['old'], source: 'A Network' }),
  item('r4', { session: 'Geneva' }),
];
const LINKS = [
  link('a', 'r1'),
  link('b', 'r1', 'contrary'),
  link('b', 'r2', 'contrary'),
  link('c', 'old', 'verbatim'),
  link('c', 'gone'),
];

describe('what is linked', () => {
  it('is what a clause reflects: not the contrary, not what left the library; merged ones count as their survivor', () => {
    const uptake = uptakeOf(LIBRARY, LINKS);
    expect([...uptake.linked]).toEqual(['r1', 'r3']);
    expect([...uptake.contrary]).toEqual(['r2']);
    expect(uptake.links).toHaveLength(4);
  });
});

describe('two groupings crossed', () => {
  it('count each recommendation in all its cells; what is under none comes last', () => {
    const { all, rows, columns, cells } = crossCoverage(
      LIBRARY,
      uptakeOf(LIBRARY, LINKS),
      { by: 'themes', order: ['T2', 'T1', 'T0'] },
      { by: 'dimensions', order: ['D1'] },
    );
    expect(all).toEqual({ linked: 2, contrary: 1, total: 4 });
    expect(rows.map(({ value }) => value)).toEqual(['T2', 'T1', 'T0', 'T9', '']);
    expect(columns.map(({ value }) => value)).toEqual(['D1', '']);
    expect(cells[1]).toEqual([
      { linked: 1, contrary: 0, total: 1 },
      { linked: 0, contrary: 1, total: 1 },
    ]);
    expect(cells[2]).toEqual([
      { linked: 0, contrary: 0, total: 0 },
      { linked: 0, contrary: 0, total: 0 },
    ]);
    expect(rows[1]?.count).toEqual({ linked: 1, contrary: 1, total: 2 });
  });

  it('agree with the lists behind their numbers, whatever is crossed', () => {
    const label = fc.constantFrom('', 'A', 'B', 'C');
    const library = fc.uniqueArray(
      fc
        .record({
          id: fc.integer({ min: 0, max: 30 }).map(String),
          themes: fc.uniqueArray(fc.constantFrom('A', 'B', 'C')),
          dimensions: fc.uniqueArray(fc.constantFrom('A', 'B', 'C')),
          kind: label,
          sourceKind: label,
          region: label,
          session: label,
          source: label,
        })
        .map((fields) => item(fields.id, fields)),
      { selector: ({ id }) => id, maxLength: 20 },
    );
    const links = fc.array(
      fc.record({
        clauseId: fc.constantFrom('a', 'b', 'c', 'chapeau', 'o'),
        recommendationId: fc.integer({ min: 0, max: 35 }).map(String),
        relation: fc.constantFrom(...RELATIONS),
      }),
      { maxLength: 40 },
    );
    const grouping = fc.constantFrom(...GROUPINGS);
    fc.assert(
      fc.property(library, links, grouping, grouping, (recommendations, given, down, across) => {
        fc.pre(down !== across);
        const uptake = uptakeOf(recommendations, given);
        const cross = crossCoverage(recommendations, uptake, { by: down }, { by: across });
        cross.rows.forEach((row, r) => {
          const listed = (state?: 'linked' | 'contrary', column?: string): number =>
            selectRecommendations(recommendations, uptake, {
              [down]: row.value,
              ...(column === undefined ? {} : { [across]: column }),
              state,
            }).length;
          expect(row.count).toEqual({
            linked: listed('linked'),
            contrary: listed('contrary'),
            total: listed(),
          });
          cross.columns.forEach(({ value }, c) => {
            expect(cross.cells[r]?.[c]).toEqual({
              linked: listed('linked', value),
              contrary: listed('contrary', value),
              total: listed(undefined, value),
            });
          });
        });
        const flow = flowOf(recommendations, uptake, BLOCKS, down, 'section');
        const { under } = headingsOf(BLOCKS, 'section');
        for (const { from, to, recommendations: count } of flow.flows) {
          const selection = { [down]: from ?? '', under: to };
          expect(selectRecommendations(recommendations, uptake, selection, under)).toHaveLength(count);
        }
        const folded = flowOf(recommendations, uptake, BLOCKS, down, 'section', 2);
        const sum = (flows: readonly { links: number }[]) => flows.reduce((n, { links: m }) => n + m, 0);
        expect(sum(folded.flows)).toBe(sum(flow.flows));
        expect(sum(folded.sources)).toBe(sum(flow.headings));
      }),
    );
  });

  it('name the values that were given first, in their order', () => {
    const groups = uptakeBy(LIBRARY, uptakeOf(LIBRARY, LINKS), 'source', []);
    expect(groups).toEqual([
      { value: 'A Mission', count: { linked: 1, contrary: 0, total: 2 } },
      { value: 'A Network', count: { linked: 1, contrary: 1, total: 2 } },
    ]);
  });
});

describe('clauses', () => {
  it('have a source when they reflect something; blank ones do not count', () => {
    const { clauses, withoutSource, densities } = clauseCoverage(
      BLOCKS,
      uptakeOf(LIBRARY, LINKS),
      'objective',
    );
    expect(clauses).toEqual({ linked: 2, total: 5 });
    expect(withoutSource.map(({ id }) => id)).toEqual(['chapeau', 'o', 'b']);
    expect(densities).toMatchObject([
      { id: '', kind: 'start', clauses: 1, sourced: 0, links: 0 },
      { id: 's1', clauses: 1, sourced: 1, links: 1, recommendations: 1 },
      { id: 'o', kind: 'objective', clauses: 2, sourced: 0, links: 0, contrary: 2 },
      { id: 's2', clauses: 1, sourced: 1, links: 1 },
    ]);
    const sections = clauseCoverage(BLOCKS, uptakeOf(LIBRARY, LINKS), 'section').densities;
    expect(sections.map(({ title, clauses: n }) => [title, n])).toEqual([
      ['', 1],
      ['First', 3],
      ['Second', 1],
    ]);
  });
});

describe('flows', () => {
  it('run from who proposed to where it stands; the smallest are put together', () => {
    const uptake = uptakeOf(LIBRARY, [...LINKS, link('a', 'r4'), link('a', 'r3')]);
    const { flows, sources, headings } = flowOf(LIBRARY, uptake, BLOCKS, 'source', 'section');
    expect(sources).toEqual([
      { value: 'A Mission', links: 2 },
      { value: 'A Network', links: 2 },
    ]);
    expect(headings.map(({ title, links }) => [title, links])).toEqual([
      ['First', 3],
      ['Second', 1],
    ]);
    expect(flows).toEqual([
      { from: 'A Mission', to: 's1', links: 2, recommendations: 2 },
      { from: 'A Network', to: 's1', links: 1, recommendations: 1 },
      { from: 'A Network', to: 's2', links: 1, recommendations: 1 },
    ]);
    const one = flowOf(LIBRARY, uptake, BLOCKS, 'source', 'section', 1);
    expect(one.sources).toEqual([{ value: null, links: 4 }]);
    expect(one.together).toEqual(['A Mission', 'A Network']);
  });
});

describe('two moments', () => {
  const before = { blocks: BLOCKS, links: [link('a', 'r1'), link('b', 'r2'), link('c', 'old')] };
  const after = {
    blocks: BLOCKS.filter(({ id }) => id !== 'b'),
    links: [link('c', 'r1'), link('a', 'r4'), link('c', 'r3'), link('a', 'r2', 'contrary')],
  };
  const result = compareCoverage(LIBRARY, before, after);
  const told = (shifts: typeof result.entered) =>
    shifts.map((shift) => [shift.recommendation.id, shift.before, shift.after]);

  it('tell what entered, what fell out and what moved; the contrary is no entry, and a merge alone no change', () => {
    expect(told(result.entered)).toEqual([['r4', [], ['a']]]);
    expect(told(result.fell)).toEqual([['r2', ['b'], []]]);
    expect(told(result.moved)).toEqual([['r1', ['a'], ['c']]]);
  });

  it('tell whose it was, and in which clauses', () => {
    expect(turnoverBy(result, 'source')).toEqual([
      { value: 'A Mission', entered: 1, fell: 0 },
      { value: 'A Network', entered: 0, fell: 1 },
    ]);
    expect(
      result.clauses.map(({ clauseId, gained, lost }) => [
        clauseId,
        gained.map(({ id }) => id),
        lost.map(({ id }) => id),
      ]),
    ).toEqual([
      ['a', ['r4'], ['r1']],
      ['c', ['r1'], []],
      ['b', [], ['r2']],
    ]);
  });

  it('are the same the other way round, and nothing between a moment and itself', () => {
    const back = compareCoverage(LIBRARY, after, before);
    expect(back.entered.map(({ recommendation }) => recommendation.id)).toEqual(['r2']);
    expect(back.fell.map(({ recommendation }) => recommendation.id)).toEqual(['r4']);
    expect(compareCoverage(LIBRARY, after, after)).toEqual({ entered: [], fell: [], moved: [], clauses: [] });
  });
});
