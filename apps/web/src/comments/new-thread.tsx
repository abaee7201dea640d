import { newThread, type Visibility } from '@zerodraft/contract';
import { useState } from 'react';
import { useClauseOrder, useMay, useWorkspace } from '../session/use-draft.tsx';
import { Composer } from './composer.tsx';
import type { PendingThread } from './pending-thread.ts';
import { useTyped } from './use-typed.ts';

const WHERE: Record<PendingThread['kind'], string> = {
  range: '',
  clause: 'On the whole of',
  section: 'On the section',
  draft: 'On the draft as a whole',
};

/** The box in which a thread begins. */
export function NewThread({ pending, onClose }: { pending: PendingThread; onClose: () => void }) {
  const { session } = useWorkspace();
  const order = useClauseOrder();
  const typed = useTyped('new');
  const mayHide = useMay('comment.private');
  const [visibility, setVisibility] = useState<Visibility>('all');
  const citation = order.numbers.get(pending.clauseId ?? '')?.citation;
  return (
    <div className="thread thread-active" data-testid="new-thread">
      <p className="thread-where">
        {WHERE[pending.kind]} {citation && <strong>{citation}</strong>}
      </p>
      {pending.quote && <q>{pending.quote}</q>}
      <Composer
        {...typed}
        label="Write a comment"
        action="Comment"
        autoFocus
        onDone={() => {
          typed.onChange('');
          onClose();
        }}
        send={async (body, id) =>
          session.outbox.add({
            kind: 'thread',
            id,
            thread: newThread.parse({
              ...pending,
              id,
              commentId: crypto.randomUUID(),
              body,
              visibility: mayHide ? visibility : 'all',
            }),
            refused: null,
          })
        }
      >
        {mayHide && (
          <label className="row">
            <input
              type="checkbox"
              checked={visibility === 'team'}
              onChange={(event) => setVisibility(event.target.checked ? 'team' : 'all')}
            />
            Only for the facilitators’ team
          </label>
        )}
      </Composer>
    </div>
  );
}
