import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import {
  type ClauseShift,
  compareCoverage,
  type RecommendationSummary,
  type Shift,
  valuesOf,
} from '@zerodraft/trace';
import { useMemo } from 'react';
import type { DraftView } from '../session/draft-view.ts';
import { Problem } from '../ui/field.tsx';
import { useMoment } from '../versions/use-moment.ts';
import { versionsQuery } from '../versions/versions-api.ts';
import { nameOf } from './labels.ts';
import { MomentSelect } from './moment-select.tsx';
import { PlaceLink } from './recommendation-list.tsx';
import { Rows, TurnoverTable } from './turnover.tsx';
import { useCounted } from './use-counted.ts';

type Item = RecommendationSummary;

/** A number that leads to the list behind it, further down. */
function Jump({ to, n }: { to: string; n: number }) {
  const number = <strong>{n}</strong>;
  return n === 0 ? number : <a href={`#${to}`}>{number}</a>;
}

/** A moment that is compared; without a version, now. */
interface Moment {
  view: DraftView;
  versionId: string | undefined;
}

function Places({
  moment: { view, versionId },
  clauseIds,
}: {
  moment: Moment;
  clauseIds: readonly string[];
}) {
  return (
    <span className="every-places">
      {clauseIds.map((clauseId) => (
        <PlaceLink key={clauseId} clauseId={clauseId} view={view} versionId={versionId} />
      ))}
    </span>
  );
}

function Proposal({ item }: { item: Item }) {
  const { process } = useCounted();
  return (
    <Link
      to="/processes/$processId/recommendations/$recommendationId"
      params={{ processId: process.id, recommendationId: item.id }}
    >
      <span className="reference">{item.reference}</span> {item.title}
    </Link>
  );
}

