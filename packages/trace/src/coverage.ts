import { type Block, isClauseKind } from '@zerodraft/schema';
import type { Pair, Relation } from './link-record.ts';
import { reflects } from './link-record.ts';
import { followMerges } from './links.ts';
import { type RecommendationSummary, TAXONOMIES } from './recommendation.ts';

/** What recommendations can be counted by. */
export const GROUPINGS = [...TAXONOMIES, 'session', 'source'] as const;
export type Grouping = (typeof GROUPINGS)[number];

/** What is counted: a recommendation without what it says. */
export type Counted = Pick<
  RecommendationSummary,
  'id' | 'mergedIds' | 'themes' | 'dimensions' | 'kind' | 'sourceKind' | 'region' | 'session' | 'source'
>;
/** A link as far as counting goes. */
export type CountedLink = Pair & { relation: Relation };

const NO_VALUE: readonly string[] = [''];

/** What a recommendation is under in a grouping; an empty text alone when it is under nothing. */
export function valuesOf(recommendation: Counted, grouping: Grouping): readonly string[] {
  switch (grouping) {
    case 'themes':
    case 'dimensions': {
      const values = recommendation[grouping];
      return values.length === 0 ? NO_VALUE : values;
    }
    case 'kinds':
      return [recommendation.kind];
    case 'stakeholderKinds':
      return [recommendation.sourceKind];
    case 'regions':
      return [recommendation.region];
    case 'session':
    case 'source':
      return [recommendation[grouping]];
  }
}

/** What became of recommendations in a draft: the one definition of "linked" that everything counts by. */
export interface Uptake {
  /** Links to recommendations that are in the library, of merged ones to their survivors. */
  links: readonly CountedLink[];
  /** Recommendations that a clause reflects. */
  linked: ReadonlySet<string>;
  /** Those that were only considered, and the opposite chosen. */
  contrary: ReadonlySet<string>;
}

/** @param links as read by `readLinks` (links of clauses that stand in the draft) */
export function uptakeOf(
  recommendations: readonly Pick<Counted, 'id' | 'mergedIds'>[],
  links: readonly CountedLink[],
): Uptake {
  const known = new Set(recommendations.map(({ id }) => id));
  // A link to a recommendation that is not (or no longer) in the library is no source.
  const live = followMerges(links, recommendations).filter((link) => known.has(link.recommendationId));
  const linked = new Set<string>();
  for (const { recommendationId, relation } of live) if (reflects(relation)) linked.add(recommendationId);
  const contrary = new Set<string>();
  for (const { recommendationId } of live) if (!linked.has(recommendationId)) contrary.add(recommendationId);
  return { links: live, linked, contrary };
}

/** Recommendations of one cell, row or column: linked, only considered, and all. */
export interface Count {
  linked: number;
  contrary: number;
  total: number;
}

export function noCount(): Count {
  return { linked: 0, contrary: 0, total: 0 };
}

function add(target: Count, id: string, { linked, contrary }: Uptake): void {
  target.total += 1;
  if (linked.has(id)) target.linked += 1;
  else if (contrary.has(id)) target.contrary += 1;
}

/** How much of a count is linked, from 0 to 1; 0 of nothing. */
export function shareOf({ linked, total }: Pick<Count, 'linked' | 'total'>): number {
  return total === 0 ? 0 : linked / total;
}

/** The values of a grouping with their counts; a recommendation counts under each of its values. */
export interface Group {
  value: string;
  count: Count;
}

/**
 * Uptake by the values of a grouping: those given in their order, then others by name, then what is under none. Values
 * that are given are there even when nothing is under them.
 */
export function uptakeBy(
  recommendations: readonly Counted[],
  uptake: Uptake,
  grouping: Grouping,
  order: readonly string[] = [],
): Group[] {
  const counts = new Map(order.map((value) => [value, noCount()]));
  for (const recommendation of recommendations)
    for (const value of valuesOf(recommendation, grouping)) {
      const count = counts.get(value) ?? noCount();
      counts.set(value, count);
      add(count, recommendation.id, uptake);
    }
  const given = new Set(order);
  const rank = (value: string): number => (value === '' ? 2 : given.has(value) ? 0 : 1);
  return [...counts]
    .map(([value, count]) => ({ value, count }))
    .sort(
      (a, b) => rank(a.value) - rank(b.value) || (rank(a.value) === 1 ? a.value.localeCompare(b.value) : 0),
    );
}

/** Two groupings crossed. */
export interface CrossCoverage {
  all: Count;
  rows: Group[];
  columns: Group[];
  /** By row, then by column. A recommendation counts in every cell it belongs to. */
  cells: Count[][];
}

/** Counts recommendations by two groupings at once; every one stands in a cell, what is under none in the last row or column. */
export function crossCoverage(
  recommendations: readonly Counted[],
  uptake: Uptake,
  rows: { by: Grouping; order?: readonly string[] },
  columns: { by: Grouping; order?: readonly string[] },
): CrossCoverage {
  const [rowGroups, columnGroups] = [rows, columns].map(({ by, order }) =>
    uptakeBy(recommendations, uptake, by, order),
  );
  const [down, across] = [rowGroups ?? [], columnGroups ?? []];
  const cells = down.map(() => across.map(noCount));
  const rowAt = new Map(down.map(({ value }, index) => [value, index]));
  const columnAt = new Map(across.map(({ value }, index) => [value, index]));
  const all = noCount();
  for (const recommendation of recommendations) {
    add(all, recommendation.id, uptake);
    for (const row of valuesOf(recommendation, rows.by))
      for (const column of valuesOf(recommendation, columns.by)) {
        const cell = cells[rowAt.get(row) ?? -1]?.[columnAt.get(column) ?? -1];
        if (cell) add(cell, recommendation.id, uptake);
      }
  }
  return { all, rows: down, columns: across, cells };
}

/** Some of the recommendations: those behind a number. */
export type CoverageSelection = Partial<Record<Grouping, string>> & {
  /** `open` is what no clause reflects, `contrary` what of it was considered. */
  state?: 'linked' | 'open' | 'contrary' | undefined;
  /** Linked in clauses under this heading (`headingsOf`); with `contrary`, linked there as what was considered. */
  under?: string | undefined;
};

/**
 * The recommendations behind a number.
 * @param headings of each clause the heading it stands under, when `under` is asked for
 */
export function selectRecommendations<R extends Counted>(
  recommendations: readonly R[],
  uptake: Uptake,
  { state, under, ...groups }: CoverageSelection,
  headings: ReadonlyMap<string, string> = new Map(),
): R[] {
  const asked = GROUPINGS.filter((grouping) => groups[grouping] !== undefined);
  const here =
    under === undefined
      ? null
      : new Set(
          uptake.links
            .filter(
              ({ clauseId, relation }) =>
                headings.get(clauseId) === under && reflects(relation) === (state !== 'contrary'),
            )
            .map(({ recommendationId }) => recommendationId),
        );
  return recommendations.filter((recommendation) => {
    const { id } = recommendation;
    if (state === 'linked' && !uptake.linked.has(id)) return false;
    if (state === 'open' && uptake.linked.has(id)) return false;
    if (here) {
      if (!here.has(id)) return false;
    } else if (state === 'contrary' && !uptake.contrary.has(id)) return false;
    return asked.every((grouping) => valuesOf(recommendation, grouping).includes(groups[grouping] ?? ''));
  });
}

/** Whether a block is a clause that says something: what can have a source. */
export function isCounted({ kind, text }: Block): boolean {
  return isClauseKind(kind) && text.trim() !== '';
}
