import type { Thread } from '@zerodraft/contract';
import { DecideMenu } from './decide-menu.tsx';

interface Props {
  /** Those selected and shown. */
  threads: readonly Thread[];
  shown: number;
  onSelectAll: (on: boolean) => void;
}

/** One decision for many threads. */
export function BulkBar({ threads, shown, onSelectAll }: Props) {
  const all = shown > 0 && threads.length === shown;
  const states = new Set(threads.map(({ state }) => state));
  const [state] = states;
  return (
    <div className="bulk-bar">
      <label className="row">
        <input
          type="checkbox"
          checked={all}
          ref={(box) => {
            if (box) box.indeterminate = threads.length > 0 && !all;
          }}
          disabled={shown === 0}
          onChange={(event) => onSelectAll(event.target.checked)}
        />
        {threads.length === 0 ? 'Select all' : `${threads.length} selected`}
      </label>
      {threads.length > 0 && (
        <DecideMenu
          threadIds={threads.map(({ id }) => id)}
          current={states.size === 1 && state !== undefined ? state : null}
          onDone={() => onSelectAll(false)}
        />
      )}
    </div>
  );
}
