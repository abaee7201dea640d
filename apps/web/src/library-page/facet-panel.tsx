import type { Facets } from '@zerodraft/contract';
import { ChevronRight } from 'lucide-react';
import { useId, useState } from 'react';
import { useProcess } from '../start/process-layout.tsx';
import { FacetGroup } from './facet-group.tsx';
import { choose, SHOWN_FACETS, type Terms } from './facet-values.ts';
import type { Place } from './use-address.ts';

const NO_COUNTS: Facets['facets']['themes'] = [];

/** Whose links count: one draft's, or those of all drafts that the person sees. */
function LinksOf({ address, change }: Place) {
  const drafts = useProcess().drafts.filter(({ draft }) => draft.state !== 'deleted');
  if (drafts.length < 2 && address.draft === undefined) return null;
  const known = drafts.some(({ draft }) => draft.id === address.draft);
  return (
    <select
      className="facet-find"
      aria-label="Links of"
      value={address.draft ?? ''}
      onChange={({ target }) => change({ draft: target.value || undefined })}
    >
      <option value="">In any draft</option>
      {drafts.map(({ draft }) => (
        <option key={draft.id} value={draft.id}>
          In {draft.title}
        </option>
      ))}
      {address.draft !== undefined && !known && (
        <option value={address.draft}>In a draft that is gone</option>
      )}
    </select>
  );
}

/** The days between which a recommendation was made. */
function Dates({ address, change }: Place) {
  const id = useId();
  const [open, setOpen] = useState(address.from !== undefined || address.to !== undefined);
  return (
    <section className="facet" aria-labelledby={id}>
      <h3 id={id}>
        <button type="button" aria-expanded={open} onClick={() => setOpen(!open)}>
          <ChevronRight size={14} aria-hidden="true" /> Date
        </button>
      </h3>
      {open && (
        <div className="facet-dates">
          <label>
            From
            <input
              type="date"
              value={address.from ?? ''}
              onChange={({ target }) => change({ from: target.value || undefined }, true)}
            />
          </label>
          <label>
            To
            <input
              type="date"
              value={address.to ?? ''}
              onChange={({ target }) => change({ to: target.value || undefined }, true)}
            />
          </label>
        </div>
      )}
    </section>
  );
}

interface Props {
  place: Place;
  facets: Facets | undefined;
  terms: Terms | undefined;
}

/** What the library can be narrowed by. */
export function FacetPanel({ place, facets, terms }: Props) {
  return (
    <div className="facets">
      {SHOWN_FACETS.map((facet) => (
        <FacetGroup
          key={facet}
          facet={facet}
          counts={facets?.facets[facet] ?? NO_COUNTS}
          terms={terms}
          address={place.address}
          onChoose={(values) => place.change(choose(facet, values))}
        >
          {facet === 'linked' && <LinksOf {...place} />}
        </FacetGroup>
      ))}
      <Dates {...place} />
    </div>
  );
}
