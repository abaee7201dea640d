import { useQuery } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { sourcesQuery } from '../sources/sources-api.ts';
import { useProcess } from '../start/process-layout.tsx';
import { formatDate } from '../ui/moments.tsx';
import { choose, chosenOf, FACET_LABELS, labelOf, SHOWN_FACETS, type Terms } from './facet-values.ts';
import { isNarrowed, withoutFilters } from './library-search.ts';
import type { Place } from './use-address.ts';

function Chip({ name, value, onRemove }: { name: string; value: string; onRemove: () => void }) {
  return (
    <li className="filter-chip">
      <span className="filter-name">{name}</span> <span dir="auto">{value}</span>
      <button type="button" aria-label={`Take away ${name}: ${value}`} onClick={onRemove}>
        <X size={13} aria-hidden="true" />
      </button>
    </li>
  );
}

/** What the list is narrowed by, each with the way to take it away. */
export function FilterChips({ place, terms }: { place: Place; terms: Terms | undefined }) {
  const { address, change, open } = place;
  const { process, drafts } = useProcess();
  const sources = useQuery({ ...sourcesQuery(process.id), enabled: address.sourceId !== undefined });
  if (!isNarrowed(address) && address.draft === undefined) return null;
  const titleOf = (id: string): string =>
    sources.data?.find((source) => source.id === id)?.title || 'A source kept here';
  return (
    <ul className="filter-chips" aria-label="Filters">
      {address.q !== undefined && (
        <Chip name="Words" value={address.q} onRemove={() => change({ q: undefined })} />
      )}
      {SHOWN_FACETS.flatMap((facet) => {
        const chosen = chosenOf(terms, address, facet);
        return chosen.map((value) => (
          <Chip
            key={`${facet} ${value}`}
            name={FACET_LABELS[facet]}
            value={labelOf(terms, facet, value)}
            onRemove={() =>
              change(
                choose(
                  facet,
                  chosen.filter((each) => each !== value),
                ),
              )
            }
          />
        ));
      })}
      {address.sourceId?.map((id) => {
        const rest = address.sourceId?.filter((each) => each !== id) ?? [];
        return (
          <Chip
            key={id}
            name="From the document"
            value={titleOf(id)}
            onRemove={() => change({ sourceId: rest.length > 0 ? rest : undefined })}
          />
        );
      })}
      {address.from !== undefined && (
        <Chip name="From" value={formatDate(address.from)} onRemove={() => change({ from: undefined })} />
      )}
      {address.to !== undefined && (
        <Chip name="To" value={formatDate(address.to)} onRemove={() => change({ to: undefined })} />
      )}
      {address.draft !== undefined && (
        <Chip
          name="Links in"
          value={
            drafts.find(({ draft }) => draft.id === address.draft)?.draft.title ?? 'a draft that is gone'
          }
          onRemove={() => change({ draft: undefined })}
        />
      )}
      <li>
        <button type="button" className="link-button" onClick={() => open(withoutFilters(address))}>
          Take all away
        </button>
      </li>
    </ul>
  );
}
