import { MAX_BULK } from '@zerodraft/contract';
import { useRef, useState } from 'react';
import type { SeenRow } from './library-api.ts';

export interface Chosen {
  /** Ids with the version in which each was seen when it was chosen. */
  rows: ReadonlyMap<string, number>;
  /** Where a stretch begins when Shift is held. */
  anchor: React.RefObject<number>;
  set: (rows: readonly SeenRow[], on: boolean) => void;
  replace: (rows: readonly SeenRow[]) => void;
}

/** The recommendations that are chosen to be changed together; they stay chosen while one looks for more. */
export function useSelection(): Chosen {
  const [rows, setRows] = useState<ReadonlyMap<string, number>>(new Map());
  const anchor = useRef(0);
  const of = (list: readonly SeenRow[]) => list.map(({ id, version }) => [id, version] as const);
  return {
    rows,
    anchor,
    set: (changed, on) =>
      setRows((before) => {
        const next = new Map(before);
        for (const [id, version] of of(changed)) {
          if (!on) next.delete(id);
          else if (next.size < MAX_BULK) next.set(id, version);
        }
        return next;
      }),
    replace: (chosen) => setRows(new Map(of(chosen))),
  };
}

/** Rows of a selection as requests name them. */
export function seenRows(rows: ReadonlyMap<string, number>): SeenRow[] {
  return [...rows].map(([id, version]) => ({ id, version }));
}
