import { useNavigate, useSearch } from '@tanstack/react-router';
import {
  type Count,
  type CoverageSelection,
  crossCoverage,
  shareOf,
  TAXONOMIES,
  type TaxonomyName,
} from '@zerodraft/trace';
import { useMemo } from 'react';
import { Field } from '../ui/field.tsx';
import { GROUPING_LABELS, nameOf, orderOf, percent } from './labels.ts';
import { NumberLink } from './number-link.tsx';
import { useCounted } from './use-counted.ts';

function Cell({
  count,
  selection,
  of,
}: {
  count: Count | undefined;
  selection: CoverageSelection;
  of: string;
}) {
  const { linked, contrary, total } = count ?? { linked: 0, contrary: 0, total: 0 };
  const share = shareOf({ linked, total });
  return (
    <td style={{ '--share': percent(share) }} data-empty={total === 0 || undefined}>
      <NumberLink selection={selection}>
        <span className="cell-count">
          {linked} / {total}
        </span>
        <span className="cell-share">
          {total === 0 ? '' : percent(share)}
          {contrary > 0 && ` · ${contrary} contrary`}
        </span>
        <span className="visually-hidden"> linked: {of}</span>
      </NumberLink>
    </td>
  );
}

function AxisSelect({
  label,
  value,
  other,
  onChange,
}: {
  label: string;
  value: TaxonomyName;
  other: TaxonomyName;
  onChange: (value: TaxonomyName) => void;
}) {
  return (
    <Field label={label}>
      {(ids) => (
        <select
          {...ids}
          value={value}
          onChange={({ target }) => {
            const chosen = TAXONOMIES.find((name) => name === target.value);
            if (chosen) onChange(chosen);
          }}
        >
          {TAXONOMIES.map((name) => (
            <option key={name} value={name} disabled={name === other}>
              {GROUPING_LABELS[name]}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

/** What is linked, by two taxonomies crossed. Each cell says its numbers and its share; the tint only repeats them. */
export function HeatMap() {
  const { recommendations, uptake, process } = useCounted();
  const { rows: asked = 'themes', columns: across } = useSearch({
    from: '/session/signed-in/drafts/$draftId/coverage',
  });
  const navigate = useNavigate({ from: '/drafts/$draftId/coverage' });
  const rows = asked;
  const columns = across && across !== rows ? across : rows === 'dimensions' ? 'themes' : 'dimensions';
  const cross = useMemo(
    () =>
      crossCoverage(
        recommendations,
        uptake,
        { by: rows, order: orderOf(process, rows) },
        { by: columns, order: orderOf(process, columns) },
      ),
    [recommendations, uptake, process, rows, columns],
  );
  const show = (search: { rows?: TaxonomyName; columns?: TaxonomyName }): void => {
    void navigate({ search: (before) => ({ ...before, rows, columns, ...search }), replace: true });
  };
  const label = (row: string | null, column: string | null): string =>
    [row !== null && nameOf(rows, row), column !== null && nameOf(columns, column)]
      .filter(Boolean)
      .join(', ') || 'all';
  return (
    <section aria-label="Heat map">
      <div className="coverage-tools">
        <AxisSelect label="Rows" value={rows} other={columns} onChange={(value) => show({ rows: value })} />
        <button
          type="button"
          className="button"
          onClick={() => show({ rows: columns, columns: rows })}
          aria-label="Swap rows and columns"
        >
          Swap
        </button>
        <AxisSelect
          label="Columns"
          value={columns}
          other={rows}
          onChange={(value) => show({ columns: value })}
        />
      </div>
      <div className="scroll-x">
        <table className="heat-map">
          <caption>
            Linked and all recommendations by {GROUPING_LABELS[rows].toLowerCase()} and{' '}
            {GROUPING_LABELS[columns].toLowerCase()}
          </caption>
          <thead>
            <tr>
              <th scope="col">{GROUPING_LABELS[rows]}</th>
              {cross.columns.map(({ value }) => (
                <th key={value} scope="col">
                  {nameOf(columns, value)}
                </th>
              ))}
              <th scope="col">All</th>
            </tr>
          </thead>
          <tbody>
            {cross.rows.map(({ value, count }, row) => (
              <tr key={value}>
                <th scope="row">{nameOf(rows, value)}</th>
                {cross.columns.map((column, at) => (
                  <Cell
                    key={column.value}
                    count={cross.cells[row]?.[at]}
                    selection={{ [rows]: value, [columns]: column.value }}
                    of={label(value, column.value)}
                  />
                ))}
                <Cell count={count} selection={{ [rows]: value }} of={label(value, null)} />
              </tr>
            ))}
            <tr>
              <th scope="row">All</th>
              {cross.columns.map(({ value, count }) => (
                <Cell key={value} count={count} selection={{ [columns]: value }} of={label(null, value)} />
              ))}
              <Cell count={cross.all} selection={{}} of={label(null, null)} />
            </tr>
          </tbody>
        </table>
      </div>
    </section>
  );
}
