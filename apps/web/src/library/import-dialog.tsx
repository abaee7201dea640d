import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ImportReport, LibraryImportReport } from '@zerodraft/contract';
import type { ColumnMapping } from '@zerodraft/formats';
import { Dialog } from 'radix-ui';
import { type DragEvent, useState } from 'react';
import { importFile } from '../api.ts';
import { Modal } from '../ui/dialog.tsx';
import { CheckField } from '../ui/field.tsx';
import { importLibrary } from './import-library.ts';
import { LibraryReport, SheetReport } from './import-report.tsx';

interface Request {
  file: File;
  mapping?: ColumnMapping;
  addTerms: boolean;
  restore: boolean;
  commit: boolean;
}
type Report = { sheet: ImportReport } | { library: LibraryImportReport };

/** Import of a CSV, XLSX or JSON file: look first, correct the columns, then keep what is valid. */
export function ImportDialog({ processId, onClose }: { processId: string; onClose: () => void }) {
  const queries = useQueryClient();
  const [file, setFile] = useState<File | null>(null);
  const [addTerms, setAddTerms] = useState(false);
  /** Whether rows bring back what was taken out of the library. */
  const [restore, setRestore] = useState(false);
  const [dragging, setDragging] = useState(false);
  const importing = useMutation({
    mutationFn: async ({ file: sent, ...options }: Request): Promise<Report> =>
      /\.json$/i.test(sent.name)
        ? { library: await importLibrary(processId, sent, options) }
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
    setRestore(false);
    importing.mutate({ file: chosen, addTerms, restore: false, commit: false });
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
    <Modal wide title="Import recommendations" onClose={onClose}>
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
              if (file) importing.mutate({ file, ...mapping, addTerms: checked, restore, commit: false });
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
          onMapping={(chosen) =>
            importing.mutate({ file, mapping: chosen, addTerms, restore, commit: false })
          }
        />
      )}
      {report && file && !report.committed && report.deleted > 0 && (
        <CheckField
          label={`Bring back what was taken out of the library (${report.deleted} ${report.deleted === 1 ? 'row' : 'rows'})`}
          checked={restore}
          onChange={({ target: { checked } }) => {
            setRestore(checked);
            importing.mutate({ file, ...mapping, addTerms, restore: checked, commit: false });
          }}
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
              onClick={() => importing.mutate({ file, ...mapping, addTerms, restore, commit: true })}
            >
              {library
                ? `Take in ${kept} ${kept === 1 ? 'recommendation' : 'recommendations'}`
                : `Keep ${kept} valid ${kept === 1 ? 'row' : 'rows'}`}
            </button>
          )}
        </div>
      </div>
    </Modal>
  );
}
