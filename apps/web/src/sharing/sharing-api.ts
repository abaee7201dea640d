import { queryOptions } from '@tanstack/react-query';
import { createdPublicLink, done, publicDraft, publicLinks, publicSources } from '@zerodraft/contract';
import { ASK_ALWAYS, client, read } from '../api-client.ts';

export const linksQuery = (draftId: string) =>
  queryOptions({
    ...ASK_ALWAYS,
    queryKey: ['public-links', draftId],
    queryFn: async () =>
      (await read(await client.drafts[':draftId'].links.$get({ param: { draftId } }), publicLinks)).links,
  });

export async function createLink(draftId: string, json: { expiresAt: string | null; withSources: boolean }) {
  return read(await client.drafts[':draftId'].links.$post({ param: { draftId }, json }), createdPublicLink);
}

export async function revokeLink(draftId: string, linkId: string) {
  return read(await client.drafts[':draftId'].links[':linkId'].$delete({ param: { draftId, linkId } }), done);
}

export const publicDraftQuery = (token: string) =>
  queryOptions({
    queryKey: ['public', token],
    queryFn: async () => read(await client.public[':token'].$get({ param: { token } }), publicDraft),
  });

/** What a clause of a public draft comes from. */
export const publicSourcesQuery = (token: string, clauseId: string) =>
  queryOptions({
    queryKey: ['public', token, 'clauses', clauseId],
    queryFn: async () => {
      const param = { token, clauseId };
      const response = await client.public[':token'].clauses[':clauseId'].$get({ param });
      return (await read(response, publicSources)).sources;
    },
  });
