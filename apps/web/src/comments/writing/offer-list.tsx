import { createPortal } from 'react-dom';
import type { Offer } from './reference-suggestions.ts';

/** The list below the caret. The focus stays in the comment, which names the chosen option to screen readers. */
export function OfferList({ id, offer, chosen }: { id: string; offer: Offer; chosen: number }) {
  const { place, choices, pick } = offer;
  const below = (place?.bottom ?? 0) + 6;
  const up = below > window.innerHeight - 260;
  return createPortal(
    <div
      id={id}
      className="offers"
      role="listbox"
      aria-label="Refer to"
      style={{
        left: Math.max(8, Math.min(place?.left ?? 0, window.innerWidth - 348)),
        ...(up ? { bottom: window.innerHeight - (place?.top ?? 0) + 6 } : { top: below }),
      }}
    >
      {choices.map((choice, index) => (
        // The keys are the comment's: see `onKey` of the editor.
        // biome-ignore lint/a11y/useKeyWithClickEvents: the options are chosen by keys in the text box
        <div
          key={`${choice.reference.kind} ${choice.reference.id}`}
          id={`${id}-${index}`}
          role="option"
          tabIndex={-1}
          aria-selected={index === chosen}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => pick(choice)}
        >
          <strong>{choice.label}</strong>
          <span>{choice.detail}</span>
        </div>
      ))}
    </div>,
    document.body,
  );
}
