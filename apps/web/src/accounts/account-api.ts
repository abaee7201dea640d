import { queryOptions } from '@tanstack/react-query';
import {
  type Digest,
  done,
  type InvitationAnswer,
  joined,
  mailPreference,
  openInvitation,
  openSession,
  type Setup,
} from '@zerodraft/contract';
import { z } from 'zod';
import { client, read } from '../api-client.ts';

export async function renameAccount(name: string) {
  return read(await client.account.$patch({ json: { name } }), done);
}

export const openSessionsQuery = queryOptions({
  queryKey: ['account-sessions'],
  queryFn: async () =>
    (await read(await client.account.sessions.$get(), z.object({ sessions: z.array(openSession) }))).sessions,
});

export async function endSession(sessionId: string) {
  return read(await client.account.sessions[':sessionId'].$delete({ param: { sessionId } }), done);
}

export async function endOtherSessions() {
  return read(await client.account.sessions.$delete(), done);
}

export const mailPreferenceQuery = (processId: string) =>
  queryOptions({
    queryKey: ['mail-preference', processId],
    queryFn: async () => {
      const response = await client.processes[':processId']['mail-preference'].$get({ param: { processId } });
      return (await read(response, mailPreference)).digest;
    },
  });

export async function setMailPreference(processId: string, digest: Digest) {
  const param = { processId };
  const json = { digest };
  return read(await client.processes[':processId']['mail-preference'].$put({ param, json }), done);
}

export const setupQuery = (token: string) =>
  queryOptions({
    queryKey: ['setup', token],
    queryFn: async () => read(await client.setup[':token'].$get({ param: { token } }), done),
    staleTime: Number.POSITIVE_INFINITY,
  });

export async function setUp(token: string, json: Setup) {
  return read(await client.setup[':token'].$post({ param: { token }, json }), done);
}

export const invitationQuery = (token: string) =>
  queryOptions({
    queryKey: ['invitation', token],
    queryFn: async () => read(await client.invitations[':token'].$get({ param: { token } }), openInvitation),
  });

export async function acceptInvitation(token: string, json: InvitationAnswer) {
  return read(await client.invitations[':token'].accept.$post({ param: { token }, json }), joined);
}
