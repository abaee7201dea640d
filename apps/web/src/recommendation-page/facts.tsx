import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { DEPOSIT_STATE_LABELS, type RecommendationPage } from '@zerodraft/contract';
import type { ReactNode } from 'react';
import { languageName } from '../sources/source-details.ts';
import { sourceQuery } from '../sources/sources-api.ts';
import { useProcess } from '../start/process-layout.tsx';
import { mayIn } from '../start/rights.ts';
import { formatDate, When } from '../ui/moments.tsx';
import { depositsQuery } from './recommendation-api.ts';

function Tags({ labels }: { labels: readonly string[] }) {
  return (
    <ul className="fact-tags">
      {labels.map((label) => (
        <li key={label}>
          <bdi>{label}</bdi>
        </li>
      ))}
    </ul>
  );
}

/** The document that it was taken from, at its place there. */
function SourceLink({ page, sourceId }: { page: RecommendationPage; sourceId: string }) {
  const { process } = useProcess();
  const { data } = useQuery(sourceQuery(process.id, sourceId));
  return (
    <Link
      to="/processes/$processId/sources/$sourceId"
      params={{ processId: process.id, sourceId }}
      search={page.passage ? { r: page.id } : {}}
    >
      <bdi>{data?.source.title || 'The source kept here'}</bdi>
    </Link>
  );
}

/** The deposits behind it; the team alone sees them. */
function Deposits({ id }: { id: string }) {
  const { process } = useProcess();
  const { data = [] } = useQuery(depositsQuery(process.id, id));
  if (data.length === 0) return null;
  return (
    <div>
      <dt>From the box</dt>
      <dd>
        <ul className="fact-deposits">
          {data.map(({ id: deposit, title, receivedAt, state, made, language }) => (
            <li key={deposit}>
              <Link
                to="/processes/$processId/triage"
                params={{ processId: process.id }}
                search={{ state, deposit }}
                title={DEPOSIT_STATE_LABELS[state]}
              >
                <bdi lang={language}>{title}</bdi>
              </Link>{' '}
              <span className="muted">
                {made ? 'received' : 'merged with it, received'} <When at={receivedAt} />
              </span>
            </li>
          ))}
        </ul>
      </dd>
    </div>
  );
}

/** Where a recommendation comes from and how it is classified; what is not known is left out. */
export function Facts({ page }: { page: RecommendationPage }) {
  const view = useProcess();
  const text = (value: string): ReactNode => (value === '' ? null : <bdi>{value}</bdi>);
  const facts: readonly (readonly [string, ReactNode])[] = [
    ['From', text(page.source)],
    ['Kind of stakeholder', text(page.sourceKind)],
    ['Region', text(page.region)],
    ['Document', text(page.document)],
    ['Place in it', text(page.locator)],
    ['Kept here', page.sourceId !== null && <SourceLink page={page} sourceId={page.sourceId} />],
    ['Date', page.date !== null && formatDate(page.date)],
    ['Session', text(page.session)],
    ['Phase', text(page.phase)],
    ['Language', page.language !== '' && languageName(page.language)],
    ['Kind', text(page.kind)],
    ['Themes', page.themes.length > 0 && <Tags labels={page.themes} />],
    ['Dimensions', page.dimensions.length > 0 && <Tags labels={page.dimensions} />],
  ];
  return (
    <section aria-labelledby="facts-title" className="provenance">
      <h3 id="facts-title" className="section-title">
        Where it comes from
      </h3>
      <dl>
        {facts.map(
          ([label, value]) =>
            value && (
              <div key={label}>
                <dt>{label}</dt>
                <dd>{value}</dd>
              </div>
            ),
        )}
        {mayIn(view, 'deposit.read') && <Deposits id={page.id} />}
      </dl>
    </section>
  );
}
