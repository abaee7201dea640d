import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ImportReport, LibraryImportReport } from '@zerodraft/contract';
import { type ColumnMapping, RECOMMENDATION_FIELDS } from '@zerodraft/formats';
import { TAXONOMIES } from '@zerodraft/trace';
import { Dialog } from 'radix-ui';
import { type DragEvent, useState } from 'react';
import { importFile } from '../api.ts';
import { TAXONOMY_LABELS } from '../library-page/facet-values.ts';
import { importLibrary } from './import-library.ts';

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

/** What another process's library would bring, or brought. */
function LibraryReport({ report }: { report: LibraryImportReport }) {
  const { committed, added, updated, unchanged, newTerms } = report;
  return (
    <>
      <p role="status" data-testid="import-summary">
        {committed ? 'Kept: ' : 'This library: '}
        {added} new, {updated} updated, {unchanged} unchanged, {newTerms.length} new{' '}
        {newTerms.length === 1 ? 'term' : 'terms'}
      </p>
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
function SheetReport({
  report,
  onMapping,
}: {
  report: ImportReport;
  onMapping: (mapping: ColumnMapping) => void;
}) {
  return (
    <>
      <p role="status" data-testid="import-summary">
        {report.committed ? 'Kept: ' : `${report.rows} rows: `}
        {report.added} new, {report.updated} updated, {report.unchanged} unchanged, {report.errors.length}{' '}
        {report.errors.length === 1 ? 'error' : 'errors'}
      </p>
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
                <td>{row.title}</td>
                <td>{row.source}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {report.errors.length > 0 && (
        <details open={!report.committed} className="row-errors">
          <summary>Rows left out</summary>
          <ul>
            {report.errors.map(({ row, field, message }) => (
              <li key={`${row} ${field} ${message}`}>
                Row {row}, {field}: {message}
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

interface Request {
  file: File;
  mapping?: ColumnMapping;
  addTerms: boolean;
  commit: boolean;
}
type Report = { sheet: ImportReport } | { library: LibraryImportReport };

/** Import of a CSV, XLSX or JSON file: look first, correct the columns, then keep what is valid. */
export function ImportDialog({ processId, onClose }: { processId: string; onClose: () => void }) {
  const queries = useQueryClient();
  const [file, setFile] = useState<File | null>(null);
  const [addTerms, setAddTerms] = useState(false);
  const [dragging, setDragging] = useState(false);
  const importing = useMutation({
    mutationFn: async ({ file: sent, ...options }: Request): Promise<Report> =>
      /\.json$/i.test(sent.name)
        ? { library: await importLibrary(processId, sent, options.commit) }
        : { sheet: await importFile(processId, sent, options) },
    onSuccess: (_report, { commit }) => {
      if (!commit) return;
      for (const key of ['recommendations', 'taxonomies', 'processes', 'draft'])
        void queries.invalidateQueries({ queryKey: [key] });
    },
  });
  const choose = (chosen: File | undefined): void => {
    if (!chosen) return;
    setFile(chosen);
    importing.mutate({ file: chosen, addTerms, commit: false });
  };
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setDragging(false);
    choose(event.dataTransfer.files[0]);
  };
  const sheet = importing.data && 'sheet' in importing.data ? importing.data.sheet : null;
  const library = importing.data && 'library' in importing.data ? importing.data.library : null;
  const report = sheet ?? library;
  const kept = report ? report.added + report.updated : 0;
  const mapping = sheet ? { mapping: sheet.mapping } : {};
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="overlay" />
        <Dialog.Content className="dialog" aria-describedby={undefined}>
          <Dialog.Title>Import recommendations</Dialog.Title>
          <label
            className={dragging ? 'drop-zone drop-zone-over' : 'drop-zone'}
            onDragOver={(event) => {
              event.preventDefault();
              setDragging(true);
            }}
            onDragLeave={() => setDragging(false)}
            onDrop={drop}
          >
            {file ? file.name : 'Drop a CSV or XLSX file here, or the JSON of another process, or choose one'}
            <input
              type="file"
              accept=".csv,.tsv,.txt,.xlsx,.json"
              onChange={(event) => choose(event.target.files?.[0])}
            />
          </label>
          {!library && !report?.committed && (
            <label className="import-terms">
              <input
                type="checkbox"
                checked={addTerms}
                onChange={({ target: { checked } }) => {
                  setAddTerms(checked);
                  if (file) importing.mutate({ file, ...mapping, addTerms: checked, commit: false });
                }}
              />
              Take terms in that are new here; otherwise their rows are left out
            </label>
          )}
          {importing.isPending && <p role="status">Reading…</p>}
          {importing.isError && <p role="alert">{importing.error.message}</p>}
          {library && <LibraryReport report={library} />}
          {sheet && file && (
            <SheetReport
              report={sheet}
              onMapping={(chosen) => importing.mutate({ file, mapping: chosen, addTerms, commit: false })}
            />
          )}
          <div className="dialog-end">
            <div className="dialog-foot">
              <Dialog.Close className="button">{report?.committed ? 'Done' : 'Cancel'}</Dialog.Close>
              {report && file && !report.committed && (
                <button
                  type="button"
                  className="button button-primary"
                  disabled={importing.isPending || (kept === 0 && (library?.newTerms.length ?? 0) === 0)}
                  onClick={() => importing.mutate({ file, ...mapping, addTerms, commit: true })}
                >
                  {library
                    ? `Take in ${kept} ${kept === 1 ? 'recommendation' : 'recommendations'}`
                    : `Keep ${kept} valid ${kept === 1 ? 'row' : 'rows'}`}
                </button>
              )}
            </div>
          </div>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
