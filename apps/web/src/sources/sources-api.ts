import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import {
  done,
  type NewRecommendationInput,
  type NewSourceInput,
  paragraphHits,
  problem,
  recommendationView,
  type Source,
  type SourceChange,
  type SourceState,
  source,
  sourceList,
  sourceParagraphs,
  sourcesHits,
  sourceView,
  type UploadResult,
  uploadResult,
} from '@zerodraft/contract';
import { ApiError, ASK_ALWAYS, client, queryClient, read } from '../api-client.ts';

const sources = client.processes[':processId'].sources;
const one = sources[':sourceId'];

/** Milliseconds after which a page without a draft's socket asks again while documents are being read; more for long lists. */
const WHILE_READING = 1_000;
const anyReading = (states: readonly SourceState[]): number | false =>
  states.includes('reading') ? WHILE_READING + 2 * states.length : false;

export const sourcesQuery = (processId: string) =>
  queryOptions({
    ...ASK_ALWAYS,
    queryKey: ['sources', processId],
    queryFn: async () => (await read(await sources.$get({ param: { processId } }), sourceList)).sources,
    refetchInterval: ({ state }) => anyReading((state.data ?? []).map((entry) => entry.state)),
  });

/** One source, with the recommendations that were taken from it. */
export const sourceQuery = (processId: string, sourceId: string) =>
  queryOptions({
    ...ASK_ALWAYS,
    queryKey: ['sources', processId, sourceId],
    queryFn: () => fetchSource(processId, sourceId),
    refetchInterval: ({ state }) => anyReading(state.data ? [state.data.source.state] : []),
  });

/** A source's text by the file that it is of: another file is another text. */
type TextOf = Pick<Source, 'id' | 'fileHash'>;

/** A stretch of a source's text, from a paragraph on. */
export const paragraphsQuery = (processId: string, { id: sourceId, fileHash }: TextOf, from: number) =>
  queryOptions({
    queryKey: ['source-text', sourceId, fileHash, from],
    // The text of one file stays what it is.
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async () => {
      const query = { from: String(from) };
      return read(await one.paragraphs.$get({ param: { processId, sourceId }, query }), sourceParagraphs);
    },
  });

/** The headings of a source's text; of more than one request gives, the first ones. */
export const headingsQuery = (processId: string, { id: sourceId, fileHash }: TextOf) =>
  queryOptions({
    queryKey: ['source-text', sourceId, fileHash, 'headings'],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async () => {
      const query = { kind: 'heading' } as const;
      const answer = await one.paragraphs.$get({ param: { processId, sourceId }, query });
      return (await read(answer, sourceParagraphs)).paragraphs;
    },
  });

export const sourceSearchQuery = (processId: string, { id: sourceId, fileHash }: TextOf, q: string) =>
  queryOptions({
    queryKey: ['source-text', sourceId, fileHash, 'search', q],
    enabled: q !== '',
    queryFn: async () =>
      read(await one.search.$get({ param: { processId, sourceId }, query: { q } }), paragraphHits),
  });

/** Places in the texts of all sources, as many as one asks for. */
export const sourcesSearchQuery = (processId: string, q: string) =>
  infiniteQueryOptions({
    queryKey: ['sources', processId, 'search', q],
    enabled: q !== '',
    initialPageParam: 0,
    queryFn: async ({ pageParam }) =>
      read(
        await sources.search.$get({ param: { processId }, query: { q, offset: String(pageParam) } }),
        sourcesHits,
      ),
    getNextPageParam: (last, pages) => {
      const shown = pages.reduce((sum, { hits }) => sum + hits.length, 0);
      return last.hits.length > 0 && shown < last.total ? shown : undefined;
    },
  });

export async function createSource(processId: string, json: NewSourceInput) {
  return read(await sources.$post({ param: { processId }, json }), source);
}

export async function changeSource(processId: string, sourceId: string, json: SourceChange) {
  return read(await one.$patch({ param: { processId, sourceId }, json }), source);
}

export async function deleteSource(processId: string, sourceId: string) {
  return read(await one.$delete({ param: { processId, sourceId } }), done);
}

/** Where a source's document is downloaded from, as it was uploaded. */
export const fileAddress = (processId: string, sourceId: string): string =>
  `/api/processes/${encodeURIComponent(processId)}/sources/${encodeURIComponent(sourceId)}/file`;

/**
 * Uploads a source's document. Sent again after a lost connection, it is kept once.
 * @param onProgress told the part that is sent, from 0 to 1
 * @throws ApiError when the server refused, or was not reached (status 0)
 */
export function uploadFile(
  processId: string,
  sourceId: string,
  file: File,
  onProgress: (part: number) => void,
  signal?: AbortSignal,
): Promise<UploadResult> {
  // Of what browsers have, only this tells how much is sent.
  const request = new XMLHttpRequest();
  request.open('PUT', `${fileAddress(processId, sourceId)}?name=${encodeURIComponent(file.name)}`);
  request.setRequestHeader('content-type', 'application/octet-stream');
  request.responseType = 'json';
  request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0);
  signal?.addEventListener('abort', () => request.abort());
  return new Promise((resolve, reject) => {
    const unreached = (): void => reject(new ApiError(`${file.name} was not sent. Try again.`, 0));
    request.onerror = unreached;
    request.onabort = unreached;
    request.onload = () => {
      const taken = uploadResult.safeParse(request.response);
      if (request.status === 200 && taken.success) return resolve(taken.data);
      const refused = problem.safeParse(request.response);
      const words = refused.data?.error ?? `The server answered with status ${request.status}.`;
      reject(new ApiError(words, request.status, refused.data?.code, refused.data?.reason));
    };
    request.send(file);
  });
}

/** Makes a recommendation from a passage; what is left out is taken from the source. */
export async function recommendPassage(processId: string, json: NewRecommendationInput) {
  const response = await client.processes[':processId'].recommendations.$post({ param: { processId }, json });
  return read(response, recommendationView);
}

/** Fetches anew what is said about sources. */
export async function refreshSources(processId: string): Promise<void> {
  await queryClient.invalidateQueries({ queryKey: ['sources', processId] });
}

/** A source as it is on the server now. */
export async function fetchSource(processId: string, sourceId: string) {
  return read(await one.$get({ param: { processId, sourceId } }), sourceView);
}
