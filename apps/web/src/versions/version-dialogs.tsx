import { newVersion, type Version, versionChange } from '@zerodraft/contract';
import { useState } from 'react';
import { queryClient } from '../api-client.ts';
import { useDraftView, useWorkspace } from '../session/use-draft.tsx';
import { Confirm, DialogFoot, Modal } from '../ui/dialog.tsx';
import { Problem, SelectField, TextAreaField, TextField } from '../ui/field.tsx';
import { notify } from '../ui/notices.tsx';
import { useForm } from '../ui/use-form.ts';
import { useVersionState } from './use-moment.ts';
import { changeVersion, deleteVersion, keepVersion, restoreVersion } from './versions-api.ts';
import { inWords, whatChanges } from './what-changes.ts';

const refresh = (draftId: string) => queryClient.invalidateQueries({ queryKey: ['versions', draftId] });

/** Keeps the draft as it is now under a name. */
export function KeepDialog({ onClose, onKept }: { onClose: () => void; onKept: (id: string) => void }) {
  const { draft, process } = useWorkspace();
  // Sent again after a lost answer, it is the same version.
  const [id] = useState(() => crypto.randomUUID());
  const form = useForm({
    shape: newVersion,
    gather: (fields) => ({
      id,
      name: fields.get('name'),
      note: fields.get('note'),
      roundId: fields.get('roundId') || null,
    }),
    send: (values) => keepVersion(draft.id, values),
    onDone: async (version) => {
      await refresh(draft.id);
      notify(`“${version.name}” is kept.`);
      onClose();
      onKept(version.id);
    },
  });
  return (
    <Modal
      title="Keep a version"
      lead="The text, its numbers and its links are kept as they are now."
      onClose={onClose}
    >
      <form className="form" onSubmit={form.onSubmit} noValidate>
        <TextField label="Name" name="name" maxLength={200} required error={form.errors.name} />
        <TextAreaField label="Note" name="note" rows={3} error={form.errors.note} />
        {process.rounds.length > 0 && (
          <SelectField label="Round" name="roundId" defaultValue="">
            <option value="">None</option>
            {process.rounds.map(({ id: roundId, name }) => (
              <option key={roundId} value={roundId}>
                {name}
              </option>
            ))}
          </SelectField>
        )}
        <Problem>{form.problem}</Problem>
        <DialogFoot action="Keep" pending={form.pending} onClose={onClose} />
      </form>
    </Modal>
  );
}

interface Props {
  version: Version;
  onClose: () => void;
}

export function RenameDialog({ version, onClose }: Props) {
  const { draft } = useWorkspace();
  const form = useForm({
    shape: versionChange,
    send: (values) => changeVersion(draft.id, version.id, values),
    onDone: async () => {
      await refresh(draft.id);
      onClose();
    },
  });
  return (
    <Modal title="Name and note of a version" onClose={onClose}>
      <form className="form" onSubmit={form.onSubmit} noValidate>
        <TextField label="Name" name="name" defaultValue={version.name} required error={form.errors.name} />
        <TextAreaField
          label="Note"
          name="note"
          rows={3}
          defaultValue={version.note}
          error={form.errors.note}
        />
        <Problem>{form.problem}</Problem>
        <DialogFoot action="Save" pending={form.pending} onClose={onClose} />
      </form>
    </Modal>
  );
}

export function DeleteDialog({ version, onClose, onDone }: Props & { onDone: () => void }) {
  const { draft } = useWorkspace();
  return (
    <Confirm
      title={`Delete “${version.name}”?`}
      action="Delete"
      danger
      perform={() => deleteVersion(draft.id, version.id)}
      onDone={() => {
        void refresh(draft.id);
        onDone();
      }}
      onClose={onClose}
    >
      <p>The draft stays as it is. What this version kept cannot be had back.</p>
    </Confirm>
  );
}

/** Says what restoring would change, then does it. */
export function RestoreDialog({ version, onClose }: Props) {
  const { draft } = useWorkspace();
  const now = useDraftView();
  const then = useVersionState(version.id);
  const [before] = useState(() => crypto.randomUUID());
  const changes =
    then &&
    whatChanges(
      { blocks: now.blocks, links: now.links.links },
      { blocks: then.blocks, links: then.links.links },
    );
  const words = changes ? inWords(changes) : [];
  return (
    <Confirm
      title={`Restore “${version.name}”?`}
      action="Restore"
      perform={() => restoreVersion(draft.id, version.id, before)}
      onDone={() => {
        void refresh(draft.id);
        notify(`“${version.name}” is restored. What stood before is kept as a version.`);
      }}
      onClose={onClose}
    >
      {!changes && <p>Comparing with the draft…</p>}
      {changes && words.length === 0 && <p>The draft reads and is linked as in this version.</p>}
      {words.length > 0 && (
        <>
          <p>Everybody who has the draft open sees it at once. In the draft:</p>
          <ul className="restore-changes">
            {words.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </>
      )}
      <p>What stands now is kept as a version first, so that this can be undone. Comments stay.</p>
    </Confirm>
  );
}
