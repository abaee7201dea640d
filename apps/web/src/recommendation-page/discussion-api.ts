import { queryOptions } from '@tanstack/react-query';
import { commentHistory, discussion, done, type NewComment } from '@zerodraft/contract';
import { z } from 'zod';
import { ASK_ALWAYS, askAnew, client, queryClient, read } from '../api-client.ts';

const comments = client.processes[':processId'].recommendations[':id'].comments;
const one = comments[':commentId'];

/** Milliseconds between looks for what others say. */
const LOOK_AGAIN = 3_000;

/** What the team says about a recommendation. */
export const discussionQuery = (processId: string, id: string) =>
  queryOptions({
    ...ASK_ALWAYS,
    queryKey: ['discussion', processId, id],
    queryFn: async () => read(await comments.$get({ param: { processId, id } }), discussion),
    refetchInterval: LOOK_AGAIN,
  });

export const versionsQuery = (processId: string, id: string, commentId: string) =>
  queryOptions({
    ...ASK_ALWAYS,
    queryKey: ['discussion', processId, id, commentId],
    queryFn: async () =>
      (await read(await one.history.$get({ param: { processId, id, commentId } }), commentHistory)).versions,
  });

async function refresh(processId: string): Promise<void> {
  await queryClient.invalidateQueries({ queryKey: ['discussion', processId] });
}

export async function addComment(processId: string, id: string, json: NewComment): Promise<void> {
  await read(await comments.$post({ param: { processId, id }, json }), done);
  await refresh(processId);
}

export async function rewriteComment(processId: string, id: string, commentId: string, body: string) {
  await read(await one.$patch({ param: { processId, id, commentId }, json: { body } }), done);
  await refresh(processId);
}

export async function removeComment(processId: string, id: string, commentId: string): Promise<void> {
  await read(await one.$delete({ param: { processId, id, commentId } }), done);
  await refresh(processId);
}

/** Who has the discussion open need not be told of it in the inbox. */
export async function markDiscussionRead(processId: string, id: string): Promise<void> {
  const { marked } = await read(
    await comments.read.$put({ param: { processId, id } }),
    z.object({ marked: z.number() }),
  );
  if (marked > 0) await askAnew(['notifications']);
}
