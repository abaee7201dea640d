import type { Block } from '@zerodraft/schema';
import { type Counted, type CountedLink, type Grouping, uptakeOf, valuesOf } from './coverage.ts';
import { reflects } from './link-record.ts';

/** A draft at one moment. */
export interface Moment {
  blocks: readonly Block[];
  /** As read by `readLinks`. */
  links: readonly CountedLink[];
}

/** A recommendation with the clauses that reflected it before and after, in the order of the text. */
export interface Shift<R> {
  recommendation: R;
  before: string[];
  after: string[];
}

/** What entered and fell out, by the values of a grouping. */
export interface Turnover {
  value: string;
  entered: number;
  fell: number;
}

/** A clause whose sources are others than before; it may stand in one of the drafts only. */
export interface ClauseShift<R> {
  clauseId: string;
  gained: R[];
  lost: R[];
}

export interface CoverageComparison<R> {
  /** Reflected after, and not before. */
  entered: Shift<R>[];
  /** Reflected before, and not after. */
  fell: Shift<R>[];
  /** Reflected both times, by other clauses. */
  moved: Shift<R>[];
  clauses: ClauseShift<R>[];
}

/** Of each recommendation the clauses that reflect it. */
function reflecting(recommendations: readonly Counted[], { links }: Moment): Map<string, string[]> {
  const clauses = new Map<string, string[]>();
  for (const { clauseId, recommendationId, relation } of uptakeOf(recommendations, links).links) {
    if (!reflects(relation)) continue;
    const known = clauses.get(recommendationId) ?? [];
    known.push(clauseId);
    clauses.set(recommendationId, known);
  }
  return clauses;
}

/**
 * What a draft took up between two moments, and what it let go. Recommendations are as they are now; both moments are
 * read by the same definition of "linked".
 */
export function compareCoverage<R extends Counted>(
  recommendations: readonly R[],
  before: Moment,
  after: Moment,
): CoverageComparison<R> {
  const [then, now] = [reflecting(recommendations, before), reflecting(recommendations, after)];
  const result: CoverageComparison<R> = { entered: [], fell: [], moved: [], clauses: [] };
  const shifts = new Map<string, ClauseShift<R>>();
  const shiftOf = (clauseId: string): ClauseShift<R> => {
    const known = shifts.get(clauseId) ?? { clauseId, gained: [], lost: [] };
    shifts.set(clauseId, known);
    return known;
  };
  for (const recommendation of recommendations) {
    const shift = {
      recommendation,
      before: then.get(recommendation.id) ?? [],
      after: now.get(recommendation.id) ?? [],
    };
    const [was, is] = [new Set(shift.before), new Set(shift.after)];
    const gained = shift.after.filter((id) => !was.has(id));
    const lost = shift.before.filter((id) => !is.has(id));
    for (const id of gained) shiftOf(id).gained.push(recommendation);
    for (const id of lost) shiftOf(id).lost.push(recommendation);
    if (was.size === 0 && is.size > 0) result.entered.push(shift);
    else if (was.size > 0 && is.size === 0) result.fell.push(shift);
    else if (gained.length > 0 || lost.length > 0) result.moved.push(shift);
  }
  // In the order of the text as it is after; what stands there no more comes last, in its old order.
  for (const { id } of [...after.blocks, ...before.blocks]) {
    const shift = shifts.get(id);
    if (!shift) continue;
    result.clauses.push(shift);
    shifts.delete(id);
  }
  return result;
}

/** Whose proposals entered and fell out, most first. */
export function turnoverBy<R extends Counted>(
  { entered, fell }: Pick<CoverageComparison<R>, 'entered' | 'fell'>,
  grouping: Grouping,
): Turnover[] {
  const rows = new Map<string, Turnover>();
  const count = (shifts: readonly Shift<R>[], key: 'entered' | 'fell'): void => {
    for (const { recommendation } of shifts)
      for (const value of valuesOf(recommendation, grouping)) {
        const row = rows.get(value) ?? { value, entered: 0, fell: 0 };
        row[key] += 1;
        rows.set(value, row);
      }
  };
  count(entered, 'entered');
  count(fell, 'fell');
  return [...rows.values()].sort(
    (a, b) => b.entered + b.fell - a.entered - a.fell || a.value.localeCompare(b.value),
  );
}
