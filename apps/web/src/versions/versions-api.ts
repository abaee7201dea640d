import { queryOptions } from '@tanstack/react-query';
import { done, type newVersion, version, type versionChange, versionList } from '@zerodraft/contract';
import * as Y from 'yjs';
import type { z } from 'zod';
import { ApiError, client, read } from '../api-client.ts';
import { DraftReader, type DraftView } from '../session/draft-view.ts';

export const versionsQuery = (draftId: string) =>
  queryOptions({
    queryKey: ['versions', draftId],
    queryFn: async () =>
      (await read(await client.drafts[':draftId'].versions.$get({ param: { draftId } }), versionList))
        .versions,
  });

/** What a version says, read as the draft itself is; it never changes. */
export const versionStateQuery = (draftId: string, versionId: string | undefined) =>
  queryOptions({
    // Apart from the list, which notices have asked for anew.
    queryKey: ['version-state', draftId, versionId],
    enabled: versionId !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
    structuralSharing: false,
    queryFn: async (): Promise<DraftView> => {
      const param = { draftId, versionId: versionId ?? '' };
      const response = await client.drafts[':draftId'].versions[':versionId'].state.$get({ param });
      if (!response.ok) {
        throw new ApiError(
          'There is no such version of this draft; it may have been deleted.',
          response.status,
        );
      }
      const doc = new Y.Doc();
      Y.applyUpdate(doc, new Uint8Array(await response.arrayBuffer()));
      const view = new DraftReader(doc).view();
      doc.destroy();
      return view;
    },
  });

export async function keepVersion(draftId: string, json: z.input<typeof newVersion>) {
  return read(await client.drafts[':draftId'].versions.$post({ param: { draftId }, json }), version);
}

export async function changeVersion(draftId: string, versionId: string, json: z.input<typeof versionChange>) {
  const param = { draftId, versionId };
  return read(await client.drafts[':draftId'].versions[':versionId'].$patch({ param, json }), version);
}

export async function deleteVersion(draftId: string, versionId: string) {
  const param = { draftId, versionId };
  return read(await client.drafts[':draftId'].versions[':versionId'].$delete({ param }), done);
}

/** @param before the id under which what stands now is kept first */
export async function restoreVersion(draftId: string, versionId: string, before: string) {
  const param = { draftId, versionId };
  const response = await client.drafts[':draftId'].versions[':versionId'].restore.$post({
    param,
    json: { before },
  });
  return read(response, done);
}
