import { useMutation, useQueries } from '@tanstack/react-query';
import type { BatchResult } from '@zerodraft/contract';
import { type FormEvent, useState } from 'react';
import { DialogFoot, Modal } from '../ui/dialog.tsx';
import { Problem } from '../ui/field.tsx';
import { mergeRows, rowQuery, type SeenRow, StaleError } from './library-api.ts';
import { StaleNotice } from './stale-notice.tsx';
import { counted } from './use-batches.ts';

/** Recommendations that one can still compare by eye. */
export const MAX_MERGE = 20;

interface Props {
  processId: string;
  rows: readonly SeenRow[];
  onDone: (words: string, result: BatchResult) => void;
  onClose: () => void;
}

/** Makes one of several recommendations: one stays and takes over what was linked to the others. */
export function MergeDialog({ processId, rows, onDone, onClose }: Props) {
  const pages = useQueries({ queries: rows.map(({ id }) => rowQuery(processId, id)) });
  const [picked, setPicked] = useState(rows[0]?.id);
  const sending = useMutation({
    mutationFn: async (chosen: readonly SeenRow[]) => {
      const into = chosen.find(({ id }) => id === picked);
      if (!into) throw new Error('The one that was to stay is left out. Choose another.');
      const from = chosen.filter(({ id }) => id !== picked);
      return mergeRows(processId, into, from);
    },
    onSuccess: (result) => {
      const stays = pages.find(({ data }) => data?.id === picked)?.data?.reference ?? 'the one that stays';
      onDone(`${counted(result.changed)} merged into ${stays}.`, result);
      onClose();
    },
  });
  const { error } = sending;
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    event.stopPropagation();
    if (!sending.isPending) sending.mutate(rows);
  };
  return (
    <Modal
      wide
      title={`Merge ${counted(rows.length)}`}
      lead="One stays as it is. What is linked to the others counts for it; the merge can be undone."
      onClose={onClose}
    >
      <form onSubmit={onSubmit} className="form form-wide">
        <fieldset className="choice survivors">
          <legend>Which one stays?</legend>
          {rows.map(({ id }, index) => {
            const page = pages[index];
            return (
              <label key={id}>
                <input type="radio" name="survivor" checked={picked === id} onChange={() => setPicked(id)} />
                <span className="survivor" lang={page?.data?.language || undefined}>
                  {page?.data ? (
                    <>
                      <span>
                        <span className="row-reference">{page.data.reference}</span>{' '}
                        <strong dir="auto">{page.data.title}</strong>
                      </span>
                      <span className="muted" dir="auto">
                        {page.data.source}
                      </span>
                      <span className="survivor-text" dir="auto">
                        {page.data.text}
                      </span>
                    </>
                  ) : (
                    <span className="muted">{page?.error?.message ?? 'Fetching…'}</span>
                  )}
                </span>
              </label>
            );
          })}
        </fieldset>
        <div className="dialog-end">
          {error instanceof StaleError ? (
            <StaleNotice
              processId={processId}
              stale={error.stale.rows}
              rows={sending.variables ?? rows}
              least={2}
              pending={sending.isPending}
              onGoOn={sending.mutate}
            />
          ) : (
            <Problem>{error?.message}</Problem>
          )}
          <DialogFoot action="Merge" pending={sending.isPending} onClose={onClose} />
        </div>
      </form>
    </Modal>
  );
}
