import { QueryClient, queryOptions } from '@tanstack/react-query';
import {
  done,
  draftView,
  type ImportReport,
  importReport,
  libraryList,
  problem,
  processList,
  type Refusal,
  recommendation,
  searchHit,
  session,
  thread,
} from '@zerodraft/contract';
import type { ColumnMapping } from '@zerodraft/formats';
import type { Api } from '@zerodraft/server/app';
import { hc } from 'hono/client';
import { z } from 'zod';

export const queryClient = new QueryClient({
  defaultOptions: { queries: { staleTime: 30_000, retry: 1, refetchOnWindowFocus: true } },
});

const client = hc<Api>('/api');

/** What the server refused, in its own words. */
export class ApiError extends Error {
  constructor(
    message: string,
    readonly status: number,
    /** For programs: which refusal it is, and for permissions why. */
    readonly code = '',
    readonly reason: Refusal | null = null,
  ) {
    super(message);
  }
}

async function read<T extends z.ZodType>(
  response: Pick<Response, 'ok' | 'status' | 'json'>,
  shape: T,
): Promise<z.infer<T>> {
  const body: unknown = await response.json().catch(() => null);
  if (response.ok) return shape.parse(body);
  const refused = problem.safeParse(body);
  throw new ApiError(
    refused.success ? refused.data.error : `The server answered with status ${response.status}.`,
    response.status,
    refused.data?.code,
    refused.data?.reason,
  );
}

export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async () => read(await client.session.$get(), session),
  staleTime: Number.POSITIVE_INFINITY,
});

export const processesQuery = queryOptions({
  queryKey: ['processes'],
  queryFn: async () => (await read(await client.processes.$get(), processList)).processes,
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

async function authPost(path: string, body: object): Promise<void> {
  const response = await fetch(`/api/auth/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (response.ok) return;
  const answer: unknown = await response.json().catch(() => null);
  const refused = z.object({ message: z.string(), code: z.string().optional() }).safeParse(answer);
  const problems = problem.safeParse(answer);
  throw new ApiError(
    problems.data?.error ?? refused.data?.message ?? 'Signing in failed. Try again.',
    response.status,
    problems.data?.code ?? refused.data?.code,
  );
}

export const signInDemo = (personId: string) => authPost('sign-in/demo', { personId });
export const signInEmail = (email: string, password: string) =>
  authPost('sign-in/email', { email, password });
export const signOut = () => authPost('sign-out', {});
