import { type Block, isClauseKind } from '@zerodraft/schema';
import type { Pair } from './link-record.ts';
import { followMerges } from './links.ts';
import type { RecommendationSummary } from './recommendation.ts';

/** Linked and all recommendations of one cell, row or column. */
export interface Count {
  linked: number;
  total: number;
}

export interface Coverage {
  all: Count;
  /** By theme, then by dimension, in the order given. A recommendation counts in every cell it belongs to. */
  cells: Count[][];
  byTheme: Count[];
  byDimension: Count[];
  /** Recommendations outside every theme or every dimension given; they stand in no cell. */
  unclassified: Count;
  /** Ids of the linked recommendations. */
  linkedIds: Set<string>;
  /** Clauses with text and without any source, in order. */
  clausesWithoutSource: Block[];
  clauses: Count;
}

function count(): Count {
  return { linked: 0, total: 0 };
}

function add(target: Count | undefined, linked: boolean): void {
  if (target === undefined) return;
  target.total += 1;
  if (linked) target.linked += 1;
}

/**
 * What became of the recommendations, and which clauses have no source.
 *
 * @param recommendations all of the process
 * @param links as read by `readLinks` (links of clauses that stand in the draft)
 * @param blocks the draft's blocks in order
 * @param axes the process's themes and dimensions, in the order of the heat map
 */
export function coverageOf(
  recommendations: readonly Pick<RecommendationSummary, 'id' | 'mergedIds' | 'themes' | 'dimensions'>[],
  links: readonly Pair[],
  blocks: readonly Block[],
  axes: { themes: readonly string[]; dimensions: readonly string[] },
): Coverage {
  const known = new Set(recommendations.map(({ id }) => id));
  // A link to a recommendation that is not (or no longer) in the library is no source.
  const live = followMerges(links, recommendations).filter((link) => known.has(link.recommendationId));
  const linkedIds = new Set(live.map((link) => link.recommendationId));
  const sourced = new Set(live.map((link) => link.clauseId));
  const coverage: Coverage = {
    all: count(),
    cells: axes.themes.map(() => axes.dimensions.map(count)),
    byTheme: axes.themes.map(count),
    byDimension: axes.dimensions.map(count),
    unclassified: count(),
    linkedIds,
    clausesWithoutSource: [],
    clauses: count(),
  };
  for (const { id, themes, dimensions } of recommendations) {
    const linked = linkedIds.has(id);
    const rows = axes.themes.flatMap((theme, index) => (themes.includes(theme) ? [index] : []));
    const columns = axes.dimensions.flatMap((name, index) => (dimensions.includes(name) ? [index] : []));
    add(coverage.all, linked);
    if (rows.length === 0 || columns.length === 0) add(coverage.unclassified, linked);
    for (const row of rows) add(coverage.byTheme[row], linked);
    for (const column of columns) add(coverage.byDimension[column], linked);
    for (const row of rows) for (const column of columns) add(coverage.cells[row]?.[column], linked);
  }
  for (const block of blocks) {
    if (!isClauseKind(block.kind) || block.text.trim() === '') continue;
    add(coverage.clauses, sourced.has(block.id));
    if (!sourced.has(block.id)) coverage.clausesWithoutSource.push(block);
  }
  return coverage;
}
