import { useMutation, useQuery } from '@tanstack/react-query';
import type { Deposit, DepositMerge, NearDuplicate } from '@zerodraft/contract';
import { type FormEvent, useDeferredValue, useState } from 'react';
import { findQuery } from '../library/find-recommendations.ts';
import { DialogFoot, Modal } from '../ui/dialog.tsx';
import { Problem, TextField } from '../ui/field.tsx';
import { duplicatesQuery } from './triage-api.ts';

interface Props {
  processId: string;
  deposit: Deposit;
  /** What is chosen from the start. */
  first: NearDuplicate | null;
  send: (into: DepositMerge['into']) => Promise<unknown>;
  onClose: () => void;
}

type Target = Pick<NearDuplicate, 'kind' | 'id' | 'reference' | 'title'>;

const keyOf = ({ kind, id }: Target): string => `${kind} ${id}`;

/** Says what a deposit is the same as: what is suggested, or any recommendation that is looked for. */
export function MergeDialog({ processId, deposit, first, send, onClose }: Props) {
  const duplicates = useQuery(duplicatesQuery(processId, deposit.id, deposit.version));
  const [find, setFind] = useState('');
  const words = useDeferredValue(find.trim());
  const library = useQuery(findQuery(processId, words));
  const suggested: readonly Target[] = duplicates.data ?? (first ? [first] : []);
  const found: readonly Target[] =
    words === ''
      ? []
      : (library.data?.items ?? []).map(({ id, reference, title }) => ({
          kind: 'recommendation',
          ...{ id, reference, title },
        }));
  const offered = words === '' ? suggested : found;
  // What is shown while a search is under way fits earlier words.
  const settled = words === find.trim() && (words === '' || !library.isPlaceholderData);
  const [picked, setPicked] = useState<string | null>(first && keyOf(first));
  const target = offered.find((each) => keyOf(each) === picked) ?? (picked === null ? offered[0] : undefined);
  const sending = useMutation({ mutationFn: send, onSuccess: onClose });
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    event.stopPropagation();
    if (target && settled && !sending.isPending) sending.mutate({ kind: target.kind, id: target.id });
  };
  return (
    <Modal
      title="Merge"
      lead="The deposit counts as one with what it is the same as; its depositor is told so."
      onClose={onClose}
    >
      <form onSubmit={onSubmit} className="form">
        <TextField
          label="Look for another recommendation"
          type="search"
          hint="By its reference, or words of its title and text."
          value={find}
          onChange={({ target: field }) => setFind(field.value)}
        />
        <fieldset className="choice merge-choice">
          <legend>{words === '' ? 'Suggested' : 'Found'}</legend>
          {offered.map((each) => (
            <label key={keyOf(each)}>
              <input
                type="radio"
                name="into"
                checked={target !== undefined && keyOf(each) === keyOf(target)}
                onChange={() => setPicked(keyOf(each))}
              />
              <span>
                <span className="chip">{each.kind === 'deposit' ? 'Also in triage' : each.reference}</span>{' '}
                <span dir="auto">{each.title}</span>
              </span>
            </label>
          ))}
          {offered.length === 0 && !(words !== '' && library.isPending) && (
            <p className="muted">
              {words === '' ? 'Nothing is much like it. Look for another above.' : 'Nothing has these words.'}
            </p>
          )}
        </fieldset>
        <Problem>{library.error?.message ?? sending.error?.message}</Problem>
        <DialogFoot action="Merge" pending={sending.isPending || !target || !settled} onClose={onClose} />
      </form>
    </Modal>
  );
}
