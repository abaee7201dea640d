import { useEffect, useRef } from 'react';
import { counted } from './use-batches.ts';
import type { Chosen } from './use-selection.ts';

interface Props {
  total: number | null;
  failed: boolean;
  chosen: Chosen | null;
  onAll: () => void;
}

/** Above the list: how many there are, and one box for all of them. */
export function ListHead({ total, failed, chosen, onAll }: Props) {
  const box = useRef<HTMLInputElement>(null);
  const some = chosen !== null && chosen.rows.size > 0;
  const all = some && total !== null && chosen.rows.size >= total;
  useEffect(() => {
    if (box.current) box.current.indeterminate = some && !all;
  });
  return (
    <div className="list-found">
      {chosen && (
        <label className="row-check">
          <input
            ref={box}
            type="checkbox"
            aria-label="Choose all that are found"
            checked={all}
            disabled={!total}
            onChange={() => (all ? chosen.replace([]) : onAll())}
          />
        </label>
      )}
      <p role="status" className="muted">
        {total !== null ? counted(total) : failed ? '' : 'Searching…'}
      </p>
    </div>
  );
}
