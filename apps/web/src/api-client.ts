import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { problem, type Refusal } from '@zerodraft/contract';
import type { Api } from '@zerodraft/server/app';
import { hc } from 'hono/client';
import type { z } from 'zod';

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

/** Whether the server has closed something to the person: an answer kept from before does not hold against that. */
export function isClosed(error: Error | null): error is ApiError {
  return error instanceof ApiError && (error.status === 403 || error.status === 404);
}

/** A session that ended meanwhile is found out by whatever is asked next: then sign-in comes up. */
function onError(error: Error): void {
  if (error instanceof ApiError && error.code === 'signed-out')
    void queryClient.invalidateQueries({ queryKey: ['session'] });
}

/** Who is refused what the page offered has other rights than the page knew. */
function onRefused(error: Error): void {
  onError(error);
  if (!(error instanceof ApiError) || error.code !== 'forbidden') return;
  for (const key of ['processes', 'draft']) void queryClient.invalidateQueries({ queryKey: [key] });
}

export const queryClient: QueryClient = new QueryClient({
  queryCache: new QueryCache({ onError }),
  mutationCache: new MutationCache({ onError: onRefused }),
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      // What the server refused it refuses again; a lost connection may come back.
      retry: (count, error) => count < 1 && !(error instanceof ApiError && error.status < 500),
      refetchOnWindowFocus: true,
    },
  },
});

/** For what others change often and no socket tells of: asked anew whenever a page shows it. */
export const ASK_ALWAYS = { staleTime: 0 } as const;

/**
 * Asks anew after a deed. What was asked for before it is dropped first: arriving late, to a page that is just changing,
 * it would pass for news.
 */
export async function askAnew(queryKey: readonly unknown[]): Promise<void> {
  await queryClient.cancelQueries({ queryKey });
  await queryClient.invalidateQueries({ queryKey });
}

export const client = hc<Api>('/api');

/**
 * Reads an answer of the API.
 * @throws ApiError when the server refused
 */
export async function read<T extends z.ZodType>(
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

/** Which queries depend on who asks. */
export const notOfSession = ({ queryKey }: { queryKey: readonly unknown[] }): boolean =>
  queryKey[0] !== 'session';

/** Forgets what was fetched for whoever was signed in before, and asks who is signed in now. */
export async function forgetPerson(): Promise<void> {
  queryClient.removeQueries({ type: 'inactive', predicate: notOfSession });
  await queryClient.resetQueries({ predicate: notOfSession });
  await queryClient.invalidateQueries({ queryKey: ['session'] });
}
