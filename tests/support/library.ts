import { randomUUID } from 'node:crypto';
import type { RecommendationPage, Taxonomies } from '@zerodraft/contract';
import type { RecommendationSummary, TaxonomyName } from '@zerodraft/trace';
import type { Person } from './person.ts';

export const PROCESS = '/api/processes/global-compact-sample';

/** All recommendations of a process by reference. */
export async function allOf(person: Person, process = PROCESS): Promise<Map<string, RecommendationSummary>> {
  const { body } = await person.get(`${process}/recommendations`);
  return new Map(body.recommendations.map((one: RecommendationSummary) => [one.reference, one]));
}

/** A library's JSON without the two lines in which equal libraries differ: the process's name and the time. */
export const bareLibrary = (bytes: Uint8Array): string =>
  new TextDecoder().decode(bytes).replace(/^ "(?:process|exportedAt)": .*\n/gm, '');

/** One recommendation by reference. */
export async function pageOf(person: Person, id: string, process = PROCESS): Promise<RecommendationPage> {
  return (await person.get(`${process}/recommendations/${id}`)).body;
}

/** A process's terms by label. */
export async function termsOf(
  person: Person,
  taxonomy: TaxonomyName,
  process = PROCESS,
): Promise<Map<string, Taxonomies['taxonomies'][TaxonomyName][number]>> {
  const { taxonomies } = (await person.get(`${process}/taxonomies`)).body;
  return new Map(taxonomies[taxonomy].map((term: { label: string }) => [term.label, term]));
}

/** Imports rows as a CSV file; the first row is the header. */
export async function importRows(
  person: Person,
  rows: readonly (readonly string[])[],
  process = PROCESS,
  fields: Record<string, string> = {},
) {
  const cell = (text: string): string => `"${text.replaceAll('"', '""')}"`;
  const csv = rows.map((row) => row.map(cell).join(',')).join('\r\n');
  return importFile(person, new TextEncoder().encode(csv), 'rows.csv', `${process}/imports`, fields);
}

/** Sends a file to an import. */
export async function importFile(
  person: Person,
  bytes: Uint8Array<ArrayBuffer>,
  name: string,
  address: string,
  fields: Record<string, string> = {},
) {
  const form = new FormData();
  form.set('file', new File([bytes], name));
  form.set('commit', 'true');
  for (const [field, value] of Object.entries(fields)) form.set(field, value);
  return person.post(address, form);
}

/** A process of the person's own; returns its address. */
export async function newProcess(person: Person, name = 'Empty'): Promise<string> {
  const { body } = await person.post('/api/processes', {
    name,
    themes: ['T'],
    dimensions: ['D'],
    sections: [],
  });
  return `/api/processes/${body.id}`;
}

export const newId = (): string => randomUUID();
