import { useQuery } from '@tanstack/react-query';
import type { Citation, Source } from '@zerodraft/contract';
import { headingsQuery } from '../sources-api.ts';
import type { Place } from './document-reader.tsx';

/** The way around in a document: its headings, and what was taken from it. */
export function Contents({
  processId,
  source,
  citations,
  place,
  onPlace,
}: {
  processId: string;
  source: Source;
  citations: readonly Citation[];
  place: Place;
  onPlace: (place: Place) => void;
}) {
  const headings = useQuery(headingsQuery(processId, source)).data ?? [];
  return (
    <>
      {headings.length > 0 && (
        <nav aria-label="Outline">
          <h2>Outline</h2>
          <ul>
            {headings.map(({ n, text }) => (
              <li key={n}>
                <button
                  type="button"
                  dir="auto"
                  aria-current={place.n === n ? 'location' : undefined}
                  onClick={() => onPlace({ n, recommendationId: null })}
                >
                  {text}
                </button>
              </li>
            ))}
          </ul>
        </nav>
      )}
      <nav aria-label="Recommendations of this source">
        <h2>Recommendations</h2>
        {citations.length === 0 && <p className="muted">None was taken from it yet.</p>}
        <ul>
          {citations.map(({ id, reference, title }) => (
            <li key={id}>
              <button
                type="button"
                dir="auto"
                aria-current={place.recommendationId === id ? 'location' : undefined}
                onClick={() => onPlace({ n: null, recommendationId: id })}
              >
                <span className="reference">{reference}</span>
                {title}
              </button>
            </li>
          ))}
        </ul>
      </nav>
    </>
  );
}
