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
  /** The moment that text and links are of; ISO 8601, UTC. */
  at: string;
  /** The name of the version that keeps them; null for the draft as it was when the report was made. */
  version: string | null;
  /** When the report was made: the moment that recommendations and decisions on them are of. */
  madeAt: string;
}

/** What stands in each report about a process that was made up. */
export const ILLUSTRATIVE =
  'Illustrative: the texts were written to show the program, and nobody proposed them.';

const DAY = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' });
const TIME = new Intl.DateTimeFormat('en-GB', { timeStyle: 'short', timeZone: 'UTC' });

export const dayOf = (at: string): string => DAY.format(new Date(at));
export const momentOf = (at: string): string => `${dayOf(at)}, ${TIME.format(new Date(at))} UTC`;

/** Which text it is about, as a sentence goes on with it. */
export function standOf({ version, at }: Pick<ReportFacts, 'version' | 'at'>): string {
  return version === null ? `as it stood on ${momentOf(at)}` : `version “${version}” of ${momentOf(at)}`;
}

/** What is not of that moment; null where all is. */
export function newerPart({ version, madeAt }: Pick<ReportFacts, 'version' | 'madeAt'>): string | null {
  return version === null
    ? null
    : `Text and links are as in that version; recommendations, and what was decided on them, as on ${momentOf(madeAt)}.`;
}

/** "1 clause", "2 clauses". */
export const counted = (n: number, one: string, many = `${one}s`): string => `${n} ${n === 1 ? one : many}`;
