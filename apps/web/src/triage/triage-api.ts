import { queryOptions } from '@tanstack/react-query';
import {
  boxView,
  claim,
  type Deposit,
  type DepositChange,
  type DepositMerge,
  type DepositState,
  deposit,
  depositList,
  done,
  nearDuplicates,
  type SplitPart,
} from '@zerodraft/contract';
import { z } from 'zod';
import { ASK_ALWAYS, client, queryClient, read } from '../api-client.ts';

const box = client.processes[':processId'].box;
const deposits = client.processes[':processId'].deposits;
const one = deposits[':depositId'];

/** Milliseconds between looks for what others do; the server answers in a few bytes while nothing has changed. */
const LOOK_AGAIN = 1_000;

export const boxQuery = (processId: string) =>
  queryOptions({
    ...ASK_ALWAYS,
    queryKey: ['deposits', processId, 'box'],
    queryFn: async () => (await read(await box.$get({ param: { processId } }), boxView)).box,
  });

export async function changeBox(processId: string, json: { open: boolean; slug?: string }) {
  return read(await box.$put({ param: { processId }, json }), boxView);
}

export const depositsQuery = (processId: string, state: DepositState) =>
  queryOptions({
    ...ASK_ALWAYS,
    queryKey: ['deposits', processId, 'list', state],
    queryFn: async () => read(await deposits.$get({ param: { processId }, query: { state } }), depositList),
    refetchInterval: LOOK_AGAIN,
  });

export async function fetchDeposit(processId: string, depositId: string): Promise<Deposit> {
  return read(await one.$get({ param: { processId, depositId } }), deposit);
}

/** @param seen what the list says of it: another version is asked for anew */
export const depositQuery = (processId: string, depositId: string, seen: string) =>
  queryOptions({
    ...ASK_ALWAYS,
    queryKey: ['deposits', processId, 'one', depositId, seen],
    queryFn: () => fetchDeposit(processId, depositId),
  });

export const duplicatesQuery = (processId: string, depositId: string, version: number) =>
  queryOptions({
    queryKey: ['deposits', processId, 'duplicates', depositId, version],
    queryFn: async () =>
      (await read(await one.duplicates.$get({ param: { processId, depositId } }), nearDuplicates)).duplicates,
  });

export async function claimDeposit(processId: string, depositId: string, takeOver: boolean) {
  const param = { processId, depositId };
  return read(await one.claim.$put({ param, json: { takeOver } }), z.object({ claim: claim.nullable() }));
}

export async function releaseDeposit(processId: string, depositId: string) {
  return read(await one.claim.$delete({ param: { processId, depositId } }), done);
}

/** What can be decided on a deposit. */
export type Decision =
  | { deed: 'accept' }
  | { deed: 'reopen' }
  | { deed: 'edit'; change: Omit<DepositChange, 'version'> }
  | { deed: 'merge'; into: DepositMerge['into'] }
  | { deed: 'split'; parts: SplitPart[] }
  | { deed: 'return'; reason: string };

/** Decides on a version of a deposit; the server refuses when it has changed since. */
export async function decide(
  processId: string,
  { id: depositId, version }: Pick<Deposit, 'id' | 'version'>,
  decision: Decision,
): Promise<Deposit> {
  const param = { processId, depositId };
  switch (decision.deed) {
    case 'accept':
      return read(await one.accept.$post({ param, json: { version } }), deposit);
    case 'reopen':
      return read(await one.reopen.$post({ param, json: { version } }), deposit);
    case 'edit':
      return read(await one.$patch({ param, json: { version, ...decision.change } }), deposit);
    case 'merge':
      return read(await one.merge.$post({ param, json: { version, into: decision.into } }), deposit);
    case 'split':
      return read(await one.split.$post({ param, json: { version, parts: decision.parts } }), deposit);
    case 'return':
      return read(await one.return.$post({ param, json: { version, reason: decision.reason } }), deposit);
  }
}

/** Fetches deposits anew, and what decisions on them change. */
export async function refreshDeposits(processId: string): Promise<void> {
  await Promise.all([
    queryClient.invalidateQueries({ queryKey: ['deposits', processId] }),
    queryClient.invalidateQueries({ queryKey: ['recommendations', processId] }),
  ]);
}
