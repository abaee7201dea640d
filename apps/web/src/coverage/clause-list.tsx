import { type Block, groupBy } from '@zerodraft/schema';
import { reflects } from '@zerodraft/trace';
import { useMemo } from 'react';
import { ClauseLink } from './recommendation-list.tsx';
import { useCounted } from './use-counted.ts';

/** Clauses with the recommendations they reflect. */
export function ClauseList({ clauses, labelledBy }: { clauses: readonly Block[]; labelledBy: string }) {
  const { recommendations, uptake } = useCounted();
  const references = useMemo(
    () => new Map(recommendations.map(({ id, reference }) => [id, reference])),
    [recommendations],
  );
  const sources = useMemo(
    () =>
      groupBy(
        uptake.links.filter(({ relation }) => reflects(relation)),
        ({ clauseId }) => clauseId,
      ),
    [uptake],
  );
  return (
    <ul className="plain-list clause-list" aria-labelledby={labelledBy}>
      {clauses.map(({ id, text }) => (
        <li key={id}>
          <strong>
            <ClauseLink clauseId={id} />
          </strong>{' '}
          <bdi>{text}</bdi>{' '}
          <span className="muted">
            {(sources.get(id) ?? []).map((link) => references.get(link.recommendationId)).join(', ') ||
              'no source'}
          </span>
        </li>
      ))}
    </ul>
  );
}
