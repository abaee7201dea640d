import { queryOptions } from '@tanstack/react-query';
import { createdPublicLink, done, publicDraft, publicLinks } from '@zerodraft/contract';
import { ASK_ALWAYS, client, read } from '../api-client.ts';

export const linksQuery = (draftId: string) =>
  queryOptions({
    ...ASK_ALWAYS,
    queryKey: ['links', draftId],
    queryFn: async () =>
      (await read(await client.drafts[':draftId'].links.$get({ param: { draftId } }), publicLinks)).links,
  });

export async function createLink(draftId: string, expiresAt: string | null) {
  return read(
    await client.drafts[':draftId'].links.$post({ param: { draftId }, json: { expiresAt } }),
    createdPublicLink,
  );
}

export async function revokeLink(draftId: string, linkId: string) {
  return read(await client.drafts[':draftId'].links[':linkId'].$delete({ param: { draftId, linkId } }), done);
}

export const publicDraftQuery = (token: string) =>
  queryOptions({
    queryKey: ['public', token],
    queryFn: async () => read(await client.public[':token'].$get({ param: { token } }), publicDraft),
  });
