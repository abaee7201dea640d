import { queryOptions } from '@tanstack/react-query';
import {
  type DraftRole,
  done,
  draftMember,
  invitation,
  invitationPreview,
  type MemberChange,
  member,
  type NewInvitation,
  sentInvitation,
  sentInvitations,
} from '@zerodraft/contract';
import { z } from 'zod';
import { ASK_ALWAYS, client, queryClient, read } from '../api-client.ts';

export const membersQuery = (processId: string) =>
  queryOptions({
    ...ASK_ALWAYS,
    queryKey: ['members', processId],
    queryFn: async () => {
      const response = await client.processes[':processId'].members.$get({ param: { processId } });
      return (await read(response, z.object({ members: z.array(member) }))).members;
    },
  });

export async function changeMember(processId: string, userId: string, json: MemberChange) {
  const param = { processId, userId };
  return read(await client.processes[':processId'].members[':userId'].$patch({ param, json }), done);
}

export async function removeMember(processId: string, userId: string) {
  const param = { processId, userId };
  return read(await client.processes[':processId'].members[':userId'].$delete({ param }), done);
}

export const draftMembersQuery = (draftId: string) =>
  queryOptions({
    ...ASK_ALWAYS,
    queryKey: ['draft-members', draftId],
    queryFn: async () => {
      const response = await client.drafts[':draftId'].members.$get({ param: { draftId } });
      return (await read(response, z.object({ members: z.array(draftMember) }))).members;
    },
  });

export async function setDraftRole(draftId: string, userId: string, role: DraftRole | null) {
  const param = { draftId, userId };
  return read(await client.drafts[':draftId'].members[':userId'].$put({ param, json: { role } }), done);
}

export const invitationsQuery = (processId: string) =>
  queryOptions({
    ...ASK_ALWAYS,
    queryKey: ['invitations', processId],
    queryFn: async () => {
      const response = await client.processes[':processId'].invitations.$get({ param: { processId } });
      return (await read(response, z.object({ invitations: z.array(invitation) }))).invitations;
    },
  });

export async function previewInvitations(processId: string, text: string) {
  const param = { processId };
  return read(
    await client.processes[':processId'].invitations.preview.$post({ param, json: { text } }),
    invitationPreview,
  );
}

export async function invite(processId: string, invitations: NewInvitation[]) {
  const param = { processId };
  const response = await client.processes[':processId'].invitations.$post({ param, json: { invitations } });
  return (await read(response, sentInvitations)).sent;
}

export async function resendInvitation(processId: string, id: string) {
  const param = { processId, id };
  return read(
    await client.processes[':processId'].invitations[':id'].resend.$post({ param }),
    sentInvitation,
  );
}

export async function revokeInvitation(processId: string, id: string) {
  const param = { processId, id };
  return read(await client.processes[':processId'].invitations[':id'].$delete({ param }), done);
}

/** Fetches anew who is in a process and who is invited. */
export async function refreshMembers(processId: string): Promise<void> {
  await Promise.all(
    [['members', processId], ['invitations', processId], ['draft-members'], ['processes'], ['draft']].map(
      (queryKey) => queryClient.invalidateQueries({ queryKey }),
    ),
  );
}
