import { useMutation } from '@tanstack/react-query';
import type { BatchResult } from '@zerodraft/contract';
import { useState } from 'react';
import { refreshLibrary, StaleError, undoBatch } from './library-api.ts';

interface Batch extends BatchResult {
  /** What it did: "12 recommendations changed." */
  words: string;
  /** What taking it back is called. */
  back: 'Undo' | 'Redo';
}

export function counted(count: number): string {
  return `${count.toLocaleString('en')} ${count === 1 ? 'recommendation' : 'recommendations'}`;
}

/** What was done last, and the way back. */
export function useBatches(processId: string) {
  const [last, setLast] = useState<Batch | null>(null);
  const undoing = useMutation({
    mutationFn: ({ batch, skipChanged }: { batch: Batch; skipChanged: boolean }) =>
      undoBatch(processId, batch.batch, skipChanged),
    onSuccess: (result, { batch, skipChanged }) => {
      const rest = skipChanged ? batch.changed - result.changed : 0;
      const kept = rest > 0 ? `; ${counted(rest)} left as others made them` : '';
      const undone = batch.back === 'Undo';
      setLast({
        ...result,
        words: `${undone ? 'Undone' : 'Done again'}: ${counted(result.changed)}${kept}.`,
        back: undone ? 'Redo' : 'Undo',
      });
    },
    onSettled: () => refreshLibrary(processId),
  });
  const { error } = undoing;
  return {
    last,
    pending: undoing.isPending,
    /** What others changed since: it stands in the way of the undo. */
    stale: error instanceof StaleError ? error.stale.rows : null,
    problem: error && !(error instanceof StaleError) ? error.message : null,
    done: (words: string, result: BatchResult): void => {
      undoing.reset();
      setLast({ ...result, words, back: 'Undo' });
      void refreshLibrary(processId);
    },
    undo: (skipChanged: boolean): void => {
      if (last && !undoing.isPending) undoing.mutate({ batch: last, skipChanged });
    },
    dismiss: (): void => {
      undoing.reset();
      setLast(null);
    },
  };
}
export type Batches = ReturnType<typeof useBatches>;
