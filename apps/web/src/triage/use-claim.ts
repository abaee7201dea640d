import { useMutation } from '@tanstack/react-query';
import { CLAIM_SECONDS, type DepositSummary } from '@zerodraft/contract';
import { useEffect, useState } from 'react';
import { useAccount } from '../shell/signed-in.tsx';
import { claimDeposit, refreshDeposits, releaseDeposit } from './triage-api.ts';

/** Milliseconds that somebody stays on a deposit before it counts as theirs: who pages through claims nothing. */
const REST = 250;

/**
 * Claims the deposit that somebody looks at for as long as they do, unless another has it.
 * @param wanted whether there is anything to decide on it
 */
export function useClaim(processId: string, deposit: DepositSummary | undefined, wanted: boolean) {
  const { id: me } = useAccount();
  const [now, setNow] = useState(Date.now);
  const held = deposit?.claim && Date.parse(deposit.claim.until) > now ? deposit.claim : null;
  const other = held !== null && held.by.id !== me ? held.by : null;
  const id = deposit?.id;
  const free = wanted && id !== undefined && other === null;

  useEffect(() => {
    if (!held) return;
    const timer = setTimeout(() => setNow(Date.now()), Math.max(0, Date.parse(held.until) - Date.now()) + 50);
    return () => clearTimeout(timer);
  }, [held]);

  useEffect(() => {
    if (!free || id === undefined) return;
    // Who was faster is shown by the list; nothing is lost by asking in vain.
    const claim = (): void => void claimDeposit(processId, id, false).catch(() => undefined);
    const first = setTimeout(claim, REST);
    const renewed = setInterval(claim, (CLAIM_SECONDS / 3) * 1_000);
    return () => {
      clearTimeout(first);
      clearInterval(renewed);
      void releaseDeposit(processId, id).catch(() => undefined);
    };
  }, [processId, id, free]);

  const takeOver = useMutation({
    mutationFn: () => claimDeposit(processId, id ?? '', true),
    onSettled: () => refreshDeposits(processId),
  });
  return { other, takeOver };
}
