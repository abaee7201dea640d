import { queryOptions } from '@tanstack/react-query';
import { created, done, type NewRound, type RoundChange, round } from '@zerodraft/contract';
import { z } from 'zod';
import { ASK_ALWAYS, client, queryClient, read } from '../api-client.ts';

export const roundsQuery = (processId: string) =>
  queryOptions({
    ...ASK_ALWAYS,
    queryKey: ['rounds', processId],
    queryFn: async () => {
      const response = await client.processes[':processId'].rounds.$get({ param: { processId } });
      return (await read(response, z.object({ rounds: z.array(round) }))).rounds;
    },
  });

export async function createRound(processId: string, json: NewRound) {
  return read(await client.processes[':processId'].rounds.$post({ param: { processId }, json }), created);
}

export async function changeRound(processId: string, roundId: string, json: RoundChange) {
  const param = { processId, roundId };
  return read(await client.processes[':processId'].rounds[':roundId'].$patch({ param, json }), done);
}

export async function closeRound(processId: string, roundId: string) {
  const param = { processId, roundId };
  return read(await client.processes[':processId'].rounds[':roundId'].close.$post({ param }), done);
}

export async function reopenRound(processId: string, roundId: string, closesAt: string | null) {
  const param = { processId, roundId };
  return read(
    await client.processes[':processId'].rounds[':roundId'].reopen.$post({ param, json: { closesAt } }),
    done,
  );
}

export async function deleteRound(processId: string, roundId: string) {
  const param = { processId, roundId };
  return read(await client.processes[':processId'].rounds[':roundId'].$delete({ param }), done);
}

/** Fetches anew what shows or depends on rounds. */
export async function refreshRounds(processId: string): Promise<void> {
  await Promise.all(
    [['rounds', processId], ['processes'], ['draft']].map((queryKey) =>
      queryClient.invalidateQueries({ queryKey }),
    ),
  );
}
