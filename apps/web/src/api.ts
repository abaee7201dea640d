import { queryOptions } from '@tanstack/react-query';
import {
  done,
  draftView,
  type ImportReport,
  importReport,
  libraryList,
  processList,
  processView,
  recommendation,
  searchHit,
  session,
  thread,
} from '@zerodraft/contract';
import type { ColumnMapping } from '@zerodraft/formats';
import { z } from 'zod';
import { ASK_ALWAYS, client, read } from './api-client.ts';

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

export const threadsQuery = (draftId: string) =>
  queryOptions({
    queryKey: ['threads', draftId],
    queryFn: async () => {
      const response = await client.drafts[':draftId'].threads.$get({ param: { draftId } });
      return (await read(response, z.object({ threads: z.array(thread) }))).threads;
    },
  });

export async function createThread(
  draftId: string,
  json: z.input<typeof import('@zerodraft/contract').newThread>,
) {
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

export async function setThreadResolved(draftId: string, threadId: string, resolved: boolean) {
  const param = { draftId, threadId };
  return read(
    await client.drafts[':draftId'].threads[':threadId'].state.$put({ param, json: { resolved } }),
    done,
  );
}

/** Sends a file to be looked at, or with `commit` to be kept. */
export async function importFile(
  processId: string,
  file: File,
  options: { mapping?: ColumnMapping; commit: boolean },
): Promise<ImportReport> {
  const form = new FormData();
  form.set('file', file);
  form.set('commit', String(options.commit));
  if (options.mapping) form.set('mapping', JSON.stringify(options.mapping));
  const response = await fetch(`/api/processes/${encodeURIComponent(processId)}/imports`, {
    method: 'POST',
    body: form,
  });
  return read(response, importReport);
}
