import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import {
  type ClauseShift,
  compareCoverage,
  type Grouping,
  type RecommendationSummary,
  type Shift,
  turnoverBy,
} from '@zerodraft/trace';
import { type ReactNode, useMemo, useState } from 'react';
import type { DraftView } from '../session/draft-view.ts';
import { Problem } from '../ui/field.tsx';
import { useMoment } from '../versions/use-moment.ts';
import { versionsQuery } from '../versions/versions-api.ts';
import { GROUPING_LABELS, nameOf } from './labels.ts';
import { MomentSelect } from './moment-select.tsx';
import { FIRST } from './uptake-view.tsx';
import { useCounted } from './use-counted.ts';

type Item = RecommendationSummary;

/** A list that shows its first rows until it is asked for all. */
function Rows<T>({ items, children }: { items: readonly T[]; children: (shown: readonly T[]) => ReactNode }) {
  const [all, setAll] = useState(false);
  return (
    <>
      <div className="scroll-x">{children(all ? items : items.slice(0, FIRST))}</div>
      {items.length > FIRST && (
        <button type="button" className="button" onClick={() => setAll(!all)}>
          {all ? `Show the first ${FIRST}` : `Show all ${items.length}`}
        </button>
      )}
    </>
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

const cite = (view: DraftView, ids: readonly string[]): string =>
  ids.map((id) => view.numbers.get(id)?.citation || '?').join(', ');

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
  before: DraftView | null;
  after: DraftView | null;
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
                  {before && <td>{cite(before, shift.before)}</td>}
                  {after && <td>{cite(after, shift.after)}</td>}
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </Rows>
    </section>
  );
}

function TurnoverTable({
  grouping,
  shifts,
}: {
  grouping: Grouping;
  shifts: { entered: Shift<Item>[]; fell: Shift<Item>[] };
}) {
  const rows = turnoverBy(shifts, grouping);
  if (rows.length === 0) return null;
  const label = grouping === 'source' ? 'Organisation' : GROUPING_LABELS[grouping];
  return (
    <section aria-label={`By ${label.toLowerCase()}`}>
      <h3>By {label.toLowerCase()}</h3>
      <Rows items={rows}>
        {(shown) => (
          <table className="count-table">
            <thead>
              <tr>
                <th scope="col">{label}</th>
                <th scope="col" className="number">
                  Entered
                </th>
                <th scope="col" className="number">
                  Fell out
                </th>
              </tr>
            </thead>
            <tbody>
              {shown.map(({ value, entered, fell }) => (
                <tr key={value}>
                  <th scope="row">{nameOf(grouping, value)}</th>
                  <td className="number">{entered > 0 ? `+${entered}` : '0'}</td>
                  <td className="number">{fell > 0 ? `−${fell}` : '0'}</td>
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
      {result && then && now && (
        <>
          <p className="coverage-lead">
            <strong>{result.entered.length}</strong> entered, <strong>{result.fell.length}</strong> fell out;{' '}
            <strong>{result.moved.length}</strong> {result.moved.length === 1 ? 'is' : 'are'} reflected by
            other clauses than before.
          </p>
          {result.entered.length + result.fell.length > 0 && (
            <div className="turnover">
              <TurnoverTable grouping="source" shifts={result} />
              <TurnoverTable grouping="stakeholderKinds" shifts={result} />
            </div>
          )}
          <ShiftTable id="entered" title="Entered" shifts={result.entered} before={null} after={now} />
          <ShiftTable id="fell" title="Fell out" shifts={result.fell} before={then} after={null} />
          <ShiftTable
            id="moved"
            title="Reflected by other clauses"
            shifts={result.moved}
            before={then}
            after={now}
          />
          <ClauseTable clauses={result.clauses} before={then} after={now} />
        </>
      )}
    </>
  );
}
