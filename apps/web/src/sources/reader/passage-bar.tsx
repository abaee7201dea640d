import { Quote, X } from 'lucide-react';
import { placeOf, type Span } from './passages.ts';

/** What is chosen in the document, and what to make of it. */
export function PassageBar({
  passage,
  length,
  onMake,
  onLetGo,
}: {
  passage: Span | null;
  /** Characters of the passage; null until its text is fetched. */
  length: number | null;
  onMake: () => void;
  onLetGo: () => void;
}) {
  const place = passage && placeOf(passage);
  return (
    <section className="passage-bar" aria-label="Chosen passage" data-chosen={passage ? true : undefined}>
      <p role="status">
        {place ? (
          <>
            {place.charAt(0).toUpperCase() + place.slice(1)} chosen
            {length !== null && <span className="muted"> {length.toLocaleString('en')} characters</span>}
          </>
        ) : (
          <span className="muted">
            Select a passage to make a recommendation of it.
            <span className="for-keys">
              {' '}
              By keyboard: <kbd>Shift</kbd> <kbd>↓</kbd> on a paragraph’s number.
            </span>
          </span>
        )}
      </p>
      {passage && (
        <>
          <button
            type="button"
            className="button button-primary"
            title="Ctrl+Enter"
            disabled={length === null}
            onClick={onMake}
          >
            <Quote size={15} aria-hidden="true" /> Make a recommendation
          </button>
          <button type="button" className="icon-button" aria-label="Let go of the passage" onClick={onLetGo}>
            <X size={17} aria-hidden="true" />
          </button>
        </>
      )}
    </section>
  );
}