function ShiftTable({
  id,
  title,
  shifts,
  before,
  after,
}: {
  id: string;
  title: string;
  shifts: readonly Shift<Item>[];
  before: Moment | null;
  after: Moment | null;
}) {
  if (shifts.length === 0) return null;
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>
        {title} ({shifts.length})
      </h2>
      <Rows items={shifts}>
        {(shown) => (
          <table className="count-table shift-table">
            <thead>
              <tr>
                <th scope="col">Recommendation</th>
                <th scope="col">Whose</th>
                {before && <th scope="col">Clauses before</th>}
                {after && <th scope="col">Clauses after</th>}
              </tr>
            </thead>
            <tbody>
              {shown.map((shift) => (
                <tr key={shift.recommendation.id}>
                  <th scope="row">
                    <Proposal item={shift.recommendation} />
                  </th>
                  <td>
                    {shift.recommendation.source}
                    <span className="cell-note">{shift.recommendation.sourceKind}</span>
                  </td>
                  {before && (
                    <td>
                      <Places moment={before} clauseIds={shift.before} />
                    </td>
                  )}
                  {after && (
                    <td>
                      <Places moment={after} clauseIds={shift.after} />
                    </td>
                  )}
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </Rows>
    </section>
  );
}

function References({ items }: { items: readonly Item[] }) {
  const { process } = useCounted();
  return (
    <ul className="references">
      {items.map(({ id, reference, title }) => (
        <li key={id} title={title}>
          <Link
            to="/processes/$processId/recommendations/$recommendationId"
            params={{ processId: process.id, recommendationId: id }}
          >
            {reference}
          </Link>
        </li>
      ))}
    </ul>
  );
}

function ClauseTable({
  clauses,
  before,
  after,
}: {
  clauses: readonly ClauseShift<Item>[];
  before: DraftView;
  after: DraftView;
}) {
  const textOf = useMemo(
    () => new Map([...before.blocks, ...after.blocks].map(({ id, text }) => [id, text])),
    [before, after],
  );
  if (clauses.length === 0) return null;
  return (
    <section aria-labelledby="shifted-clauses">
      <h2 id="shifted-clauses">Clauses whose sources changed ({clauses.length})</h2>
      <Rows items={clauses}>
        {(shown) => (
          <table className="count-table shift-table">
            <thead>
              <tr>
                <th scope="col">Clause</th>
                <th scope="col">Gained</th>
                <th scope="col">Lost</th>
              </tr>
            </thead>
            <tbody>
              {shown.map(({ clauseId, gained, lost }) => {
                const now = after.numbers.get(clauseId)?.citation;
                const then = before.numbers.get(clauseId)?.citation;
                return (
                  <tr key={clauseId}>
                    <th scope="row" className="shift-clause">
                      <strong>{now ?? `${then}, gone`}</strong> {textOf.get(clauseId)}
                    </th>
                    <td>
                      <References items={gained} />
                    </td>
                    <td>
                      <References items={lost} />
                    </td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        )}
      </Rows>
    </section>
  );
}

/** What the draft took up between two versions, what it let go, and whose it was. */
export function ComparisonView() {
  const { draftId, recommendations } = useCounted();
  const search = useSearch({ from: '/session/signed-in/drafts/$draftId/coverage' });
  const navigate = useNavigate({ from: '/drafts/$draftId/coverage' });
  const versions = useQuery(versionsQuery(draftId));
  // The newest version is what one usually asks about.
  const from = search.from ?? versions.data?.[0]?.id;
  const [before, after] = [useMoment(from), useMoment(search.to)];
  const [then, now] = [from === undefined ? undefined : before.view, after.view];
  const result = useMemo(
    () =>
      then &&
      now &&
      compareCoverage(
        recommendations,
        { blocks: then.blocks, links: then.links.links },
        { blocks: now.blocks, links: now.links.links },
      ),
    [recommendations, then, now],
  );
  const ends =
    then && now
      ? ([
          { view: then, versionId: from },
          { view: now, versionId: search.to },
        ] as const)
      : null;
  const { whose } = search;
  const ofThem = (shifts: readonly Shift<Item>[]): readonly Shift<Item>[] =>
    whose
      ? shifts.filter(({ recommendation }) => valuesOf(recommendation, whose.by).includes(whose.value))
      : shifts;
  const choose = (change: { from?: string | undefined; to?: string | undefined }): void =>
    void navigate({ search: (known) => ({ ...known, from, ...change }), replace: true });
  if (versions.data?.length === 0)
    return (
      <p className="empty">
        No version has been kept yet.{' '}
        <Link to="/drafts/$draftId/versions" params={{ draftId }}>
          Keep one
        </Link>
        , and what changes from then on is told here.
      </p>
    );
  return (
    <>
      <div className="coverage-tools">
        <MomentSelect label="From" value={from} now={false} onChange={(id) => choose({ from: id })} />
        <MomentSelect label="To" value={search.to} onChange={(id) => choose({ to: id })} />
      </div>
      <Problem>{before.error?.message ?? after.error?.message}</Problem>
      {!result && !before.error && !after.error && <p className="splash">Comparing…</p>}
      {result && then && now && ends && (
        <>
          <p className="coverage-lead">
            <Jump to="entered" n={result.entered.length} /> entered, <Jump to="fell" n={result.fell.length} />{' '}
            fell out; <Jump to="moved" n={result.moved.length} /> {result.moved.length === 1 ? 'is' : 'are'}{' '}
            reflected by other clauses than before.
          </p>
          {result.entered.length + result.fell.length > 0 && (
            <div className="turnover">
              <TurnoverTable grouping="source" shifts={result} />
              <TurnoverTable grouping="stakeholderKinds" shifts={result} />
            </div>
          )}
          {whose && (
            <p className="whose" role="status">
              What entered and fell out is of <strong>{nameOf(whose.by, whose.value)}</strong> alone.{' '}
              <Link
                from="/drafts/$draftId/coverage"
                to="/drafts/$draftId/coverage"
                params={{ draftId }}
                search={(known) => ({ ...known, whose: undefined })}
                resetScroll={false}
              >
                Show everybody’s
              </Link>
            </p>
          )}
          <ShiftTable
            id="entered"
            title="Entered"
            shifts={ofThem(result.entered)}
            before={null}
            after={ends[1]}
          />
          <ShiftTable id="fell" title="Fell out" shifts={ofThem(result.fell)} before={ends[0]} after={null} />
          <ShiftTable
            id="moved"
            title="Reflected by other clauses"
            shifts={result.moved}
            before={ends[0]}
            after={ends[1]}
          />
          <ClauseTable clauses={result.clauses} before={then} after={now} />
        </>
      )}
    </>
  );
}
