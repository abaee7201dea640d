import {
  created,
  done,
  type NewDraft,
  type newProcess,
  type ProcessChange,
  type State,
} from '@zerodraft/contract';
import type { z } from 'zod';
import { client, queryClient, read } from '../api-client.ts';

export async function createProcess(json: z.input<typeof newProcess>) {
  return read(await client.processes.$post({ json }), created);
}

export async function changeProcess(processId: string, json: ProcessChange) {
  return read(await client.processes[':processId'].$patch({ param: { processId }, json }), done);
}

export async function setProcessState(processId: string, state: State) {
  const param = { processId };
  return read(await client.processes[':processId'].state.$put({ param, json: { state } }), done);
}

export async function createDraft(processId: string, json: NewDraft) {
  return read(await client.processes[':processId'].drafts.$post({ param: { processId }, json }), created);
}

export async function renameDraft(draftId: string, title: string) {
  return read(await client.drafts[':draftId'].$patch({ param: { draftId }, json: { title } }), done);
}

export async function setDraftState(draftId: string, state: State) {
  return read(await client.drafts[':draftId'].state.$put({ param: { draftId }, json: { state } }), done);
}

/** Fetches anew what lists processes and drafts. */
export async function refreshProcesses(): Promise<void> {
  await Promise.all([
    queryClient.invalidateQueries({ queryKey: ['processes'] }),
    queryClient.invalidateQueries({ queryKey: ['draft'] }),
  ]);
}
