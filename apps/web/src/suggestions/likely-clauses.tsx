import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Reason } from './reason.tsx';
import { likelyClausesQuery } from './suggestions-api.ts';

interface Props {
  processId: string;
  recommendationId: string;
}

/** Clauses that a recommendation may have reached without being linked; nothing while none is likely. */
export function LikelyClauses({ processId, recommendationId }: Props) {
  const { data } = useQuery(likelyClausesQuery(processId, recommendationId));
  if (!data || data.length === 0) return null;
  const drafts = new Set(data.map(({ draftId }) => draftId));
  return (
    <section className="likely-clauses" aria-labelledby="likely-clauses">
      <h3 id="likely-clauses">Likely clauses</h3>
      <ul>
        {data.map(({ draftId, draftTitle, clauseId, citation, text, why }) => (
          <li key={`${draftId}/${clauseId}`}>
            <p>
              <Link
                to="/drafts/$draftId"
                params={{ draftId }}
                search={{ clause: clauseId }}
                className="clause-chip"
              >
                {citation}
              </Link>{' '}
              {drafts.size > 1 && <span className="muted">{draftTitle}</span>}
            </p>
            <p className="likely-text">{text}</p>
            <Reason why={why} />
          </li>
        ))}
      </ul>
    </section>
  );
}
