import { QueryClient, queryOptions } from '@tanstack/react-query';
import {
  type decision,
  done,
  draftView,
  type ImportReport,
  importReport,
  libraryList,
  type MovedAnchor,
  type newThread,
  problem,
  processList,
  type Refusal,
  recommendation,
  searchHit,
  session,
  type ThreadList,
  threadList,
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

/** All threads of a draft; after the first time only what changed since is fetched. */
export const threadsQuery = (draftId: string) =>
  queryOptions({
    queryKey: ['threads', draftId],
    queryFn: async (): Promise<ThreadList> => {
      const known = queryClient.getQueryData<ThreadList>(['threads', draftId]);
      const query = known?.cursor ? { since: known.cursor } : {};
      const response = await client.drafts[':draftId'].threads.$get({ param: { draftId }, query });
      const answer = await read(response, threadList);
      if (!known) return answer;
      const changed = new Map(answer.threads.map((thread) => [thread.id, thread]));
      const kept = known.threads.map((thread) => changed.get(thread.id) ?? thread);
      const ids = new Set(known.threads.map(({ id }) => id));
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

/** Tells the server where the text of a private thread is now, and takes it for true here at once. */
export async function setThreadPlace(
  draftId: string,
  threadId: string,
  { clauseId, ...anchor }: MovedAnchor,
): Promise<void> {
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
