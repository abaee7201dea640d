import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import {
  batchResult,
  depositsOf,
  linkedClauses,
  type RecommendationChange,
  recommendationHistory,
  recommendationPage,
} from '@zerodraft/contract';
import { ASK_ALWAYS, client, queryClient, read } from '../api-client.ts';

const process = client.processes[':processId'];
const one = process.recommendations[':id'];

/** Milliseconds between looks for what others change: pages outside of a draft have no socket. */
const LOOK_AGAIN = 4_000;

/** One recommendation whole, also when it was merged or deleted. */
export const pageQuery = (processId: string, id: string) =>
  queryOptions({
    ...ASK_ALWAYS,
    queryKey: ['recommendations', processId, 'page', id],
    queryFn: async () => read(await one.$get({ param: { processId, id } }), recommendationPage),
    refetchInterval: LOOK_AGAIN,
  });

/** @param seen what the page says of it: another state has another history */
export const historyQuery = (processId: string, id: string, seen: string) =>
  queryOptions({
    ...ASK_ALWAYS,
    queryKey: ['recommendations', processId, 'history', id, seen],
    placeholderData: keepPreviousData,
    queryFn: async () =>
      (await read(await one.history.$get({ param: { processId, id } }), recommendationHistory)).events,
  });

export const linksQuery = (processId: string, id: string) =>
  queryOptions({
    ...ASK_ALWAYS,
    queryKey: ['recommendations', processId, 'links', id],
    queryFn: async () =>
      (await read(await one.links.$get({ param: { processId, id } }), linkedClauses)).links,
    refetchInterval: LOOK_AGAIN,
  });

/** The deposits that it was made from or that were merged with it; for the team. */
export const depositsQuery = (processId: string, id: string) =>
  queryOptions({
    ...ASK_ALWAYS,
    queryKey: ['recommendations', processId, 'deposits', id],
    queryFn: async () =>
      (await read(await one.deposits.$get({ param: { processId, id } }), depositsOf)).deposits,
  });

export async function changeRecommendation(processId: string, id: string, json: RecommendationChange) {
  return read(await one.$patch({ param: { processId, id }, json }), recommendationPage);
}

export async function deleteRecommendation(processId: string, id: string, version: number) {
  const response = await one.$delete({ param: { processId, id }, query: { version: String(version) } });
  return read(response, batchResult);
}

/** A recommendation as somebody saw it. */
export interface Seen {
  id: string;
  version: number;
}

export async function mergeInto(processId: string, { id, version }: Seen, from: Seen[]) {
  const json = { version, from: from.map((each) => ({ id: each.id, version: each.version })) };
  return read(await one.merges.$post({ param: { processId, id }, json }), batchResult);
}

/** Parts a merged one from what it was merged into. */
export async function unmerge(processId: string, { id, version }: Seen) {
  const response = await one.merge.$delete({ param: { processId, id }, query: { version: String(version) } });
  return read(response, batchResult);
}

export async function undoBatch(processId: string, batch: string, skipChanged = false) {
  const response = await process.library.batches[':batch'].undo.$post({
    param: { processId, batch },
    json: { skipChanged },
  });
  return read(response, batchResult);
}

/** Fetches anew what is known of a process's recommendations. */
export async function refreshRecommendations(processId: string): Promise<void> {
  await queryClient.invalidateQueries({ queryKey: ['recommendations', processId] });
}
