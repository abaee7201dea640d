import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { ListSelection } from './coverage-search.ts';
import { useCounted } from './use-counted.ts';

interface Props {
  selection: ListSelection;
  /** What the number says, read out in place of it; without one what is within is read. */
  label?: string;
  children: ReactNode;
}

/** A number that opens the list behind it. */
export function NumberLink({ selection, label, children }: Props) {
  const { draftId } = useCounted();
  return (
    <Link
      from="/drafts/$draftId/coverage"
      to="/drafts/$draftId/coverage"
      params={{ draftId }}
      search={(before) => ({ ...before, list: selection })}
      resetScroll={false}
      aria-label={label}
    >
      {children}
    </Link>
  );
}
