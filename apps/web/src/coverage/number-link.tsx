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

/** Whether the draft's library panel can filter by all of it. */
function panelFilter({ themes, dimensions, state, ...others }: ListSelection) {
  const more = Object.values(others).some((value) => value !== undefined);
  if (more || themes === '' || dimensions === '' || state === 'contrary') return null;
  return themes === undefined && dimensions === undefined
    ? null
    : { theme: themes, dimension: dimensions, linked: state };
}

/** A number that opens the list behind it: beside the text where the panel can show it, else on this page. */
export function NumberLink({ selection, label, children }: Props) {
  const { draftId, asOf } = useCounted();
  const filter = asOf === undefined ? panelFilter(selection) : null;
  if (filter)
    return (
      <Link to="/drafts/$draftId" params={{ draftId }} search={filter} aria-label={label}>
        {children}
      </Link>
    );
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
