import { queryOptions } from '@tanstack/react-query';
import {
  type Assignment,
  commentHistory,
  type decision,
  done,
  type Reaction,
  THREADS_AT_ONCE,
  type ThreadList,
  threadHits,
} from '@zerodraft/contract';
import type { z } from 'zod';
import { askAnew, client, queryClient, read } from '../api-client.ts';

const threads = client.drafts[':draftId'].threads;
const thread = threads[':threadId'];
const comment = thread.comments[':commentId'];

/** Full text of comments and quotations of a draft. */
export const threadSearchQuery = (draftId: string, q: string) =>
  queryOptions({
    queryKey: ['threads', draftId, 'search', q],
    enabled: q !== '',
    queryFn: async () =>
      (await read(await threads.search.$get({ param: { draftId }, query: { q } }), threadHits)).hits,
  });

export const commentHistoryQuery = (draftId: string, threadId: string, commentId: string) =>
  queryOptions({
    queryKey: ['threads', draftId, threadId, commentId, 'history'],
    queryFn: async () =>
      (await read(await comment.history.$get({ param: { draftId, threadId, commentId } }), commentHistory))
        .versions,
  });

/** Fetches what changed in a draft's threads. */
function refreshThreads(draftId: string): Promise<void> {
  return queryClient.invalidateQueries({ queryKey: ['threads', draftId] });
}

/** What one does with threads of a draft; each resolves when the server has it. */
export function threadActions(draftId: string) {
  /** Sends it, and shows what it changed. */
  async function send(answer: Promise<Pick<Response, 'ok' | 'status' | 'json'>>): Promise<void> {
    await read(await answer, done);
    await refreshThreads(draftId);
  }
  return {
    /** Decides on threads: those of one request all or none. */
    decide: async (json: z.input<typeof decision>): Promise<void> => {
      for (let from = 0; from < json.threadIds.length; from += THREADS_AT_ONCE) {
        const threadIds = json.threadIds.slice(from, from + THREADS_AT_ONCE);
        await send(threads.states.$put({ param: { draftId }, json: { ...json, threadIds } }));
      }
    },
    assign: (threadId: string, json: Assignment) =>
      send(thread.assignment.$put({ param: { draftId, threadId }, json })),
    label: (threadId: string, labels: string[]) =>
      send(thread.labels.$put({ param: { draftId, threadId }, json: { labels } })),
    show: (threadId: string) =>
      send(thread.visibility.$put({ param: { draftId, threadId }, json: { visibility: 'all' } })),
    mute: (threadId: string, muted: boolean) =>
      send(thread.mute.$put({ param: { draftId, threadId }, json: { muted } })),
    rewrite: (threadId: string, commentId: string, body: string) =>
      send(comment.$patch({ param: { draftId, threadId, commentId }, json: { body } })),
    remove: (threadId: string, commentId: string) =>
      send(comment.$delete({ param: { draftId, threadId, commentId } })),
    react: (threadId: string, commentId: string, reaction: Reaction, on: boolean) =>
      send(
        comment.reactions[':reaction'].$put({
          param: { draftId, threadId, commentId, reaction },
          json: { on },
        }),
      ),
    /** Marks threads as read up to now. */
    markRead: async (threadIds: readonly string[]): Promise<void> => {
      const upTo = new Date().toISOString();
      for (let from = 0; from < threadIds.length; from += THREADS_AT_ONCE) {
        const marks = threadIds.slice(from, from + THREADS_AT_ONCE).map((threadId) => ({ threadId, upTo }));
        await read(await threads.read.$put({ param: { draftId }, json: { marks } }), done);
      }
      const marked = new Set(threadIds);
      queryClient.setQueryData<ThreadList>(
        ['threads', draftId],
        (known) =>
          known && {
            ...known,
            threads: known.threads.map((item) => (marked.has(item.id) ? { ...item, readUpTo: upTo } : item)),
          },
      );
      void askAnew(['notifications']);
    },
  };
}
