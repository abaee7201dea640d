import { type LibraryView, newView } from '@zerodraft/contract';
import { useState } from 'react';
import { ApiError, queryClient } from '../api-client.ts';
import { DialogFoot, Modal } from '../ui/dialog.tsx';
import { Problem, TextField } from '../ui/field.tsx';
import { notify } from '../ui/notices.tsx';
import { useForm } from '../ui/use-form.ts';
import { changeView, refreshViews, saveView, viewsQuery } from './library-api.ts';
import type { Place } from './use-address.ts';

const nameShape = newView.pick({ name: true });

/** Whether somebody changed the view since it was opened. */
export function isConflict(error: Error | null): boolean {
  return error instanceof ApiError && error.code === 'changed-since';
}

/** A view as it is on the server now; null when it is gone. */
export async function latestView(processId: string, viewId: string): Promise<LibraryView | null> {
  const views = await queryClient.fetchQuery({ ...viewsQuery(processId), staleTime: 0 });
  return views.find(({ id }) => id === viewId) ?? null;
}

interface Common {
  processId: string;
  onClose: () => void;
}

export function SaveView({ processId, place, onClose }: Common & { place: Place }) {
  // Sent again after a lost answer, it is the same view.
  const [id] = useState(() => crypto.randomUUID());
  const form = useForm({
    shape: nameShape,
    send: ({ name }) => saveView(processId, { id, name, query: place.query }),
    onDone: async (view) => {
      await refreshViews(processId);
      place.change({ view: view.id }, true);
      notify(`The view “${view.name}” is saved for everybody here.`);
      onClose();
    },
  });
  return (
    <Modal
      title="Save as a new view"
      lead="Keeps words, filters and order under a name that everybody here can choose."
      onClose={onClose}
    >
      <form onSubmit={form.onSubmit} className="form" noValidate>
        <TextField label="Name" name="name" dir="auto" autoComplete="off" error={form.errors.name} />
        <Problem>{form.problem}</Problem>
        <DialogFoot action="Save" pending={form.pending} onClose={onClose} />
      </form>
    </Modal>
  );
}

export function RenameView({ processId, view, onClose }: Common & { view: LibraryView }) {
  // The version that was opened, until one is told of a newer one.
  const [version, setVersion] = useState(view.version);
  const form = useForm({
    shape: nameShape,
    send: async ({ name }) => {
      try {
        return await changeView(processId, view.id, { version, name });
      } catch (error) {
        if (!(error instanceof Error) || !isConflict(error)) throw error;
        const latest = await latestView(processId, view.id);
        if (!latest) throw new Error('Somebody deleted this view meanwhile.');
        setVersion(latest.version);
        throw new Error(
          `Somebody changed this view meanwhile; it is called “${latest.name}” now. Rename again to give it your name.`,
        );
      }
    },
    onDone: async () => {
      await refreshViews(processId);
      onClose();
    },
  });
  return (
    <Modal title="Rename the view" onClose={onClose}>
      <form onSubmit={form.onSubmit} className="form" noValidate>
        <TextField
          label="Name"
          name="name"
          dir="auto"
          autoComplete="off"
          defaultValue={view.name}
          error={form.errors.name}
        />
        <Problem>{form.problem}</Problem>
        <DialogFoot action="Rename" pending={form.pending} onClose={onClose} />
      </form>
    </Modal>
  );
}
