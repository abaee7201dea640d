import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { SearchHit } from '@zerodraft/contract';
import { addLink, type RecommendationSummary } from '@zerodraft/trace';
import { ArrowUpRight, Link2 } from 'lucide-react';
import { useState } from 'react';
import { recommendationQuery } from '../api.ts';
import { CARD_TYPE, VERSION_TYPE } from '../editor/use-draft-editor.ts';
import { CardLinks } from '../links/card-links.tsx';
import { asUndoStep } from '../session/undo-step.ts';
import { useClauseOrder, useMay, useWorkspace } from '../session/use-draft.tsx';
import { useOpenSource } from '../sources/open-source.ts';
import { Marked } from '../ui/marked.tsx';
import { useLinks } from './use-links.ts';

interface Props {
  summary: RecommendationSummary;
  hit: SearchHit | undefined;
  clauseId: string | null;
  onReveal: (clauseId: string) => void;
}

/** One recommendation: what it proposes, whose it is, and the clauses it reached. */
export function RecommendationCard({ summary, hit, clauseId, onReveal }: Props) {
  const { session, process } = useWorkspace();
  const { byRecommendation } = useLinks();
  const { numbers } = useClauseOrder();
  const [open, setOpen] = useState(false);
  const [edited, setEdited] = useState<ReadonlySet<string>>(new Set());
  const whole = useQuery({ ...recommendationQuery(process.id, summary.id), enabled: open });
  const links = byRecommendation.get(summary.id) ?? [];
  const editable = useMay('draft.edit');
  const openSource = useOpenSource();
  const { sourceId } = summary;
  const citation = clauseId ? numbers.get(clauseId)?.citation : '';
  const current = links.find((link) => link.clauseId === clauseId);
  const pair = clauseId ? { clauseId, recommendationId: summary.id } : null;
  return (
    <article
      className={links.length > 0 ? 'card card-linked' : 'card'}
      // Words of a card that can be dragged cannot be selected.
      draggable={editable && edited.size === 0}
      data-reference={summary.reference}
      onDragStart={(event) => {
        event.dataTransfer.setData(CARD_TYPE, summary.id);
        event.dataTransfer.setData(VERSION_TYPE, String(summary.version));
        event.dataTransfer.effectAllowed = 'copy';
      }}
    >
      <h3>
        <button type="button" aria-expanded={open} onClick={() => setOpen(!open)}>
          <span className="reference">{summary.reference}</span>
          <Marked text={hit?.title ?? summary.title} />
        </button>
        <Link
          className="icon-button card-page"
          to="/processes/$processId/recommendations/$recommendationId"
          params={{ processId: process.id, recommendationId: summary.id }}
          aria-label={`Page of ${summary.reference}`}
          title={`Page of ${summary.reference}`}
          draggable={false}
        >
          <ArrowUpRight size={15} aria-hidden="true" />
        </Link>
      </h3>
      {hit && !open && (
        <p className="excerpt">
          <Marked text={hit.excerpt} />
        </p>
      )}
      {open && (
        <p className="card-text">{whole.data?.text ?? (whole.isError ? whole.error.message : 'Loading…')}</p>
      )}
      <p className="muted">
        {openSource && sourceId ? (
          <button
            type="button"
            className="link-button"
            aria-label={`${summary.source}: open the source of ${summary.reference}`}
            onClick={() => openSource(sourceId, summary.id)}
          >
            {summary.source}
          </button>
        ) : (
          summary.source
        )}{' '}
        {summary.sourceKind && `(${summary.sourceKind})`}
        {open &&
          [summary.document, summary.locator, summary.date]
            .filter(Boolean)
            .map((part) => <span key={part}>, {part}</span>)}
      </p>
      {open && (
        <p className="tags">
          {[...summary.themes, ...summary.dimensions].map((tag) => (
            <span key={tag}>{tag}</span>
          ))}
        </p>
      )}
      <CardLinks summary={summary} links={links} edited={edited} onEdited={setEdited} onReveal={onReveal} />
      <div className="row">
        {editable && pair && citation && !current && (
          <button
            type="button"
            className="button"
            onClick={() =>
              asUndoStep(session, () =>
                addLink(session.doc, {
                  ...pair,
                  relation: 'adapted',
                  recommendationVersion: summary.version,
                }),
              )
            }
          >
            <Link2 size={14} aria-hidden="true" /> Link to {citation}
          </button>
        )}
      </div>
    </article>
  );
}
