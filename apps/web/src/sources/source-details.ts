import { DOCUMENT_KIND_LABELS, newSource, type Source } from '@zerodraft/contract';
import type { z } from 'zod';
import { formatDate } from '../ui/moments.tsx';

/** What people say about a source, as its form has it. */
export const sourceDetails = newSource.omit({ id: true });
export type SourceDetails = z.infer<typeof sourceDetails>;
export const DETAIL_FIELDS = sourceDetails.keyof().options;

export const NO_DETAILS: SourceDetails = sourceDetails.parse({});

export const FIELD_LABELS: Record<keyof SourceDetails, string> = {
  title: 'Title',
  kind: 'Kind',
  who: 'Who it is from',
  stakeholderKind: 'Kind of stakeholder',
  region: 'Region',
  phase: 'Phase',
  session: 'Session',
  date: 'Date',
  language: 'Language',
  symbol: 'Symbol',
  url: 'Address on the web',
};

/** The fields of a form; those without words of their own are null when empty. */
export function gatherDetails(form: FormData): Record<string, unknown> {
  return Object.fromEntries(
    DETAIL_FIELDS.map((field) => {
      const value = String(form.get(field) ?? '').trim();
      const empty = field === 'date' || field === 'language' || field === 'url' ? null : '';
      return [field, value === '' ? empty : value];
    }),
  );
}

/** The language's name in English; its tag where there is none. */
export function languageName(tag: string): string {
  try {
    return new Intl.DisplayNames('en', { type: 'language' }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}

/** What a document is and whose, in one line; what is not known is left out. */
export function describe(details: SourceDetails | Source): string {
  const { kind, who, stakeholderKind, region, phase, session, date, language, symbol } = details;
  return [
    kind === 'other' ? '' : DOCUMENT_KIND_LABELS[kind],
    who,
    stakeholderKind,
    region,
    phase,
    session,
    date && formatDate(date),
    language && languageName(language),
    symbol,
  ]
    .filter(Boolean)
    .join(' · ');
}

/** How large a file is: "240 KB". */
export function formatSize(bytes: number): string {
  if (bytes < 1_000) return `${bytes} bytes`;
  if (bytes < 1_000_000) return `${Math.round(bytes / 1_000)} KB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}

/** "1 recommendation", "3 recommendations". */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
