import type { ImportReport, LibraryImportReport } from '@zerodraft/contract';
import { type ColumnMapping, RECOMMENDATION_FIELDS } from '@zerodraft/formats';
import { TAXONOMIES } from '@zerodraft/trace';
import { TAXONOMY_LABELS } from '../library-page/facet-values.ts';

function Mapping({ report, onChange }: { report: ImportReport; onChange: (mapping: ColumnMapping) => void }) {
  return (
    <fieldset className="mapping">
      <legend>Columns</legend>
      {RECOMMENDATION_FIELDS.map(({ field, label, required }) => (
        <label key={field}>
          <span>
            {label}
            {required && ' (required)'}
          </span>
          <select
            value={report.mapping[field] ?? ''}
            onChange={(event) => {
              const { [field]: _previous, ...others } = report.mapping;
              onChange(
                event.target.value === '' ? others : { ...others, [field]: Number(event.target.value) },
              );
            }}
          >
            <option value="">not in the file</option>
            {report.headers.map((header, index) => (
              // A file may have two columns of one name: only the place tells them apart.
              <option key={index} value={index}>
                {header}
              </option>
            ))}
          </select>
        </label>
      ))}
    </fieldset>
  );
}

/** A new term as the server names it, "themes: Skills", in words. */
function termInWords(named: string): string {
  const taxonomy = TAXONOMIES.find((each) => named.startsWith(`${each}: `));
  return taxonomy ? `${TAXONOMY_LABELS[taxonomy]}${named.slice(taxonomy.length)}` : named;
}

/** Rows that are not taken in, and why. */
function LeftOut({ report: { errors, committed } }: { report: Pick<ImportReport, 'errors' | 'committed'> }) {
  if (errors.length === 0) return null;
  return (
    <details open={!committed} className="row-errors">
      <summary>Rows left out</summary>
      <ul>
        {errors.map(({ row, field, message }) => (
          <li key={`${row} ${field} ${message}`}>
            Row {row}, {field}: {message}
          </li>
        ))}
      </ul>
    </details>
  );
}

/** What another process's library would bring, or brought. */
export function LibraryReport({ report }: { report: LibraryImportReport }) {
  const { committed, added, updated, unchanged, newTerms, errors } = report;
  return (
    <>
      <p role="status" data-testid="import-summary">
        {committed ? 'Kept: ' : 'This library: '}
        {added} new, {updated} updated, {unchanged} unchanged, {newTerms.length} new{' '}
        {newTerms.length === 1 ? 'term' : 'terms'}, {errors.length} {errors.length === 1 ? 'error' : 'errors'}
      </p>
      <LeftOut report={report} />
      {newTerms.length > 0 && (
        <details className="new-terms">
          <summary>New terms</summary>
          <ul>
            {newTerms.map((term) => (
              <li key={term} dir="auto">
                {termInWords(term)}
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

/** What a sheet's rows would bring, or brought, with its columns to be corrected. */
export function SheetReport({
  report,
  onMapping,
}: {
  report: ImportReport;
  onMapping: (mapping: ColumnMapping) => void;
}) {
  return (
    <>
      <p role="status" data-testid="import-summary">
        {report.committed ? 'Kept: ' : `${report.rows} ${report.rows === 1 ? 'row' : 'rows'}: `}
        {report.added} new, {report.updated} updated, {report.unchanged} unchanged, {report.errors.length}{' '}
        {report.errors.length === 1 ? 'error' : 'errors'}
      </p>
      {!report.committed &&
        report.warnings.map((warning) => (
          <p key={warning} className="callout">
            {warning}
          </p>
        ))}
      <LeftOut report={report} />
      {!report.committed && <Mapping report={report} onChange={onMapping} />}
      {!report.committed && report.preview.length > 0 && (
        <table className="preview">
          <thead>
            <tr>
              <th>Row</th>
              <th>Reference</th>
              <th>Title</th>
              <th>Source</th>
            </tr>
          </thead>
          <tbody>
            {report.preview.map((row) => (
              <tr key={row.row}>
                <td>{row.row}</td>
                <td>{row.reference}</td>
                <td dir="auto">{row.title}</td>
                <td dir="auto">{row.source}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}
