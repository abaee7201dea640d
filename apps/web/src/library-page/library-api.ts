import { queryOptions } from '@tanstack/react-query';
import {
  type BatchResult,
  type BulkEditInput,
  batchResult,
  done,
  facets,
  type LibraryFormat,
  libraryView,
  libraryViews,
  type NewViewInput,
  recommendationPage,
  type Selection,
  type StaleRows,
  searchPage,
  selection,
  staleRows,
  taxonomies,
  type viewChange,
} from '@zerodraft/contract';
import type { z } from 'zod';
import { ApiError, ASK_ALWAYS, client, queryClient, read } from '../api-client.ts';
import type { LibraryQuery } from './library-search.ts';

const process = client.processes[':processId'];
const { library, recommendations, views } = process;

/** Rows that one request fetches. */
export const PAGE_ROWS = 100;

/** One recommendation in the version that somebody saw. */
export type SeenRow = Selection['rows'][number];

/** Nothing was done, as others changed some of the rows since. */
export class StaleError extends ApiError {
  constructor(readonly stale: StaleRows) {
    super(stale.error, 409, stale.code);
  }
}

export const pageQuery = (processId: string, query: LibraryQuery, page: number) =>
  queryOptions({
    ...ASK_ALWAYS,
    queryKey: ['recommendations', processId, 'library', query, page],
    queryFn: async ({ signal }) => {
      const json = { ...query, offset: page * PAGE_ROWS, limit: PAGE_ROWS };
      return read(
        await library.search.$post({ param: { processId }, json }, { init: { signal } }),
        searchPage,
      );
    },
  });

export const facetsQuery = (
  processId: string,
  { q, filters, draftId }: Pick<LibraryQuery, 'q' | 'filters' | 'draftId'>,
) =>
  queryOptions({
    ...ASK_ALWAYS,
    queryKey: ['recommendations', processId, 'facets', { q, filters, draftId }],
    queryFn: async ({ signal }) => {
      const json = { q, filters, draftId };
      return read(await library.facets.$post({ param: { processId }, json }, { init: { signal } }), facets);
    },
  });

/** All rows that a search finds, as they are now, in its order; of very many, the first. */
export async function selectAll(processId: string, query: LibraryQuery): Promise<Selection> {
  return read(await library.selection.$post({ param: { processId }, json: query }), selection);
}

/** The terms of a process by taxonomy. */
export const termsQuery = (processId: string) =>
  queryOptions({
    ...ASK_ALWAYS,
    queryKey: ['taxonomies', processId, 'terms'],
    queryFn: async () =>
      (await read(await process.taxonomies.$get({ param: { processId } }), taxonomies)).taxonomies,
  });

/** A recommendation as it is now, for who changes many. */
export const rowQuery = (processId: string, id: string) =>
  queryOptions({
    ...ASK_ALWAYS,
    queryKey: ['recommendations', processId, 'page', id],
    queryFn: async () =>
      read(await recommendations[':id'].$get({ param: { processId, id } }), recommendationPage),
  });

/** @throws StaleError when rows were changed since they were seen */
async function readBatch(response: Pick<Response, 'ok' | 'status' | 'json'>): Promise<BatchResult> {
  if (response.status !== 409) return read(response, batchResult);
  const body: unknown = await response.json().catch(() => null);
  const stale = staleRows.safeParse(body);
  if (stale.success) throw new StaleError(stale.data);
  return read({ ok: false, status: 409, json: () => Promise.resolve(body) }, batchResult);
}

export async function editRows(processId: string, json: BulkEditInput): Promise<BatchResult> {
  return readBatch(await library.bulk.$post({ param: { processId }, json }));
}

export async function mergeRows(
  processId: string,
  into: SeenRow,
  from: readonly SeenRow[],
): Promise<BatchResult> {
  const param = { processId, id: into.id };
  const json = { version: into.version, from: [...from] };
  return readBatch(await recommendations[':id'].merges.$post({ param, json }));
}

/** @param skipChanged undoes the rest when some were changed since */
export async function undoBatch(
  processId: string,
  batch: string,
  skipChanged: boolean,
): Promise<BatchResult> {
  const param = { processId, batch };
  return readBatch(await library.batches[':batch'].undo.$post({ param, json: { skipChanged } }));
}

/** Fetches the library anew, with what depends on it. */
export async function refreshLibrary(processId: string): Promise<void> {
  const keys = ['recommendations', 'taxonomies'];
  await Promise.all(keys.map((key) => queryClient.invalidateQueries({ queryKey: [key, processId] })));
}

export const viewsQuery = (processId: string) =>
  queryOptions({
    ...ASK_ALWAYS,
    queryKey: ['views', processId],
    queryFn: async () => (await read(await views.$get({ param: { processId } }), libraryViews)).views,
  });

export async function saveView(processId: string, json: NewViewInput) {
  return read(await views.$post({ param: { processId }, json }), libraryView);
}

export async function changeView(processId: string, viewId: string, json: z.input<typeof viewChange>) {
  return read(await views[':viewId'].$patch({ param: { processId, viewId }, json }), libraryView);
}

export async function deleteView(processId: string, viewId: string) {
  return read(await views[':viewId'].$delete({ param: { processId, viewId } }), done);
}

export async function refreshViews(processId: string): Promise<void> {
  await queryClient.invalidateQueries({ queryKey: ['views', processId] });
}

/** Where the whole library is downloaded from. */
export const exportAddress = (processId: string, format: LibraryFormat): string =>
  `/api/processes/${encodeURIComponent(processId)}/library/export?format=${format}`;
