import { RELATION_LABELS, type Suspicion } from '@zerodraft/trace';
import { Check, Pencil, Unlink } from 'lucide-react';
import type { KeyboardEvent } from 'react';
import { ComparedText, ComparedWording } from './comparison.tsx';
import { LinkEditor, type LinkProps } from './link-editor.tsx';

export interface SuspectItemProps {
  name: string;
  suspicion: Suspicion;
  recommendation: LinkProps['recommendation'] & { title: string };
  citation: string;
  editable: boolean;
  ticked: boolean;
  /** Whether Tab leads here. */
  current: boolean;
  adjusting: boolean;
  onTick: () => void;
  onConfirm: () => void;
  onAdjust: () => void;
  onRemove: () => void;
  onReveal: () => void;
  onKeyDown: (event: KeyboardEvent) => void;
  onFocus: () => void;
}

/** One suspect link: what both sides said and say, and what can be done about it. */
export function SuspectItem({ suspicion, recommendation, citation, editable, ...item }: SuspectItemProps) {
  const { link, clause, recommendation: wording, phraseGone } = suspicion;
  const { reference, title } = recommendation;
  const pair = `${reference} in ${citation}`;
  return (
    <li
      className="suspect-item"
      data-suspect={item.name}
      tabIndex={item.current ? 0 : -1}
      aria-label={`${pair}, ${RELATION_LABELS[link.relation]}`}
      onKeyDown={item.onKeyDown}
      onFocus={item.onFocus}
    >
      <div className="suspect-head">
        {editable && (
          <input type="checkbox" aria-label={`Tick ${pair}`} checked={item.ticked} onChange={item.onTick} />
        )}
        <div>
          <h3>
            <button
              type="button"
              className="clause-chip"
              aria-label={`Go to ${citation}`}
              onClick={item.onReveal}
            >
              {citation}
            </button>
            <span className="reference">{reference}</span>
            <span>{title}</span>
          </h3>
          <p className="muted">{RELATION_LABELS[link.relation]}</p>
        </div>
      </div>
      {phraseGone && (
        <div className="suspect-part">
          <h4>The words it is on are gone</h4>
          <blockquote dir="auto">{link.phrase?.quote}</blockquote>
        </div>
      )}
      {clause && (
        <div className="suspect-part">
          <h4>{link.phrase ? `The words of ${citation}` : `Clause ${citation}`} since it was confirmed</h4>
          <ComparedText {...clause} />
        </div>
      )}
      {wording && (
        <div className="suspect-part">
          <h4>{reference} since it was confirmed</h4>
          <ComparedWording {...wording} />
        </div>
      )}
      {editable && (
        <div className="row">
          <button type="button" className="button" onClick={item.onConfirm} aria-label={`Confirm ${pair}`}>
            <Check size={14} aria-hidden="true" /> Confirm
          </button>
          <button
            type="button"
            className="button"
            aria-expanded={item.adjusting}
            aria-label={`Adjust ${pair}`}
            onClick={item.onAdjust}
          >
            <Pencil size={14} aria-hidden="true" /> Adjust
          </button>
          <button type="button" className="button" onClick={item.onRemove} aria-label={`Remove ${pair}`}>
            <Unlink size={14} aria-hidden="true" /> Remove
          </button>
        </div>
      )}
      {item.adjusting && <LinkEditor link={link} recommendation={recommendation} citation={citation} />}
    </li>
  );
}
