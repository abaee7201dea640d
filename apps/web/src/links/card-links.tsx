import { type Link, RELATION_LABELS, type RecommendationSummary } from '@zerodraft/trace';
import { ChevronDown, ChevronRight } from 'lucide-react';
import { useState } from 'react';
import { useClauseOrder } from '../session/use-draft.tsx';
import { nameOf } from './link-acts.ts';
import { LinkEditor } from './link-editor.tsx';
import { SuspectBadge } from './suspect-badge.tsx';
import { useSuspects } from './use-trace.tsx';

/** How many links a card shows at first. */
const FEW = 4;

interface Props {
  summary: RecommendationSummary;
  links: readonly Link[];
  /** The links whose editors are open, by name. */
  edited: ReadonlySet<string>;
  onEdited: (edited: ReadonlySet<string>) => void;
  onReveal: (clauseId: string) => void;
}

/** The links of a recommendation on its card: each clause, how it relates, whether it is suspect, and its editor. */
export function CardLinks({ summary, links, edited, onEdited, onReveal }: Props) {
  const { numbers } = useClauseOrder();
  const { byName } = useSuspects();
  const [all, setAll] = useState(false);
  if (links.length === 0) return null;
  const shown = all || links.length <= FEW + 1 ? links : links.slice(0, FEW);
  return (
    <ul className="card-links" aria-label={`Links of ${summary.reference}`}>
      {shown.map((link) => {
        const name = nameOf(link);
        const citation = numbers.get(link.clauseId)?.citation ?? '';
        const open = edited.has(name);
        const Chevron = open ? ChevronDown : ChevronRight;
        return (
          <li key={name}>
            <div className="row">
              <button
                type="button"
                className="clause-chip"
                onClick={() => onReveal(link.clauseId)}
                aria-label={`Go to ${citation}`}
              >
                {citation}
              </button>
              <button
                type="button"
                className="link-toggle"
                aria-expanded={open}
                aria-label={`${RELATION_LABELS[link.relation]}${byName.has(name) ? ', suspect' : ''}: the link of ${summary.reference} to ${citation}`}
                onClick={() => {
                  const next = new Set(edited);
                  if (!next.delete(name)) next.add(name);
                  onEdited(next);
                }}
              >
                <Chevron size={14} aria-hidden="true" />
                {RELATION_LABELS[link.relation]}
                {byName.has(name) && <SuspectBadge />}
              </button>
            </div>
            {open && <LinkEditor link={link} recommendation={summary} citation={citation} />}
          </li>
        );
      })}
      {shown.length < links.length && (
        <li>
          <button type="button" className="link-button" onClick={() => setAll(true)}>
            All {links.length} clauses
          </button>
        </li>
      )}
    </ul>
  );
}
