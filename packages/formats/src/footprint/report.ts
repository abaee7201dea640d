/** One line of an entry or a cell. */
export interface Line {
  text: string;
  tone?: 'strong' | 'muted' | 'quote';
}

/** A part of a report, as every format for reading can show it. */
export type ReportPart =
  | { kind: 'heading'; level: 2 | 3; text: string; id?: string }
  | { kind: 'text'; text: string; tone?: 'strong' | 'muted' | 'quote' }
  /** Things that belong to what stands above: the sources of a clause, the clauses of a recommendation. */
  | { kind: 'entries'; entries: Line[][] }
  | { kind: 'table'; caption: string; columns: { label: string; share: number }[]; rows: Line[][][] };

/** A document about a footprint: what is written as DOCX, PDF and HTML. */
export interface Report {
  title: string;
  /** What stands below the title: the process, the draft, the day. */
  lines: string[];
  parts: ReportPart[];
}

/** What a report is about, beside the footprint itself. */
export interface ReportFacts {
  process: string;
  draft: string;
  /** Whether all of it was made up to show the program. */
  illustrative: boolean;
  /** The moment that it holds for; ISO 8601, UTC. */
  at: string;
}

const DAY = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' });
const TIME = new Intl.DateTimeFormat('en-GB', { timeStyle: 'short', timeZone: 'UTC' });

export const dayOf = (at: string): string => DAY.format(new Date(at));
export const momentOf = (at: string): string => `${dayOf(at)}, ${TIME.format(new Date(at))} UTC`;

/** "1 clause", "2 clauses". */
export const counted = (n: number, one: string, many = `${one}s`): string => `${n} ${n === 1 ? one : many}`;
