import { useMutation } from '@tanstack/react-query';
import type { StaleRows } from '@zerodraft/contract';
import { queryClient } from '../api-client.ts';
import { Problem } from '../ui/field.tsx';
import { StaleNames } from './dock.tsx';
import { rowQuery, type SeenRow } from './library-api.ts';

/** Rows whose present state is asked for one by one. */
const MAX_AGAIN = 50;

interface Props {
  processId: string;
  stale: StaleRows['rows'];
  rows: readonly SeenRow[];
  /** How many rows the deed needs at least. */
  least: number;
  pending: boolean;
  /** Does it with these rows instead. */
  onGoOn: (rows: readonly SeenRow[]) => void;
}

/** Explains that others changed some of what is to be changed, and offers what can be done. */
export function StaleNotice({ processId, stale, rows, least, pending, onGoOn }: Props) {
  const changed = new Set(stale.map(({ id }) => id));
  const others = rows.filter(({ id }) => !changed.has(id));
  const again = useMutation({
    mutationFn: async () => {
      const now = await Promise.all(
        stale.map(({ id }) => queryClient.fetchQuery({ ...rowQuery(processId, id), staleTime: 0 })),
      );
      const versions = new Map(now.map(({ id, version }) => [id, version]));
      return rows.map(({ id, version }) => ({ id, version: versions.get(id) ?? version }));
    },
    onSuccess: onGoOn,
  });
  return (
    <div className="callout stale-notice" role="alert">
      <p>
        Nothing was changed: <StaleNames processId={processId} rows={stale} />{' '}
        {stale.length === 1 ? 'was' : 'were'} changed by somebody since you chose{' '}
        {stale.length === 1 ? 'it' : 'them'}.
      </p>
      <div className="row">
        {others.length >= least && (
          <button type="button" className="button" disabled={pending} onClick={() => onGoOn(others)}>
            Leave {stale.length === 1 ? 'it' : 'them'} out
          </button>
        )}
        {stale.length <= MAX_AGAIN && (
          <button
            type="button"
            className="button"
            disabled={pending || again.isPending}
            onClick={() => again.mutate()}
          >
            Go on with {stale.length === 1 ? 'it as it is' : 'them as they are'} now
          </button>
        )}
      </div>
      <Problem>{again.error?.message}</Problem>
    </div>
  );
}
