import { queryOptions } from '@tanstack/react-query';
import { traceCheck, traceView } from '@zerodraft/contract';
import { ASK_ALWAYS, client, read } from '../api-client.ts';

/** Who made and changed each link of a draft, and what the reworded recommendations said; the notice `links` renews it. */
export const traceQuery = (draftId: string) =>
  queryOptions({
    queryKey: ['links', draftId],
    queryFn: async () => {
      const { links, wordings, merges } = await read(
        await client.drafts[':draftId'].trace.$get({ param: { draftId } }),
        traceView,
      );
      return { authors: new Map(links.map((link) => [link.key, link])), wordings, merges };
    },
    // Maps are not compared: who needs to know what changed compares what it reads of them.
    structuralSharing: false,
  });

export type DraftTrace = Awaited<ReturnType<NonNullable<ReturnType<typeof traceQuery>['queryFn']>>>;

/** All that is wrong with a draft's links, or not explained. It reads the whole draft: asked for only by its page. */
export const traceCheckQuery = (draftId: string) =>
  queryOptions({
    ...ASK_ALWAYS,
    queryKey: ['trace-check', draftId],
    queryFn: async () =>
      (await read(await client.drafts[':draftId'].trace.check.$get({ param: { draftId } }), traceCheck))
        .findings,
    refetchOnWindowFocus: false,
  });
