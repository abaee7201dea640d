import { queryOptions } from '@tanstack/react-query';
import {
  type LinkAuthorship,
  type TraceState,
  type TraceView,
  traceCheck,
  traceView,
} from '@zerodraft/contract';
import { ASK_ALWAYS, client, queryClient, read } from '../api-client.ts';

/** Who made and changed each link of a draft, and what its recommendations said. */
export interface DraftTrace {
  /** Up to which state of the server's it tells. */
  state: TraceState;
  /** By the links' keys; also of links that are gone. */
  authors: ReadonlyMap<string, LinkAuthorship>;
  wordings: TraceView['wordings'];
  merges: NonNullable<TraceView['merges']>;
}

/** What is known with what came since; the same object when nothing did. */
export function withNews(before: DraftTrace | undefined, news: TraceView): DraftTrace {
  const { state, whole, links, wordings, merges } = news;
  const known = whole ? undefined : before;
  if (known?.state.links === state.links && known.state.library === state.library) return known;
  const authors = new Map(known?.authors);
  for (const link of links) authors.set(link.key, link);
  return {
    state,
    authors,
    wordings: { ...known?.wordings, ...wordings },
    merges: merges ?? known?.merges ?? {},
  };
}

/** What a draft's links need beside the document; the notice `links` renews it, by what came since. */
export const traceQuery = (draftId: string) =>
  queryOptions({
    queryKey: ['links', draftId],
    queryFn: async (): Promise<DraftTrace> => {
      const known = queryClient.getQueryData<DraftTrace>(['links', draftId]);
      const { links, library } = known?.state ?? {};
      const query =
        links === undefined || library === undefined
          ? {}
          : { links: String(links), library: String(library) };
      const answer = await client.drafts[':draftId'].trace.$get({ param: { draftId }, query });
      return withNews(known, await read(answer, traceView));
    },
    // Maps are not compared: who needs to know what changed compares what it reads of them.
    structuralSharing: false,
  });

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
