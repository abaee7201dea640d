import type { Block } from '@zerodraft/schema';
import { type Counted, type Grouping, isCounted, type Uptake, valuesOf } from './coverage.ts';
import { reflects } from './link-record.ts';

/** What clauses are counted under: sections, or each objective by itself as well. */
export const LEVELS = ['section', 'objective'] as const;
export type Level = (typeof LEVELS)[number];

/** A heading that clauses stand under; `id` and `title` are empty for what stands before the first. */
export interface Heading {
  id: string;
  kind: 'section' | 'objective' | 'start';
  title: string;
}

/** The headings of a draft in order, and of each clause the one it stands under. */
export function headingsOf(
  blocks: readonly Block[],
  level: Level,
): { headings: Heading[]; under: Map<string, string> } {
  const headings: Heading[] = [];
  const under = new Map<string, string>();
  let current: Heading = { id: '', kind: 'start', title: '' };
  for (const block of blocks) {
    const { id, kind, text } = block;
    if (kind === 'section' || (kind === 'objective' && level === 'objective')) {
      current = { id, kind, title: text };
      headings.push(current);
    }
    if (!isCounted(block)) continue;
    if (current.id === '' && !headings.includes(current)) headings.unshift(current);
    under.set(id, current.id);
  }
  return { headings, under };
}

/** How much of the text under a heading has a source. */
export interface Density extends Heading {
  clauses: number;
  sourced: number;
  /** Links that reflect, and those by which the opposite was chosen. */
  links: number;
  contrary: number;
  /** Different recommendations that are reflected. */
  recommendations: number;
}

export interface ClauseCoverage {
  clauses: { linked: number; total: number };
  /** Clauses with text that reflect no recommendation, in order. */
  withoutSource: Block[];
  densities: Density[];
}

/** Which clauses have a source, and how many links stand under each heading. */
export function clauseCoverage(blocks: readonly Block[], uptake: Uptake, level: Level): ClauseCoverage {
  const { headings, under } = headingsOf(blocks, level);
  const densities = new Map(
    headings.map((heading) => [
      heading.id,
      {
        ...heading,
        clauses: 0,
        sourced: 0,
        links: 0,
        contrary: 0,
        recommendations: 0,
        known: new Set<string>(),
      },
    ]),
  );
  const sourced = new Set<string>();
  for (const { clauseId, recommendationId, relation } of uptake.links) {
    const density = densities.get(under.get(clauseId) ?? ' ');
    if (!reflects(relation)) {
      if (density) density.contrary += 1;
      continue;
    }
    sourced.add(clauseId);
    if (!density) continue;
    density.links += 1;
    density.known.add(recommendationId);
  }
  const clauses = { linked: 0, total: 0 };
  const withoutSource: Block[] = [];
  for (const block of blocks) {
    if (!isCounted(block)) continue;
    const density = densities.get(under.get(block.id) ?? ' ');
    clauses.total += 1;
    if (density) density.clauses += 1;
    if (sourced.has(block.id)) {
      clauses.linked += 1;
      if (density) density.sourced += 1;
    } else withoutSource.push(block);
  }
  return {
    clauses,
    withoutSource,
    densities: [...densities.values()].map(({ known, ...density }) => ({
      ...density,
      recommendations: known.size,
    })),
  };
}

/** What flows from one value to one heading. */
export interface Flow {
  /** A value of the grouping; null for all that were put together. */
  from: string | null;
  /** A heading's id. */
  to: string;
  links: number;
  recommendations: number;
}

export interface FlowDiagram {
  /** Most links first; those put together last. */
  sources: { value: string | null; links: number }[];
  /** In the order of the draft; headings without links are left out. */
  headings: (Heading & { links: number })[];
  flows: Flow[];
  /** Values that were put together. */
  together: string[];
}

/**
 * How links run from who proposed to where it stands. Links of the relation contrary do not flow.
 * @param most values that are shown apart; when there are more, the smallest are put together
 */
export function flowOf(
  recommendations: readonly Counted[],
  uptake: Uptake,
  blocks: readonly Block[],
  by: Grouping,
  level: Level,
  most = Number.POSITIVE_INFINITY,
): FlowDiagram {
  const { headings, under } = headingsOf(blocks, level);
  const values = new Map(recommendations.map((item) => [item.id, valuesOf(item, by)]));
  const cells = new Map<string, Map<string, { links: number; known: Set<string> }>>();
  const totals = new Map<string, number>();
  const perHeading = new Map<string, number>();
  for (const { clauseId, recommendationId, relation } of uptake.links) {
    const heading = under.get(clauseId);
    if (!reflects(relation) || heading === undefined) continue;
    for (const value of values.get(recommendationId) ?? []) {
      const row = cells.get(value) ?? new Map<string, { links: number; known: Set<string> }>();
      cells.set(value, row);
      const cell = row.get(heading) ?? { links: 0, known: new Set<string>() };
      row.set(heading, cell);
      cell.links += 1;
      cell.known.add(recommendationId);
      totals.set(value, (totals.get(value) ?? 0) + 1);
      perHeading.set(heading, (perHeading.get(heading) ?? 0) + 1);
    }
  }
  const ranked = [...totals].sort(([a, n], [b, m]) => m - n || a.localeCompare(b));
  const apart = ranked.length > most ? ranked.slice(0, most - 1) : ranked;
  const together = ranked.slice(apart.length);
  const shown = headings.filter(({ id }) => perHeading.has(id));
  const flows: Flow[] = [];
  for (const [value] of apart)
    for (const { id } of shown) {
      const cell = cells.get(value)?.get(id);
      if (cell) flows.push({ from: value, to: id, links: cell.links, recommendations: cell.known.size });
    }
  if (together.length > 0)
    for (const { id } of shown) {
      const known = together.flatMap(([value]) => cells.get(value)?.get(id) ?? []);
      const links = known.reduce((sum, cell) => sum + cell.links, 0);
      const distinct = new Set(known.flatMap((cell) => [...cell.known]));
      if (links > 0) flows.push({ from: null, to: id, links, recommendations: distinct.size });
    }
  const sources: FlowDiagram['sources'] = apart.map(([value, links]) => ({ value, links }));
  if (together.length > 0)
    sources.push({ value: null, links: together.reduce((sum, [, links]) => sum + links, 0) });
  return {
    sources,
    headings: shown.map((heading) => ({ ...heading, links: perHeading.get(heading.id) ?? 0 })),
    flows,
    together: together.map(([value]) => value),
  };
}
