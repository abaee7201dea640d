import { draftChange, processChange } from '@zerodraft/contract';
import { z } from 'zod';
import { DialogFoot, Modal } from '../ui/dialog.tsx';
import { Problem, TextField } from '../ui/field.tsx';
import { useForm } from '../ui/use-form.ts';
import { nameOf, type Thing } from './lifecycle-menu.tsx';
import { changeProcess, refreshProcesses, renameDraft } from './process-api.ts';

const SHAPES = {
  process: z.object({ name: processChange.shape.name.unwrap() }),
  draft: z.object({ name: draftChange.shape.title }),
};

/** Gives a process or draft another name. */
export function RenameDialog({ thing, onClose }: { thing: Thing; onClose: () => void }) {
  const { kind, object } = thing;
  const form = useForm({
    shape: SHAPES[kind],
    send: ({ name }) =>
      kind === 'process' ? changeProcess(object.id, { name }) : renameDraft(object.id, name),
    onDone: () => {
      void refreshProcesses();
      onClose();
    },
  });
  return (
    <Modal
      title={`Rename the ${kind}`}
      lead={
        kind === 'draft'
          ? 'This is its name in lists and headers; the heading of the text stays as it is.'
          : undefined
      }
      onClose={onClose}
    >
      <form onSubmit={form.onSubmit} className="form" noValidate>
        <TextField label="Name" name="name" defaultValue={nameOf(thing)} error={form.errors.name} />
        <Problem>{form.problem}</Problem>
        <DialogFoot action="Rename" pending={form.pending} onClose={onClose} />
      </form>
    </Modal>
  );
}
