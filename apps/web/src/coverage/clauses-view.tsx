import { Link } from '@tanstack/react-router';
import { clauseCoverage, type Density, type Level, shareOf } from '@zerodraft/trace';
import { useMemo } from 'react';
import { headingName, percent } from './labels.ts';
import { NumberLink } from './number-link.tsx';
import { useCounted } from './use-counted.ts';

function DensityRow({ density, level, most }: { density: Density; level: Level; most: number }) {
  const { id, kind, clauses, sourced, links, contrary, recommendations } = density;
  const name = headingName(density);
  const perClause = clauses === 0 ? 0 : links / clauses;
  return (
    <tr data-kind={kind}>
      <th scope="row">{name}</th>
      <td className="number">
        <NumberLink
          selection={{ under: id, level, clauses: 'sourced' }}
          label={`${sourced} clauses with a source: ${name}`}
        >
          {sourced}
        </NumberLink>{' '}
        /{' '}
        <NumberLink selection={{ under: id, level, clauses: 'all' }} label={`${clauses} clauses: ${name}`}>
          {clauses}
        </NumberLink>
      </td>
      <td className="number">
        <NumberLink selection={{ under: id, level }} label={`${links} links: ${name}`}>
          {links}
        </NumberLink>
      </td>
      <td className="number">
        {contrary > 0 ? (
          <NumberLink
            selection={{ under: id, level, state: 'contrary' }}
            label={`${contrary} contrary links: ${name}`}
          >
            {contrary}
          </NumberLink>
        ) : (
          <span className="muted">0</span>
        )}
      </td>
      <td className="number">
        <NumberLink selection={{ under: id, level }} label={`${recommendations} recommendations: ${name}`}>
          {recommendations}
        </NumberLink>
      </td>
      <td className="bar-cell">
        <span
          className="bar"
          style={{ '--share': percent(shareOf({ linked: perClause, total: most })) }}
          aria-hidden="true"
        />
        {perClause.toFixed(1)}
      </td>
    </tr>
  );
}

/** Where the text rests on many proposals and where on none. */
export function ClausesView() {
  const { draftId, view, uptake, asOf } = useCounted();
  const { rows, withoutSource } = useMemo(() => {
    const [sections, parts] = [
      clauseCoverage(view.blocks, uptake, 'section'),
      clauseCoverage(view.blocks, uptake, 'objective'),
    ];
    const whole = new Map(sections.densities.map((density) => [density.id, density]));
    return {
      withoutSource: sections.withoutSource,
      // A section is counted with its objectives, which stand below it.
      rows: parts.densities.map((density): { density: Density; level: Level } =>
        density.kind === 'objective'
          ? { density, level: 'objective' }
          : { density: whole.get(density.id) ?? density, level: 'section' },
      ),
    };
  }, [view.blocks, uptake]);
  const most = Math.max(
    0,
    ...rows.map(({ density: { links, clauses } }) => (clauses === 0 ? 0 : links / clauses)),
  );
  const clause = ({ id, text }: { id: string; text: string }) => (
    <>
      <strong>{view.numbers.get(id)?.citation}</strong> {text}
    </>
  );
  return (
    <>
      <section aria-labelledby="density">
        <h2 id="density">Sections by density</h2>
        <div className="scroll-x">
          <table className="count-table">
            <thead>
              <tr>
                <th scope="col">Section or objective</th>
                <th scope="col" className="number">
                  Clauses with a source
                </th>
                <th scope="col" className="number">
                  Links
                </th>
                <th scope="col" className="number">
                  Contrary
                </th>
                <th scope="col" className="number">
                  Recommendations
                </th>
                <th scope="col">Links per clause</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <DensityRow key={row.density.id} {...row} most={most} />
              ))}
            </tbody>
          </table>
        </div>
      </section>
      <section aria-labelledby="sourceless">
        <h2 id="sourceless">Clauses without a source ({withoutSource.length})</h2>
        {withoutSource.length === 0 && <p className="empty">Every clause has a source.</p>}
        <ul className="plain-list">
          {withoutSource.map((block) => (
            <li key={block.id}>
              {asOf === undefined ? (
                <Link to="/drafts/$draftId" params={{ draftId }} hash={block.id}>
                  {clause(block)}
                </Link>
              ) : (
                <Link
                  to="/drafts/$draftId/versions"
                  params={{ draftId }}
                  search={{ version: asOf }}
                  hash={block.id}
                >
                  {clause(block)}
                </Link>
              )}
            </li>
          ))}
        </ul>
      </section>
    </>
  );
}
