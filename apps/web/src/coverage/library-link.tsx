import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { TAXONOMIES } from '@zerodraft/trace';
import { termsQuery } from '../library-page/library-api.ts';
import type { LibraryAddress } from '../library-page/library-search.ts';
import type { ListSelection } from './coverage-search.ts';
import { useCounted } from './use-counted.ts';

type Terms = Record<(typeof TAXONOMIES)[number], readonly { id: string; label: string }[]>;

/** The search of the library that finds what a selection holds; null where the library has no such filter. */
export function librarySearchOf(
  { state, under, others, level: _level, source, session, ...labels }: ListSelection,
  terms: Terms,
  draftId: string,
): LibraryAddress | null {
  if (state === 'contrary' || under !== undefined || others !== undefined) return null;
  const address: LibraryAddress = {
    draft: draftId,
    ...(state && { linked: [state] }),
    ...(source !== undefined && { source: [source] }),
    ...(session !== undefined && { session: [session] }),
  };
  for (const taxonomy of TAXONOMIES) {
    const label = labels[taxonomy];
    if (label === undefined) continue;
    const id = label === '' ? '' : terms[taxonomy].find((term) => term.label === label)?.id;
    if (id === undefined) return null;
    address[taxonomy] = [id];
  }
  return address;
}

/** The way from a list on the coverage page to the same list in the library, where it is sorted, edited and exported. */
export function LibraryLink({ selection }: { selection: ListSelection }) {
  const { draftId, process, asOf } = useCounted();
  const { data: terms } = useQuery(termsQuery(process.id));
  const search = terms && asOf === undefined ? librarySearchOf(selection, terms, draftId) : null;
  if (!search) return null;
  return (
    <p>
      <Link to="/processes/$processId/library" params={{ processId: process.id }} search={search}>
        Open in the library
      </Link>
    </p>
  );
}
