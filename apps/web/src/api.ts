import { queryOptions } from '@tanstack/react-query';
import {
  type decision,
  done,
  draftView,
  type ImportReport,
  importReport,
  libraryList,
  type MovedAnchor,
  type newThread,
  processList,
  processView,
  recommendation,
  searchHit,
  session,
  type ThreadList,
  threadList,
} from '@zerodraft/contract';
import type { ColumnMapping } from '@zerodraft/formats';
import { z } from 'zod';
import { ASK_ALWAYS, client, queryClient, read } from './api-client.ts';

export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async () => read(await client.session.$get(), session),
  staleTime: Number.POSITIVE_INFINITY,
  // Another tab may have signed out, or somebody else in.
  refetchOnWindowFocus: 'always',
});

export const processesQuery = queryOptions({
  ...ASK_ALWAYS,
  queryKey: ['processes'],
  queryFn: async () => (await read(await client.processes.$get(), processList)).processes,
});

/** One process as the person finds it; part of the list's key, so that a change of it refreshes both. */
export const processQuery = (processId: string) =>
  queryOptions({
    ...ASK_ALWAYS,
    queryKey: ['processes', processId],
    queryFn: async () =>
      read(await client.processes[':processId'].$get({ param: { processId } }), processView),
  });

/** What a draft opens with: who one is in it, and all that decides what one may do. */
export const draftQuery = (draftId: string) =>
  queryOptions({
    queryKey: ['draft', draftId],
    queryFn: async () => read(await client.drafts[':draftId'].$get({ param: { draftId } }), draftView),
  });

export const libraryQuery = (processId: string) =>
  queryOptions({
    queryKey: ['recommendations', processId],
    queryFn: async () => {
      const response = await client.processes[':processId'].recommendations.$get({ param: { processId } });
      return (await read(response, libraryList)).recommendations;
    },
  });

export const recommendationQuery = (processId: string, id: string) =>
  queryOptions({
    queryKey: ['recommendations', processId, id],
    queryFn: async () =>
      read(
        await client.processes[':processId'].recommendations[':id'].$get({ param: { processId, id } }),
        recommendation,
      ),
  });

export const searchQuery = (processId: string, q: string) =>
  queryOptions({
    queryKey: ['recommendations', processId, 'search', q],
    enabled: q.trim() !== '',
    queryFn: async () => {
      const response = await client.processes[':processId'].search.$get({
        param: { processId },
        query: { q },
      });
      return (await read(response, z.object({ hits: z.array(searchHit) }))).hits;
    },
  });

/** All threads of a draft; after the first time only what changed since is fetched. */
export const threadsQuery = (draftId: string) =>
  queryOptions({
    queryKey: ['threads', draftId],
    queryFn: async (): Promise<ThreadList> => {
      const known = queryClient.getQueryData<ThreadList>(['threads', draftId]);
      const query = known?.cursor ? { since: known.cursor } : {};
      const response = await client.drafts[':draftId'].threads.$get({ param: { draftId }, query });
      const answer = await read(response, threadList);
      // Read again: what was marked as read or shown elsewhere meanwhile stays so.
      const latest = known && queryClient.getQueryData<ThreadList>(['threads', draftId]);
      if (!latest) return answer;
      const changed = new Map(answer.threads.map((thread) => [thread.id, thread]));
      const kept = latest.threads.map((thread) => changed.get(thread.id) ?? thread);
      const ids = new Set(latest.threads.map(({ id }) => id));
      return { ...answer, threads: [...kept, ...answer.threads.filter(({ id }) => !ids.has(id))] };
    },
    select: ({ threads }: ThreadList) => threads,
  });

export async function createThread(draftId: string, json: z.input<typeof newThread>) {
  return read(await client.drafts[':draftId'].threads.$post({ param: { draftId }, json }), done);
}

export async function addComment(draftId: string, threadId: string, json: { id: string; body: string }) {
  return read(
    await client.drafts[':draftId'].threads[':threadId'].comments.$post({
      param: { draftId, threadId },
      json,
    }),
    done,
  );
}

/** Decides on threads, all of them or none. */
export async function decide(draftId: string, json: z.input<typeof decision>) {
  return read(await client.drafts[':draftId'].threads.states.$put({ param: { draftId }, json }), done);
}

/** Takes for true here where the text of a private thread is now, before the server has it. */
export function showThreadPlace(
  draftId: string,
  threadId: string,
  { clauseId, ...anchor }: MovedAnchor,
): void {
  queryClient.setQueryData<ThreadList>(
    ['threads', draftId],
    (known) =>
      known && {
        ...known,
        threads: known.threads.map((thread) =>
          thread.id === threadId ? { ...thread, clauseId, anchor } : thread,
        ),
      },
  );
}

/** Tells the server where the text of a private thread is now. */
export async function sendThreadPlace(
  draftId: string,
  threadId: string,
  { clauseId, ...anchor }: MovedAnchor,
): Promise<void> {
  const param = { draftId, threadId };
  const response = await client.drafts[':draftId'].threads[':threadId'].place.$put({
    param,
    json: { clauseId, anchor },
  });
  await read(response, done);
}

/** Sends a file to be looked at, or with `commit` to be kept. */
export async function importFile(
  processId: string,
  file: File,
  options: { mapping?: ColumnMapping; addTerms: boolean; restore: boolean; commit: boolean },
): Promise<ImportReport> {
  const form = new FormData();
  form.set('file', file);
  form.set('commit', String(options.commit));
  if (options.addTerms) form.set('terms', 'add');
  if (options.restore) form.set('restore', 'true');
  if (options.mapping) form.set('mapping', JSON.stringify(options.mapping));
  const response = await fetch(`/api/processes/${encodeURIComponent(processId)}/imports`, {
    method: 'POST',
    body: form,
  });
  return read(response, importReport);
}
