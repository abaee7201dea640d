import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { FindingView } from '@zerodraft/contract';
import { ERRORS, FINDING_LABELS, FINDINGS, type FindingKind } from '@zerodraft/trace';
import { CircleCheck, RotateCw, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { useClauseOrder, useWorkspace } from '../session/use-draft.tsx';
import { Problem } from '../ui/field.tsx';
import { When } from '../ui/moments.tsx';
import { traceCheckQuery } from './trace-query.ts';
import { useRecommendations } from './use-recommendations.ts';

/** How many of a kind are shown at first. */
const FEW = 10;

/** What each kind of finding means, and what to do about it. */
const EXPLAINED: Record<FindingKind, string> = {
  malformed: 'Records among the links that are none. They count for nothing.',
  dangling: 'Restore the recommendation in the library, or remove the link.',
  duplicated: 'They count once. Remove one, so that its relation and note are plain.',
  suspect:
    'The clause or the recommendation changed since. Confirm, adjust or remove the link beside the draft.',
  'clause-unexplained': 'Nothing says where these clauses come from.',
  'recommendation-open': 'No clause reflects them, and nobody has decided on them.',
  'no-reason': 'Give the reason on the recommendation’s page.',
  index: '`zerodraft trace rebuild` on the server makes it anew.',
};

function Place({ finding: { clauseId, recommendationId } }: { finding: FindingView }) {
  const { draft, process } = useWorkspace();
  const { numbers } = useClauseOrder();
  const recommendations = useRecommendations();
  const citation = clauseId === null ? undefined : numbers.get(clauseId)?.citation;
  const reference = recommendationId === null ? undefined : recommendations.get(recommendationId)?.reference;
  return (
    <span className="finding-places">
      {clauseId !== null && citation && (
        <Link to="/drafts/$draftId" params={{ draftId: draft.id }} hash={clauseId}>
          Open {citation}
        </Link>
      )}
      {recommendationId !== null && reference && (
        <Link
          to="/processes/$processId/recommendations/$recommendationId"
          params={{ processId: process.id, recommendationId }}
        >
          Open {reference}
        </Link>
      )}
    </span>
  );
}

function Kind({ kind, findings }: { kind: FindingKind; findings: readonly FindingView[] }) {
  const [all, setAll] = useState(false);
  const isError = ERRORS.includes(kind);
  const shown = all ? findings : findings.slice(0, FEW);
  return (
    <section className="finding-kind" aria-labelledby={`finding-${kind}`}>
      <h2 id={`finding-${kind}`}>
        {FINDING_LABELS[kind]} ({findings.length})
        <span className={isError ? 'finding-tag finding-wrong' : 'finding-tag'}>
          {isError ? 'to be mended' : 'open'}
        </span>
      </h2>
      <p className="muted">{EXPLAINED[kind]}</p>
      <ul>
        {shown.map((finding, at) => (
          <li key={at}>
            <span dir="auto">{finding.words}</span>
            <Place finding={finding} />
          </li>
        ))}
      </ul>
      {shown.length < findings.length && (
        <button type="button" className="button" onClick={() => setAll(true)}>
          Show all {findings.length}
        </button>
      )}
    </section>
  );
}

const counted = (n: number, one: string, many: string): string => `${n} ${n === 1 ? one : many}`;

/** All that is wrong with the draft's links, or not explained yet, each with the way there. */
export function IntegrityPage() {
  const { draft } = useWorkspace();
  const check = useQuery(traceCheckQuery(draft.id));
  const findings = check.data ?? [];
  const kinds = FINDINGS.map((kind) => ({ kind, own: findings.filter((each) => each.kind === kind) }));
  const wrong = findings.filter(({ kind }) => ERRORS.includes(kind)).length;
  const open = findings.length - wrong;
  const Icon = wrong > 0 ? TriangleAlert : CircleCheck;
  return (
    <main className="integrity">
      <title>{`Integrity · ${draft.title} · Zerodraft`}</title>
      <div className="integrity-head">
        <div>
          <h1>Integrity of the links</h1>
          <p className="integrity-lead" role="status">
            {check.isFetching ? (
              'Checking…'
            ) : check.data ? (
              <>
                <Icon size={17} aria-hidden="true" className={wrong > 0 ? 'state-open' : 'state-good'} />
                {findings.length === 0
                  ? ' Nothing is wrong, and nothing is open.'
                  : ` ${wrong === 0 ? 'Nothing is wrong' : counted(wrong, 'thing is to be mended', 'things are to be mended')}; ${open === 0 ? 'nothing is open' : counted(open, 'is still open', 'are still open')}.`}
              </>
            ) : null}
          </p>
          {check.data && (
            <p className="muted">
              Checked <When at={new Date(check.dataUpdatedAt).toISOString()} />, as the draft was saved then.{' '}
              <Link to="/drafts/$draftId/coverage" params={{ draftId: draft.id }}>
                Coverage
              </Link>
            </p>
          )}
        </div>
        <button
          type="button"
          className="button"
          aria-disabled={check.isFetching}
          onClick={() => !check.isFetching && void check.refetch()}
        >
          <RotateCw size={15} aria-hidden="true" /> Check again
        </button>
      </div>
      <Problem>{check.error?.message}</Problem>
      {kinds.map(({ kind, own }) => own.length > 0 && <Kind key={kind} kind={kind} findings={own} />)}
    </main>
  );
}
