import { queryOptions } from '@tanstack/react-query';
import { done, type NewTerm, type TermChange, taxonomies, term } from '@zerodraft/contract';
import type { TaxonomyName } from '@zerodraft/trace';
import { ASK_ALWAYS, client, queryClient, read } from '../api-client.ts';

const of = client.processes[':processId'].taxonomies;
const terms = of[':taxonomy'].terms;

/** Milliseconds between looks for what others change: this page has no socket. */
const LOOK_AGAIN = 3_000;

export const taxonomiesQuery = (processId: string) =>
  queryOptions({
    ...ASK_ALWAYS,
    queryKey: ['taxonomies', processId, 'lists'],
    queryFn: async () => (await read(await of.$get({ param: { processId } }), taxonomies)).taxonomies,
    refetchInterval: LOOK_AGAIN,
  });

/** Where a term stands. */
export interface Place {
  processId: string;
  taxonomy: TaxonomyName;
}

export async function addTerm(param: Place, json: NewTerm) {
  return read(await terms.$post({ param, json }), term);
}

export async function changeTerm(place: Place, termId: string, json: TermChange) {
  return read(await terms[':termId'].$patch({ param: { ...place, termId }, json }), term);
}

export async function orderTerms(param: Place, ids: string[]) {
  return read(await of[':taxonomy'].order.$put({ param, json: { ids } }), done);
}

export async function mergeTerm(place: Place, termId: string, into: string) {
  return read(await terms[':termId'].merge.$post({ param: { ...place, termId }, json: { into } }), term);
}

export async function deleteTerm(place: Place, termId: string) {
  return read(await terms[':termId'].$delete({ param: { ...place, termId } }), done);
}

/** Fetches anew all that shows terms. */
export async function refreshTerms(): Promise<void> {
  const keys = ['taxonomies', 'processes', 'draft', 'recommendations', 'sources', 'deposits'];
  await Promise.all(keys.map((key) => queryClient.invalidateQueries({ queryKey: [key] })));
}
