import { useMutation } from '@tanstack/react-query';
import { REASON_LIMIT, THREAD_STATE_LABELS, THREAD_STATES, type ThreadState } from '@zerodraft/contract';
import { ChevronDown } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { type FormEvent, useState } from 'react';
import { DialogFoot, Modal } from '../ui/dialog.tsx';
import { Problem, TextAreaField } from '../ui/field.tsx';
import { Menu } from '../ui/menu.tsx';
import { notify } from '../ui/notices.tsx';
import { useThreadActions } from './use-thread.ts';

interface Props {
  threadIds: readonly string[];
  /** The state all of them have; null when they differ. */
  current: ThreadState | null;
  onDone?: () => void;
}

const VERBS: Record<ThreadState, string> = {
  open: 'Reopen',
  answered: 'Answered',
  accepted: 'Accept',
  'not-accepted': 'Do not accept…',
  resolved: 'Resolve',
};

/** Decides on one thread, or on many at once; each decision can carry its reason. */
export function DecideMenu({ threadIds, current, onDone }: Props) {
  const [state, setState] = useState<ThreadState | null>(null);
  const { decide } = useThreadActions();
  const many = threadIds.length > 1;
  const quick = useMutation({
    mutationFn: (next: ThreadState) => decide({ threadIds: [...threadIds], state: next }),
    onSuccess: (_done, next) => {
      if (many) notify(`${threadIds.length} threads: ${THREAD_STATE_LABELS[next].toLowerCase()}.`);
      onDone?.();
    },
  });
  return (
    <>
      <Menu
        align="start"
        trigger={
          <DropdownMenu.Trigger className="button" disabled={quick.isPending || threadIds.length === 0}>
            Decide <ChevronDown size={14} aria-hidden="true" />
          </DropdownMenu.Trigger>
        }
      >
        {(after) => (
          <>
            {THREAD_STATES.filter((next) => next !== current).map((next) => (
              <DropdownMenu.Item
                key={next}
                onSelect={after(() => (next === 'not-accepted' ? setState(next) : quick.mutate(next)))}
              >
                {VERBS[next]}
              </DropdownMenu.Item>
            ))}
            <DropdownMenu.Separator className="menu-line" />
            <DropdownMenu.Item onSelect={after(() => setState('accepted'))}>
              Decide with a reason…
            </DropdownMenu.Item>
          </>
        )}
      </Menu>
      <Problem>{quick.error?.message}</Problem>
      {state && (
        <DecisionDialog
          threadIds={threadIds}
          first={state}
          onClose={() => setState(null)}
          onDone={() => onDone?.()}
        />
      )}
    </>
  );
}

function DecisionDialog({
  threadIds,
  first,
  onClose,
  onDone,
}: {
  threadIds: readonly string[];
  first: ThreadState;
  onClose: () => void;
  onDone: () => void;
}) {
  const { decide } = useThreadActions();
  const [state, setState] = useState(first);
  const [reason, setReason] = useState('');
  const deciding = useMutation({
    mutationFn: () => decide({ threadIds: [...threadIds], state, reason: reason.trim() || null }),
    onSuccess: () => {
      onDone();
      onClose();
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    deciding.mutate();
  };
  return (
    <Modal
      title={threadIds.length > 1 ? `Decide on ${threadIds.length} threads` : 'Decide on this thread'}
      lead="Who decided, when and why stays with the thread for all to read."
      onClose={onClose}
    >
      <form className="form" onSubmit={submit}>
        <fieldset className="choices">
          <legend>Decision</legend>
          {THREAD_STATES.map((value) => (
            <label key={value}>
              <input
                type="radio"
                name="state"
                value={value}
                checked={state === value}
                onChange={() => setState(value)}
              />{' '}
              {THREAD_STATE_LABELS[value]}
            </label>
          ))}
        </fieldset>
        <TextAreaField
          label={state === 'not-accepted' ? 'Reason' : 'Reason (may be empty)'}
          rows={3}
          value={reason}
          maxLength={REASON_LIMIT}
          required={state === 'not-accepted'}
          onChange={(event) => setReason(event.target.value)}
        />
        <Problem>{deciding.error?.message}</Problem>
        <DialogFoot action="Decide" pending={deciding.isPending} onClose={onClose} />
      </form>
    </Modal>
  );
}
