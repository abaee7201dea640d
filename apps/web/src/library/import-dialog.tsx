import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ImportReport } from '@zerodraft/contract';
import { type ColumnMapping, RECOMMENDATION_FIELDS } from '@zerodraft/formats';
import { Dialog } from 'radix-ui';
import { type DragEvent, useState } from 'react';
import { importFile } from '../api.ts';
import { useWorkspace } from '../session/use-draft.tsx';
import { CheckField } from '../ui/field.tsx';

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

/** Import of a CSV or XLSX file: look first, correct the columns, then keep the valid rows. */
export function ImportDialog({ onClose }: { onClose: () => void }) {
  const { process } = useWorkspace();
  const queries = useQueryClient();
  const [file, setFile] = useState<File | null>(null);
  const [dragging, setDragging] = useState(false);
  /** Whether rows bring back what was taken out of the library. */
  const [restore, setRestore] = useState(false);
  const importing = useMutation({
    mutationFn: (request: { file: File; mapping?: ColumnMapping; commit: boolean; restore?: boolean }) => {
      const { file: sent, ...options } = request;
      return importFile(process.id, sent, { restore, ...options });
    },
    onSuccess: (report) => {
      if (report.committed) void queries.invalidateQueries({ queryKey: ['recommendations'] });
    },
  });
  const choose = (chosen: File | undefined): void => {
    if (!chosen) return;
    setFile(chosen);
    setRestore(false);
    importing.mutate({ file: chosen, commit: false, restore: false });
  };
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setDragging(false);
    choose(event.dataTransfer.files[0]);
  };
  const report = importing.data;
  const kept = report ? report.added + report.updated : 0;
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
            {file ? file.name : 'Drop a CSV or XLSX file here, or choose one'}
            <input
              type="file"
              accept=".csv,.tsv,.txt,.xlsx"
              onChange={(event) => choose(event.target.files?.[0])}
            />
          </label>
          {importing.isPending && <p role="status">Reading…</p>}
          {importing.isError && <p role="alert">{importing.error.message}</p>}
          {report && file && (
            <>
              <p role="status" data-testid="import-summary">
                {report.committed ? 'Kept: ' : `${report.rows} rows: `}
                {report.added} new, {report.updated} updated, {report.unchanged} unchanged,{' '}
                {report.errors.length} {report.errors.length === 1 ? 'error' : 'errors'}
              </p>
              {!report.committed && (
                <Mapping
                  report={report}
                  onChange={(mapping) => importing.mutate({ file, mapping, commit: false })}
                />
              )}
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
              {!report.committed && report.deleted > 0 && (
                <CheckField
                  label={`Bring back what was taken out of the library (${report.deleted} ${report.deleted === 1 ? 'row' : 'rows'})`}
                  checked={restore}
                  onChange={({ target }) => {
                    setRestore(target.checked);
                    const { mapping } = report;
                    importing.mutate({ file, mapping, commit: false, restore: target.checked });
                  }}
                />
              )}
              {!report.committed && (
                <button
                  type="button"
                  className="button button-primary"
                  disabled={kept === 0 || importing.isPending}
                  onClick={() => importing.mutate({ file, mapping: report.mapping, commit: true })}
                >
                  Keep {kept} valid {kept === 1 ? 'row' : 'rows'}
                </button>
              )}
            </>
          )}
          <Dialog.Close className="button">{report?.committed ? 'Done' : 'Cancel'}</Dialog.Close>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
