import { signature, THREAD_STATE_LABELS, type Thread } from '@zerodraft/contract';
import { When } from '../ui/moments.tsx';

/** A thread's state as a word; the colour only repeats it. */
export function StateBadge({ state }: Pick<Thread, 'state'>) {
  return <span className={`thread-state thread-state-${state}`}>{THREAD_STATE_LABELS[state]}</span>;
}

/** Who decided on a thread, when and why. */
export function Decision({ thread }: { thread: Thread }) {
  if (thread.decided === null) return null;
  const { by, at, reason } = thread.decided;
  return (
    <p className="decision">
      <StateBadge state={thread.state} /> by {signature(by)}, <When at={at} />
      {reason && <q>{reason}</q>}
    </p>
  );
}
