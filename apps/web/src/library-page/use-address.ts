import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import { type LibraryAddress, type LibraryQuery, queryOf } from './library-search.ts';

export interface Place {
  address: LibraryAddress;
  query: LibraryQuery;
  /** Goes to what differs by this; Back leads here again unless `quietly`. */
  change: (change: Partial<LibraryAddress>, quietly?: boolean) => void;
  /** Goes to another search altogether. */
  open: (address: LibraryAddress) => void;
}

/** What the library's page shows; it stands in the address alone. */
export function useAddress(): Place {
  const address = useSearch({ from: '/session/signed-in/processes/$processId/library' });
  const navigate = useNavigate({ from: '/processes/$processId/library' });
  const query = useMemo(() => queryOf(address), [address]);
  return {
    address,
    query,
    change: (change, quietly = false) =>
      void navigate({
        search: (before) => ({ ...before, ...change }),
        replace: quietly,
        resetScroll: false,
      }),
    open: (next) => void navigate({ search: next, resetScroll: false }),
  };
}
