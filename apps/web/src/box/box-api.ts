import { queryOptions } from '@tanstack/react-query';
import { done, type NewDepositInput, publicBox, receipt } from '@zerodraft/contract';
import { client, read } from '../api-client.ts';

export const publicBoxQuery = (slug: string) =>
  queryOptions({
    queryKey: ['public-box', slug],
    // The form is stamped for this visit; coming back to the window is no new one.
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async () => read(await client.box[':slug'].$get({ param: { slug } }), publicBox),
  });

export async function sendDeposit(slug: string, json: NewDepositInput) {
  return read(await client.box[':slug'].deposits.$post({ param: { slug }, json }), done);
}

export const receiptQuery = (code: string) =>
  queryOptions({
    queryKey: ['receipt', code],
    staleTime: 0,
    // The code is in the body: addresses stand in logs.
    queryFn: async () => read(await client.box.receipt.$post({ json: { code } }), receipt),
  });
