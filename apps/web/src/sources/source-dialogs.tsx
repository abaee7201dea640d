import type { Source, SourceChange } from '@zerodraft/contract';
import { useRef, useState } from 'react';
import { ApiError } from '../api-client.ts';
import { Confirm, DialogFoot, Modal } from '../ui/dialog.tsx';
import { Field } from '../ui/field.tsx';
import { notify } from '../ui/notices.tsx';
import { DetailsDialog } from './details-dialog.tsx';
import { counted, DETAIL_FIELDS, FIELD_LABELS, NO_DETAILS, type SourceDetails } from './source-details.ts';
import { changeSource, createSource, deleteSource, fetchSource, refreshSources } from './sources-api.ts';
import { ACCEPT } from './upload/drop-zone.tsx';
import { useUploads } from './upload/use-uploads.ts';

function FileField({
  label,
  hint,
  onFile,
}: {
  label: string;
  hint?: string;
  onFile: (file: File | null) => void;
}) {
  return (
    <Field label={label} hint={hint}>
      {(ids) => (
        <input
          {...ids}
          type="file"
          accept={ACCEPT}
          onChange={({ target }) => onFile(target.files?.[0] ?? null)}
        />
      )}
    </Field>
  );
}

interface Props {
  processId: string;
  onClose: () => void;
}

/** A new source: a document that comes with it, or an event without one. */
export function AddSource({ processId, onClose }: Props) {
  const { queue } = useUploads(processId);
  const [file, setFile] = useState<File | null>(null);
  const [id] = useState(() => crypto.randomUUID());
  const add = async (details: SourceDetails): Promise<void> => {
    if (file) return queue.send(file, details);
    if (details.title === '') throw new Error('Give the source a title, or choose its document.');
    await createSource(processId, { id, ...details });
    await refreshSources(processId);
    notify(`“${details.title}” was added.`);
  };
  return (
    <DetailsDialog
      processId={processId}
      title="Add a source"
      lead="A document, or an event that was written up. Several documents at once are dropped on the page."
      details={NO_DETAILS}
      action="Add the source"
      send={add}
      onClose={onClose}
    >
      <FileField label="Document" hint="It may also come later." onFile={setFile} />
    </DetailsDialog>
  );
}

const shown = (value: string | null): string => (value ? `“${value}”` : 'empty');

/** Changes what is said about a source; what somebody else changed meanwhile is told, and kept where it is another field. */
export function EditSource({ source, processId, onClose }: Props & { source: Source }) {
  const [begun] = useState(source);
  const version = useRef(source.version);
  const change = async (details: SourceDetails): Promise<void> => {
    const changed = DETAIL_FIELDS.filter((field) => details[field] !== begun[field]);
    if (changed.length === 0) return;
    const json: SourceChange = {
      ...Object.fromEntries(changed.map((field) => [field, details[field]])),
      version: version.current,
    };
    try {
      await changeSource(processId, source.id, json);
    } catch (error) {
      if (!(error instanceof ApiError) || error.code !== 'changed') throw error;
      const { source: newest } = await fetchSource(processId, source.id);
      version.current = newest.version;
      const both = changed.filter((field) => newest[field] !== begun[field]);
      if (both.length === 0) return change(details);
      const theirs = both.map((field) => `${FIELD_LABELS[field]} is now ${shown(newest[field])}`).join('; ');
      throw new Error(`Somebody else has changed this meanwhile: ${theirs}. Save again to keep yours.`);
    }
    await refreshSources(processId);
    notify('The source was changed.');
  };
  return (
    <DetailsDialog
      processId={processId}
      title="Details of the source"
      details={source}
      action="Save"
      send={change}
      onClose={onClose}
    />
  );
}

function Cited({ source, title, onClose }: { source: Source; title: string; onClose: () => void }) {
  const many = source.recommendations !== 1;
  return (
    <Modal title={title} onClose={onClose}>
      <p>
        {counted(source.recommendations, 'recommendation')} {many ? 'were' : 'was'} taken from “{source.title}
        ” and {many ? 'point' : 'points'} into its text. Nobody could look {many ? 'them' : 'it'} up without
        it.
      </p>
      <p className="muted">For another document, or a newer version of this one, add a source of its own.</p>
      <div className="dialog-foot">
        <button type="button" className="button" onClick={onClose}>
          Close
        </button>
      </div>
    </Modal>
  );
}

/** Exchanges the document of a source, while nothing points into it. */
export function ReplaceFile({ source, processId, onClose }: Props & { source: Source }) {
  const { queue } = useUploads(processId);
  const [file, setFile] = useState<File | null>(null);
  const waits = source.state === 'no-file';
  if (source.recommendations > 0 && !waits)
    return <Cited source={source} title="This document cannot be replaced" onClose={onClose} />;
  const has = source.fileName !== null && !waits;
  const expected = waits ? source.fileName : null;
  const lead = has
    ? `${source.fileName} and its text are then gone from here.`
    : expected &&
      `It was ${expected} where it comes from: the very same file is needed, under whatever name.`;
  return (
    <Modal
      title={has ? 'Replace the document' : 'Upload the document'}
      lead={lead ?? undefined}
      onClose={onClose}
    >
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          if (file) queue.send(file, NO_DETAILS, source);
          onClose();
        }}
      >
        <FileField label="Document" onFile={setFile} />
        <DialogFoot action="Upload" pending={file === null} onClose={onClose} />
      </form>
    </Modal>
  );
}

/** Deletes a source, while no recommendation points to it. */
export function DeleteSource({
  source,
  processId,
  onClose,
  onDeleted,
}: Props & { source: Source; onDeleted?: () => void }) {
  if (source.recommendations > 0)
    return <Cited source={source} title="This source cannot be deleted" onClose={onClose} />;
  return (
    <Confirm
      title={`Delete “${source.title || 'this source'}”?`}
      action="Delete"
      danger
      perform={() => deleteSource(processId, source.id)}
      onDone={() => {
        notify(`“${source.title}” was deleted.`);
        onDeleted?.();
        void refreshSources(processId);
      }}
      onClose={onClose}
    >
      <p>The document and its text are deleted with it. This cannot be undone.</p>
    </Confirm>
  );
}
