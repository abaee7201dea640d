import { useQuery } from '@tanstack/react-query';
import type { PublicSource } from '@zerodraft/contract';
import { OUTCOME_LABELS, RELATION_LABELS } from '@zerodraft/trace';
import { X } from 'lucide-react';
import { publicSourcesQuery } from './sharing-api.ts';

function Source({ source }: { source: PublicSource }) {
  const { reference, title, text, relation, outcome } = source;
  return (
    <li>
      <p className="public-relation">{RELATION_LABELS[relation]}</p>
      <h3 dir="auto">
        <span className="reference">{reference}</span> {title}
      </h3>
      <p className="public-proposal" dir="auto">
        {text}
      </p>
      <p className="muted">
        <bdi>{source.source}</bdi> · {OUTCOME_LABELS[outcome]}
      </p>
    </li>
  );
}

/** What a clause comes from, beside it; below it where the window is narrow. */
export function PublicSources({
  id,
  token,
  clauseId,
  name,
  onClose,
}: {
  id: string;
  token: string;
  clauseId: string;
  /** How the clause is cited. */
  name: string;
  onClose: () => void;
}) {
  const { data, error, isPending } = useQuery(publicSourcesQuery(token, clauseId));
  return (
    <section id={id} className="public-sources" aria-label={`Sources of ${name}`}>
      <header>
        <h2>Sources of {name}</h2>
        <button type="button" className="icon-button" aria-label="Close the sources" onClick={onClose}>
          <X size={18} aria-hidden="true" />
        </button>
      </header>
      <div role="status">
        {isPending && <p className="muted">Looking them up…</p>}
        {error && <p className="problem">{error.message}</p>}
        {data?.length === 0 && <p className="muted">None any more: the text was changed meanwhile.</p>}
      </div>
      {data && data.length > 0 && (
        <ul>
          {data.map((source) => (
            <Source key={source.reference} source={source} />
          ))}
        </ul>
      )}
    </section>
  );
}
