import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type Count, coverageOf } from '@zerodraft/trace';
import { useMemo } from 'react';
import { libraryQuery } from '../api.ts';
import { useDraftView, useWorkspace } from '../session/use-draft.tsx';
import { EveryRecommendation } from './every-recommendation.tsx';

function Cell({ count, theme, dimension }: { count: Count | undefined; theme?: string; dimension?: string }) {
  const { session } = useWorkspace();
  const { linked, total } = count ?? { linked: 0, total: 0 };
  const share = total === 0 ? 0 : linked / total;
  return (
    <td style={{ '--share': `${Math.round(share * 100)}%` }}>
      <Link
        to="/drafts/$draftId"
        params={{ draftId: session.draft.id }}
        search={{ theme, dimension }}
        aria-label={`${linked} / ${total} linked: ${[theme, dimension].filter(Boolean).join(', ') || 'all'}`}
      >
        {linked} / {total}
      </Link>
    </td>
  );
}

/** Coverage at a glance: what is linked, theme by dimension, and what is not. */
export function CoveragePage() {
  const { session, process } = useWorkspace();
  const {
    blocks,
    links: { links },
    numbers,
  } = useDraftView();
  const library = useQuery(libraryQuery(process.id));
  const coverage = useMemo(
    () => coverageOf(library.data ?? [], links, blocks, process),
    [library.data, links, blocks, process],
  );
  const params = { draftId: session.draft.id };
  if (library.isPending) return <p className="splash">Counting…</p>;
  return (
    <main className="coverage">
      <h1>Coverage</h1>
      <p className="coverage-lead">
        <strong>{coverage.all.linked}</strong> of {coverage.all.total} recommendations are linked;{' '}
        <strong>{coverage.clauses.linked}</strong> of {coverage.clauses.total} clauses have a source.{' '}
        <Link className="coverage-check" to="/drafts/$draftId/integrity" params={params}>
          Check the links
        </Link>
      </p>
      <div className="scroll-x">
        <table className="heat-map">
          <caption>Linked and all recommendations by theme and dimension</caption>
          <thead>
            <tr>
              <th scope="col">Theme</th>
              {process.dimensions.map((dimension) => (
                <th key={dimension} scope="col">
                  {dimension}
                </th>
              ))}
              <th scope="col">All</th>
            </tr>
          </thead>
          <tbody>
            {process.themes.map((theme, row) => (
              <tr key={theme}>
                <th scope="row">{theme}</th>
                {process.dimensions.map((dimension, column) => (
                  <Cell
                    key={dimension}
                    count={coverage.cells[row]?.[column]}
                    theme={theme}
                    dimension={dimension}
                  />
                ))}
                <Cell count={coverage.byTheme[row]} theme={theme} />
              </tr>
            ))}
            <tr>
              <th scope="row">All</th>
              {process.dimensions.map((dimension, column) => (
                <Cell key={dimension} count={coverage.byDimension[column]} dimension={dimension} />
              ))}
              <Cell count={coverage.all} />
            </tr>
          </tbody>
        </table>
      </div>
      <div className="coverage-lists">
        <section aria-labelledby="sourceless">
          <h2 id="sourceless">Clauses without a source ({coverage.clausesWithoutSource.length})</h2>
          <ul>
            {coverage.clausesWithoutSource.map(({ id, text }) => (
              <li key={id}>
                <Link to="/drafts/$draftId" params={params} hash={id}>
                  <strong>{numbers.get(id)?.citation}</strong> {text}
                </Link>
              </li>
            ))}
          </ul>
        </section>
        <EveryRecommendation recommendations={library.data ?? []} />
      </div>
    </main>
  );
}
