import type { ProcessSummary } from '@zerodraft/contract';
import { type CoverageSelection, GROUPINGS, type Grouping, type Heading } from '@zerodraft/trace';
import { STATE_WORDS } from './coverage-search.ts';

export const GROUPING_LABELS: Record<Grouping, string> = {
  themes: 'Theme',
  dimensions: 'Dimension',
  kinds: 'Kind',
  stakeholderKinds: 'Kind of stakeholder',
  regions: 'Region',
  session: 'Session',
  source: 'Source',
};

const NONE: Record<Grouping, string> = {
  themes: 'No theme',
  dimensions: 'No dimension',
  kinds: 'No kind',
  stakeholderKinds: 'No kind of stakeholder',
  regions: 'No region',
  session: 'No session',
  source: 'No source',
};

/** A value as it is shown. */
export function nameOf(grouping: Grouping, value: string): string {
  return value === '' ? NONE[grouping] : value;
}

/** The values of a grouping that the process has, in its order; others come after them by name. */
export function orderOf(process: ProcessSummary, grouping: Grouping): readonly string[] {
  switch (grouping) {
    case 'themes':
    case 'dimensions':
    case 'kinds':
    case 'stakeholderKinds':
      return process[grouping];
    default:
      return [];
  }
}

export function headingName({ kind, title }: Pick<Heading, 'kind' | 'title'>): string {
  return kind === 'start' ? 'Before the first section' : title || 'Without a title';
}

/** What a list behind a number holds, in words. */
export function selectionName(selection: CoverageSelection, headings: readonly Heading[]): string {
  const parts = GROUPINGS.flatMap((grouping) => {
    const value = selection[grouping];
    return value === undefined ? [] : [nameOf(grouping, value)];
  });
  const heading = headings.find(({ id }) => id === selection.under);
  if (heading) parts.push(headingName(heading));
  if (selection.state) parts.push(STATE_WORDS[selection.state]);
  const words = parts.join(', ');
  return words === '' ? 'All recommendations' : words.charAt(0).toUpperCase() + words.slice(1);
}

export function percent(share: number): string {
  return `${Math.round(share * 100)}%`;
}
