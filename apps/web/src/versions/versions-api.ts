import { queryOptions } from '@tanstack/react-query';
import type { Node } from '@tiptap/pm/model';
import { yXmlFragmentToProseMirrorRootNode } from '@tiptap/y-tiptap';
import { done, type newVersion, version, type versionChange, versionList } from '@zerodraft/contract';
import { contentOf, draftSchema } from '@zerodraft/schema';
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

/** What a version keeps. */
export interface VersionState {
  view: DraftView;
  /** Its text as the editor would show it. */
  text: Node;
}

/** What a version says, read as the draft itself is; it never changes. */
export const versionStateQuery = (draftId: string, versionId: string | undefined) =>
  queryOptions({
    // Apart from the list, which notices have asked for anew.
    queryKey: ['version-state', draftId, versionId],
    enabled: versionId !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
    structuralSharing: false,
    queryFn: async (): Promise<VersionState> => {
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
      const text = yXmlFragmentToProseMirrorRootNode(contentOf(doc), draftSchema);
      doc.destroy();
      return { view, text };
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
